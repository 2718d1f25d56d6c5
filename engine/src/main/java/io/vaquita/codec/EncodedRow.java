package io.vaquita.codec;

import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row as bytes, usually inside a page; columns are decoded when they are asked for, those that stand outside of the row are read then.
 * Immutable.
 */
public final class EncodedRow implements Row {
  private final RowLayout layout;
  private final byte[] array;
  private final int offset;
  private final int length;
  private final OutOfRowValues outside;

  EncodedRow(RowLayout layout, byte[] array, int offset, int length, OutOfRowValues outside) {
    this.layout = layout;
    this.outside = outside;
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  public RowLayout layout() {
    return layout;
  }

  /** Where columns are read from that stand outside of the row. */
  public OutOfRowValues outside() {
    return outside;
  }

  /** Whether any column stands outside of the row. */
  public boolean hasOutOfRow() {
    return (array[offset] & RowLayout.OUT_OF_ROW) != 0;
  }

  /** The row's own bytes, not copied. */
  public Slice bytes() {
    return new Slice(array, offset, length);
  }

  @Override
  public int columnCount() {
    return layout.columnCount();
  }

  @Override
  public boolean isNull(int column) {
    int bit = layout.nullBit(column);
    if (bit < 0) {
      throw new IllegalStateException("column " + column + " is not in this row");
    }
    return (array[offset + 1 + (bit >> 3)] & 1 << (bit & 7)) != 0;
  }

  @Override
  public long getLong(int column) {
    if (!layout.isFixed(column)) {
      throw new IllegalStateException("column " + column + " is no number");
    }
    int at = offset + layout.position(column);
    DataType type = layout.type(column);
    if (type.kind() == TypeKind.DATE) {
      return Bytes.getUnsigned(array, at, 3) << ColumnForm.DATE_SHIFT;
    }
    int width = layout.width(column);
    return ColumnForm.isSigned(type)
        ? Bytes.getSigned(array, at, width)
        : Bytes.getUnsigned(array, at, width);
  }

  @Override
  public double getDouble(int column) {
    int at = offset + layout.position(column);
    return layout.kind(column) == TypeKind.FLOAT
        ? Float.intBitsToFloat(Bytes.getInt(array, at))
        : Double.longBitsToDouble(Bytes.getUnsigned(array, at, 8));
  }

  @Override
  public BigDecimal getDecimal(int column) {
    int at = offset + layout.position(column);
    DataType type = layout.type(column);
    if (ColumnForm.isLongDecimal(type)) {
      return BigDecimal.valueOf(Bytes.getUnsigned(array, at, 8), type.decimals());
    }
    BigInteger unscaled = new BigInteger(array, at, layout.width(column));
    return new BigDecimal(unscaled, type.decimals());
  }

  @Override
  public Slice getBytes(int column) {
    if (layout.isFixed(column)) {
      throw new IllegalStateException("column " + column + " is no string");
    }
    int index = layout.position(column);
    int ends = offset + layout.endsStart();
    if ((array[offset] & RowLayout.WIDE_ENDS) == 0) {
      int start = index == 0 ? 0 : Bytes.getUnsignedShort(array, ends + (index - 1) * 2);
      int end = Bytes.getUnsignedShort(array, ends + index * 2);
      int data = ends + layout.variableCount() * 2;
      return start == end ? Slice.EMPTY : new Slice(array, data + start, end - start);
    }
    Slice stored = wideBytes(index);
    return isReference(index) ? outside.read(stored) : stored;
  }

  private Slice wideBytes(int index) {
    int ends = offset + layout.endsStart();
    int start = index == 0 ? 0 : Bytes.getInt(array, ends + (index - 1) * 4) & RowLayout.END_MASK;
    int end = Bytes.getInt(array, ends + index * 4) & RowLayout.END_MASK;
    int data = ends + layout.variableCount() * 4;
    return start == end ? Slice.EMPTY : new Slice(array, data + start, end - start);
  }

  /** Of a variable column in a row with wide ends. */
  private boolean isReference(int index) {
    return Bytes.getInt(array, offset + layout.endsStart() + index * 4) < 0;
  }

  @Override
  public @Nullable Slice reference(int column) {
    if (!hasOutOfRow() || layout.isFixed(column) || !layout.holds(column)) {
      return null;
    }
    int index = layout.position(column);
    return isReference(index) ? wideBytes(index) : null;
  }

  /** Whether another row of the same table has the same in a column, in the same place: inside the same bytes, or the same reference. */
  public boolean holdsSame(int column, EncodedRow other) {
    Slice here = reference(column);
    Slice there = other.reference(column);
    if (here == null && there == null) {
      return hasSame(column, other);
    }
    return here != null && there != null && here.equals(there);
  }

  /** Whether another row of the same table has the same bytes in a column. Reads values outside only where nothing else tells. */
  public boolean hasSame(int column, EncodedRow other) {
    if (isNull(column) != other.isNull(column)) {
      return false;
    }
    if (isNull(column)) {
      return true;
    }
    if (layout.isFixed(column)) {
      int at = offset + layout.position(column);
      int otherAt = other.offset + other.layout.position(column);
      int width = layout.width(column);
      return Arrays.equals(array, at, at + width, other.array, otherAt, otherAt + width);
    }
    Slice here = reference(column);
    Slice there = other.reference(column);
    if (here != null && there != null && here.equals(there)) {
      return true;
    }
    return lengthOf(column, here) == other.lengthOf(column, there)
        && getBytes(column).equals(other.getBytes(column));
  }

  private int lengthOf(int column, @Nullable Slice reference) {
    return reference == null ? getBytes(column).length() : OutOfRowValues.length(reference);
  }

  /** Whether all columns of another row of the same layout have the same bytes, wherever they stand. */
  public boolean hasSameColumns(EncodedRow other) {
    for (int column : layout.stored()) {
      if (!hasSame(column, other)) {
        return false;
      }
    }
    return true;
  }

  /** Same bytes: columns outside of the row are equal when their references are. */
  @Override
  public boolean equals(Object o) {
    return o instanceof EncodedRow r
        && Arrays.equals(array, offset, offset + length, r.array, r.offset, r.offset + r.length);
  }

  @Override
  public int hashCode() {
    return bytes().hashCode();
  }
}
