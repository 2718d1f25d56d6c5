package io.vaquita.executor;

import io.vaquita.expression.Frame;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import io.vaquita.value.ValueRow;
import java.util.ArrayList;

/** The rows of one partition in their order, with their results and where their peers begin and end. Confined to one operator. */
final class WindowPartition {
  final Frame frame;
  private final int[] slots;
  private final KeyMaker orderKey;
  private final KeyBuffer key = new KeyBuffer();
  private final ArrayList<Row[]> rows = new ArrayList<>();
  private final ArrayList<ValueRow> results = new ArrayList<>();
  private byte[] lastKey = {};

  /** By row: number of its peer group; by group: its first row, and one more entry for the end. */
  private int[] groupOf = new int[16];

  private int[] groupStart = new int[16];
  private int groups;
  private long bytes;

  WindowPartition(PhysicalNode.Window node, int[] slots, Frame frame) {
    this.frame = frame;
    this.slots = slots;
    this.orderKey = KeyMaker.ofSortKeys(node.orderBy());
  }

  /** Adds the frame's rows. */
  void add(ValueRow result) {
    int row = rows.size();
    Row[] taken = SlotRows.take(slots, frame);
    bytes += RowSpill.estimatedBytes(taken) + 96;
    rows.add(taken);
    results.add(result);
    orderKey.write(frame, key);
    if (row == groupOf.length) {
      groupOf = java.util.Arrays.copyOf(groupOf, row * 2);
    }
    if (row == 0 || !key.isEqualTo(lastKey)) {
      lastKey = key.toBytes();
      if (groups + 1 == groupStart.length) {
        groupStart = java.util.Arrays.copyOf(groupStart, groupStart.length * 2);
      }
      groupStart[groups++] = row;
    }
    groupOf[row] = groups - 1;
  }

  void finish() {
    groupStart[groups] = rows.size();
  }

  int size() {
    return rows.size();
  }

  long estimatedBytes() {
    return bytes;
  }

  void restore(int row) {
    SlotRows.put(slots, rows.get(row), frame);
  }

  ValueRow result(int row) {
    return results.get(row);
  }

  /** The number of the row's peer group, from 0. */
  int group(int row) {
    return groupOf[row];
  }

  int groupStart(int group) {
    return groupStart[group];
  }

  /** The first row after the group. */
  int groupEnd(int group) {
    return groupStart[group + 1];
  }
}
