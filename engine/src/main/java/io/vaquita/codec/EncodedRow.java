package io.vaquita.codec;

import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** A row as bytes, usually inside a page; columns are decoded when they are asked for. Immutable. */
public final class EncodedRow implements Row {
  private final RowLayout layout;
  private final byte[] array;
  private final int offset;
  private final int length;

  EncodedRow(RowLayout layout, byte[] array, int offset, int length) {
    this.layout = layout;
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  public RowLayout layout() {
    return layout;
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
    int start;
    int end;
    int data;
    if ((array[offset] & RowLayout.WIDE_ENDS) == 0) {
      start = index == 0 ? 0 : Bytes.getUnsignedShort(array, ends + (index - 1) * 2);
      end = Bytes.getUnsignedShort(array, ends + index * 2);
      data = ends + layout.variableCount() * 2;
    } else {
      start = index == 0 ? 0 : Bytes.getInt(array, ends + (index - 1) * 4);
      end = Bytes.getInt(array, ends + index * 4);
      data = ends + layout.variableCount() * 4;
    }
    return start == end ? Slice.EMPTY : new Slice(array, data + start, end - start);
  }

  /** Same bytes. */
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
