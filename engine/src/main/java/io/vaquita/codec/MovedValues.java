package io.vaquita.codec;

import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a new row has left out, until they are stored. Their references in the row have no number yet but their place here,
 * below zero. Confined to one thread.
 */
public final class MovedValues implements OutOfRowValues {
  private final RowLayout layout;
  private final List<Moved> values = new ArrayList<>(1);
  private OutOfRowValues others = NONE;

  /** Shorter ones are copied sooner than it is found out that they need not be. */
  private static final int SHARED_BYTES_MIN = 1 << 20;

  /**
   * {@code number} below zero: not numbered. {@code isShared}: the value is the whole of an array that never changes.
   */
  private record Moved(int column, Slice value, long number, boolean isShared) {}

  MovedValues(RowLayout layout) {
    this.layout = layout;
  }

  /** Returns the reference for the row. */
  Slice add(int column, Slice value) {
    return add(column, value, false);
  }

  private Slice add(int column, Slice value, boolean isShared) {
    long place = -1L - values.size();
    values.add(new Moved(column, value, place, isShared));
    return OutOfRowValues.reference(place, value.length());
  }

  /** Long values whose arrays never change need not be copied to be stored. */
  public void shareWhere(Predicate<byte[]> neverChanges) {
    for (int i = 0; i < values.size(); i++) {
      Moved moved = values.get(i);
      byte[] array = moved.value.array();
      if (array.length >= SHARED_BYTES_MIN
          && moved.value.length() == array.length
          && neverChanges.test(array)) {
        values.set(i, new Moved(moved.column, moved.value, moved.number, true));
      }
    }
  }

  public int count() {
    return values.size();
  }

  /** The value in an array that nobody will change. */
  public byte[] bytes(int index) {
    Moved moved = values.get(index);
    return moved.isShared ? moved.value.array() : moved.value.toBytes();
  }

  /** The value's number; to be asked for after {@link #number}. */
  public long number(int index) {
    return values.get(index).number;
  }

  /** Takes a number for each value that has none and writes it into the row. */
  public void number(byte[] row, LongSupplier numbers) {
    EncodedRow references = layout.row(row);
    for (int i = 0; i < values.size(); i++) {
      Moved moved = values.get(i);
      Slice reference = references.reference(moved.column);
      if (moved.number < 0 && reference != null) {
        long number = numbers.getAsLong();
        Bytes.put(row, reference.offset(), 8, number);
        values.set(i, new Moved(moved.column, moved.value, number, moved.isShared));
      }
    }
  }

  /**
   * Where the row before had the same value outside, the new one refers to that, too.
   *
   * @return what is left to be stored; null: nothing
   */
  public @Nullable MovedValues without(Row before, byte[] row) {
    MovedValues left = new MovedValues(layout);
    EncodedRow references = layout.row(row);
    for (Moved moved : values) {
      Slice old = before.reference(moved.column);
      Slice reference = references.reference(moved.column);
      if (reference == null) {
        continue;
      }
      if (old != null
          && OutOfRowValues.length(old) == moved.value.length()
          && before.getBytes(moved.column).equals(moved.value)) {
        System.arraycopy(
            old.array(), old.offset(), row, reference.offset(), OutOfRowValues.REFERENCE_BYTES);
      } else {
        Slice placed = left.add(moved.column, moved.value, moved.isShared);
        System.arraycopy(placed.array(), 0, row, reference.offset(), placed.length());
      }
    }
    return left.values.isEmpty() ? null : left;
  }

  /** Where the row's other columns are that stand outside. */
  public OutOfRowValues over(OutOfRowValues stored) {
    others = stored;
    return this;
  }

  @Override
  public Slice read(Slice reference) {
    long number = OutOfRowValues.number(reference);
    for (Moved moved : values) {
      if (moved.number == number) {
        return moved.value;
      }
    }
    return others.read(reference);
  }
}
