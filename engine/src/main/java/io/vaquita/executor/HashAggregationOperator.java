package io.vaquita.executor;

import io.vaquita.expression.aggregate.Accumulator;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import io.vaquita.value.ValueRow;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates an input in any order by a table of groups. When the table has grown to its share of memory, rows of groups that are
 * not in it wait in temporary files, parted by hash, and are aggregated part by part afterwards.
 */
final class HashAggregationOperator extends Operator {
  private static final int PARTS = 16;
  private static final int ACCUMULATOR_BYTES = 96;

  private final PhysicalNode.Aggregation node;
  private final Operator input;
  private final RowMaker groupMaker;
  private final KeyMaker groupKey;
  private final KeyBuffer key = new KeyBuffer();
  private final KeyTable<Group> groups = new KeyTable<>();
  private final int[] inputSlots;
  private final RowSpill spill;
  private final ArrayDeque<Part> waiting = new ArrayDeque<>();
  private long groupBytes;
  private int at;

  private record Group(ValueRow row, Accumulator[] accumulators) {}

  /** Rows in a file, all of whose groups have the same hash bits so far. */
  private record Part(TemporaryFile file, int depth) {}

  HashAggregationOperator(Execution execution, PhysicalNode.Aggregation node) {
    super(execution);
    this.node = node;
    this.input = Operators.build(node.input(), execution);
    this.groupMaker = AggregationOperators.groupMaker(node);
    this.groupKey = KeyMaker.ofValues(node.groupBy());
    this.inputSlots = PlanWalk.producedSlots(node.input()).stream().toArray();
    this.spill = new RowSpill(inputSlots.length);
  }

  @Override
  void open() {
    clear();
    waiting.clear();
    TemporaryFile[] parts = new TemporaryFile[PARTS];
    input.open();
    while (input.next()) {
      groupKey.write(frame, key);
      add(parts, 0);
    }
    input.close();
    keep(parts, 0);
  }

  private void clear() {
    groups.clear();
    groupBytes = 0;
    at = 0;
  }

  private void add(@Nullable TemporaryFile[] parts, int depth) {
    int entry = groups.find(key);
    if (entry < 0) {
      if (groups.estimatedBytes() + groupBytes > execution.spilling.memoryBytesMax()) {
        setAside(parts, depth);
        return;
      }
      entry = addGroup();
    }
    Group group = groups.value(entry);
    if (group != null) {
      for (Accumulator a : group.accumulators) {
        a.add(frame);
      }
    }
  }

  private int addGroup() {
    int entry = groups.add(key);
    ValueRow row = new ValueRow(AggregationOperators.width(node));
    groupMaker.fill(row, frame);
    groups.setValue(entry, new Group(row, AggregationOperators.accumulators(node.aggregates())));
    groupBytes += row.estimatedBytes() + (long) ACCUMULATOR_BYTES * node.aggregates().size();
    return entry;
  }

  private void setAside(@Nullable TemporaryFile[] parts, int depth) {
    int part = key.hash() >>> 4 * (7 - depth % 8) & PARTS - 1;
    TemporaryFile file = parts[part];
    if (file == null) {
      file = execution.spilling.newFile();
      parts[part] = file;
    }
    spill.append(file, key.bytes, key.length, SlotRows.take(inputSlots, frame));
  }

  private void keep(@Nullable TemporaryFile[] parts, int depth) {
    for (TemporaryFile file : parts) {
      if (file != null) {
        file.flush();
        waiting.add(new Part(file, depth));
      }
    }
  }

  @Override
  boolean next() {
    while (at >= groups.size()) {
      Part part = waiting.poll();
      if (part == null) {
        return false;
      }
      readPart(part);
    }
    Group group = groups.value(at++);
    if (group == null) {
      throw new IllegalStateException("a group without accumulators");
    }
    AggregationOperators.setResults(group.row, node, group.accumulators, frame);
    frame.rows[node.slot()] = group.row;
    return true;
  }

  private void readPart(Part part) {
    clear();
    TemporaryFile[] parts = new TemporaryFile[PARTS];
    TemporaryFile.Reader reader = part.file.read(0, part.file.position());
    while (reader.next()) {
      Row[] rows = spill.read(reader.second);
      SlotRows.put(inputSlots, rows, frame);
      key.set(reader.first);
      add(parts, part.depth + 1);
    }
    keep(parts, part.depth + 1);
  }

  @Override
  void close() {
    input.close();
    clear();
    waiting.clear();
  }
}
