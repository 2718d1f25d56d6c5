package io.vaquita.executor;

import io.vaquita.expression.Frame;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import io.vaquita.value.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The right side of a hash join by key. Where it outgrows its share of memory, all its rows go to files, parted by the keys' hashes
 * ({@link PartedJoin}). Where parting does not help, it takes as many rows as fit at a time: in a part whose rows have all one key, and
 * for NOT IN, which must look at rows of all keys. Confined to one operator.
 */
final class JoinTable {
  private static final int ENTRY_BYTES = 48;

  private final Execution execution;
  private final PhysicalNode.HashJoin node;
  private final Operator right;
  private final int[] slots;
  private final KeyMaker keys;
  private final boolean nullAware;
  private final KeyBuffer key = new KeyBuffer();
  private final KeyTable<Chain> chains = new KeyTable<>();

  /** For NOT IN: rows with a NULL in the key, and all others. */
  private final List<Entry> incomplete = new ArrayList<>();

  private final List<Entry> complete = new ArrayList<>();
  private long bytes;
  private boolean isFilled;
  private final boolean isIndependent;
  private final RowParts parts;
  private @Nullable TemporaryFile @Nullable [] files;

  /** Whether the right input has rows for {@link #fillOn} (NOT IN). */
  private boolean hasMore;

  /** The right input's own rows in the frame where its reading paused: it finds them there when it goes on. */
  private Row[] pausedAt = {};

  /** The rest of a file that cannot be parted further, for {@link #fillOnFrom}. */
  private TemporaryFile.@Nullable Reader rest;

  /** A right row. */
  static final class Entry {
    final Row[] rows;
    @Nullable Entry next;

    /** Only for NOT IN: the parts of the key, null for NULL. */
    byte @Nullable [] @Nullable [] parts;

    Entry(Row[] rows) {
      this.rows = rows;
    }
  }

  private static final class Chain {
    final Entry first;
    Entry last;

    Chain(Entry only) {
      first = only;
      last = only;
    }
  }

  JoinTable(Execution execution, PhysicalNode.HashJoin node) {
    this.execution = execution;
    this.node = node;
    this.right = Operators.build(node.right(), execution);
    this.slots = SlotRows.toArray(node.rightSlots());
    this.keys = KeyMaker.ofComparison(node.rightKeys(), node.leftKeys(), node.rightKeys());
    this.nullAware = node.kind() == JoinKind.NULL_AWARE_ANTI;
    this.isIndependent = PlanWalk.outerSlots(node.right(), execution.shape).isEmpty();
    this.parts = new RowParts(execution, slots);
  }

  /** Reads the right input, unless an earlier filling still holds. */
  void fill() {
    if (isFilled && isIndependent) {
      return;
    }
    clear();
    right.open();
    readRight();
    isFilled = !hasMore;
  }

  /** NOT IN: whether there were more rows than fit; {@link #fillOn} puts the next in the place of those that are there. */
  boolean hasMore() {
    return hasMore;
  }

  /** The next rows of the right input. */
  void fillOn() {
    clear();
    SlotRows.put(slots, pausedAt, execution.frame);
    readRight();
  }

  private void readRight() {
    Frame frame = execution.frame;
    while (right.next()) {
      boolean isComplete = keys.write(frame, key);
      if (isComplete || nullAware) {
        Entry entry = new Entry(SlotRows.take(slots, frame));
        bytes += ENTRY_BYTES + RowSpill.estimatedBytes(entry.rows);
        if (isComplete) {
          link(entry);
        }
        if (nullAware) {
          noteForNotIn(entry, isComplete);
        }
        if (estimatedBytes() > execution.spilling.memoryBytesMax()) {
          if (nullAware) {
            hasMore = true;
            pausedAt = entry.rows;
            return;
          }
          partAll();
        }
      }
    }
    right.close();
  }

  private long estimatedBytes() {
    return bytes + chains.estimatedBytes();
  }

