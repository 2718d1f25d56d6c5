package io.vaquita.executor;

import io.vaquita.expression.Frame;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import io.vaquita.value.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The right side of a hash join by key. Confined to one operator. */
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
  }

  /** Reads the right input, unless an earlier filling still holds. */
  void fill() {
    if (isFilled && isIndependent) {
      return;
    }
    clear();
    Frame frame = execution.frame;
    right.open();
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
        execution.spilling.checkMemory(bytes + chains.estimatedBytes());
      }
    }
    right.close();
    isFilled = true;
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
