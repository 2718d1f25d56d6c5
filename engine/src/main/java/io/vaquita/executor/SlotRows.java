package io.vaquita.executor;

import io.vaquita.expression.Frame;
import io.vaquita.value.Row;
import java.util.List;

/** The rows of several slots taken together. Stateless. */
final class SlotRows {
  private SlotRows() {}

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
}
