package io.vaquita.executor;

import io.vaquita.expression.Frame;
import io.vaquita.value.Row;
import java.util.ArrayList;
import java.util.List;

/** Rows of several slots kept together in memory. Confined to one operator. */
final class SlotRows {
  private final int[] slots;
  private final ArrayList<Row[]> rows = new ArrayList<>();

  SlotRows(List<Integer> slots) {
    this.slots = toArray(slots);
  }

  static int[] toArray(List<Integer> slots) {
    int[] array = new int[slots.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = slots.get(i);
    }
    return array;
  }

  /** The current rows of the slots. */
  static Row[] take(int[] slots, Frame frame) {
    Row[] taken = new Row[slots.length];
    for (int i = 0; i < slots.length; i++) {
      taken[i] = frame.rows[slots[i]];
    }
    return taken;
  }

  static void put(int[] slots, Row[] taken, Frame frame) {
    for (int i = 0; i < slots.length; i++) {
      frame.rows[slots[i]] = taken[i];
    }
  }

  void add(Frame frame) {
    rows.add(take(slots, frame));
  }

  void restore(int index, Frame frame) {
    put(slots, rows.get(index), frame);
  }

  int size() {
    return rows.size();
  }

  void clear() {
    rows.clear();
  }
}