  /** Puts the rows at hand and the rest of the input into files. */
  private void partAll() {
    parts.begin(0);
    moveTo(parts);
    while (right.next()) {
      if (keys.write(execution.frame, key)) {
        parts.add(key, 0);
      }
    }
    files = parts.finish();
  }

  /** Empties the table into files. */
  private void moveTo(RowParts into) {
    KeyBuffer moved = new KeyBuffer();
    for (int i = 0; i < chains.size(); i++) {
      moved.set(chains.key(i));
      Chain chain = chains.value(i);
      for (Entry e = chain == null ? null : chain.first; e != null; e = e.next) {
        into.add(moved, 0, e.rows);
      }
    }
    chains.clear();
    bytes = 0;
  }

  /** The files with all rows, by part, where they do not fit in memory; otherwise null. */
  @Nullable TemporaryFile @Nullable [] files() {
    return files;
  }

  /**
   * Fills the table from one of the files; when that is too much too, parts it further and gives the files.
   *
   * @param depth how often the rows were parted
   */
  @Nullable TemporaryFile @Nullable [] fillFrom(TemporaryFile file, int depth) {
    return fillFrom(RowParts.open(file), depth);
  }

  /** Whether the file had more rows than fit; {@link #fillOnFrom} puts the next in the place of those that are there. */
  boolean hasRest() {
    return rest != null;
  }

  /** The next rows of the file that {@link #fillFrom} began. */
  void fillOnFrom() {
    fillFrom(Objects.requireNonNull(rest), RowParts.DEPTH_MAX);
  }

  private @Nullable TemporaryFile @Nullable [] fillFrom(TemporaryFile.Reader reader, int depth) {
    chains.clear();
    bytes = 0;
    rest = null;
    while (parts.next(reader, key)) {
      Entry entry = new Entry(SlotRows.take(slots, execution.frame));
      bytes += ENTRY_BYTES + RowSpill.estimatedBytes(entry.rows);
      link(entry);
      if (estimatedBytes() > execution.spilling.memoryBytesMax()) {
        if (depth >= RowParts.DEPTH_MAX) {
          rest = reader;
          return null;
        }
        parts.begin(depth);
        moveTo(parts);
        while (parts.next(reader, key)) {
          parts.add(key, 0);
        }
        return parts.finish();
      }
    }
    return null;
  }

  private void link(Entry entry) {
    int at = chains.findOrAdd(key);
    Chain chain = chains.value(at);
    if (chain == null) {
      chains.setValue(at, new Chain(entry));
    } else {
      chain.last.next = entry;
      chain.last = entry;
    }
  }

  private void noteForNotIn(Entry entry, boolean isComplete) {
    byte @Nullable [] @Nullable [] parts = new byte[keys.partCount()][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = keys.writePart(i, execution.frame, key) ? key.toBytes() : null;
    }
    entry.parts = parts;
    (isComplete ? complete : incomplete).add(entry);
  }

  @Nullable Entry find(KeyBuffer wanted) {
    int at = chains.find(wanted);
    Chain chain = at < 0 ? null : chains.value(at);
    return chain == null ? null : chain.first;
  }

  List<Entry> all() {
    return complete;
  }

  List<Entry> incomplete() {
    return incomplete;
  }

  /** Whether the left row's key equals the entry's in all parts that are NULL on neither side. */
  boolean isNotDifferent(Entry entry, KeyMaker left, Frame frame) {
    byte @Nullable [] @Nullable [] parts = entry.parts;
    if (parts == null) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      byte[] part = parts[i];
      if (part != null && left.writePart(i, frame, key)) {
        if (!Arrays.equals(key.bytes, 0, key.length, part, 0, part.length)) {
          return false;
        }
      }
    }
    return true;
  }

  private void clear() {
    chains.clear();
    incomplete.clear();
    complete.clear();
    bytes = 0;
    files = null;
    rest = null;
    hasMore = false;
    isFilled = false;
  }

  void close() {
    right.close();
    if (!isIndependent) {
      clear();
    }
  }

  @Override
  public String toString() {
    return node.kind() + " table of " + chains.size() + " keys";
  }
}
