package io.vaquita.codec;

import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Writes rows of one layout without boxing. Columns that are not set are NULL. Not thread-safe; made once and reused: after
 * {@link #build} the next row begins.
 */
public final class RowBuilder {
  private static final int NARROW_DATA_MAX = 0xffff;

  private final RowLayout layout;
  private final byte[] head;
  private final Slice[] variables;

  public RowBuilder(RowLayout layout) {
    this.layout = layout;
    this.head = new byte[layout.endsStart()];
    this.variables = new Slice[layout.variableCount()];
    clear();
  }

  /** Begins a row of NULLs. */
  public void clear() {
    Arrays.fill(head, (byte) 0);
    Arrays.fill(head, 1, layout.fixedStart(), (byte) 0xff);
    Arrays.fill(variables, Slice.EMPTY);
  }

  public void setNull(int column) {
    int bit = layout.nullBit(column);
    head[1 + (bit >> 3)] |= (byte) (1 << (bit & 7));
    if (layout.isFixed(column)) {
      int at = layout.position(column);
      Arrays.fill(head, at, at + layout.width(column), (byte) 0);
    } else {
      variables[layout.position(column)] = Slice.EMPTY;
    }
  }

  private void markNotNull(int column) {
    int bit = layout.nullBit(column);
    head[1 + (bit >> 3)] &= (byte) ~(1 << (bit & 7));
  }

  /** What {@link Row#getLong} shall return for the column. */
  public void setLong(int column, long value) {
    markNotNull(column);
    long stored = layout.kind(column) == TypeKind.DATE ? value >>> ColumnForm.DATE_SHIFT : value;
    Bytes.put(head, layout.position(column), layout.width(column), stored);
  }

  public void setDouble(int column, double value) {
    markNotNull(column);
    if (layout.kind(column) == TypeKind.FLOAT) {
      Bytes.put(head, layout.position(column), 4, Float.floatToRawIntBits((float) value));
    } else {
      Bytes.put(head, layout.position(column), 8, Double.doubleToRawLongBits(value));
    }
  }

  /** The value must fit the column; its scale is made the column's. */
  public void setDecimal(int column, BigDecimal value) {
    markNotNull(column);
    DataType type = layout.type(column);
    BigDecimal scaled =
        value.scale() == type.decimals()
            ? value
            : value.setScale(type.decimals(), RoundingMode.HALF_UP);
    int at = layout.position(column);
    BigInteger unscaled = scaled.unscaledValue();
    if (ColumnForm.isLongDecimal(type)) {
      Bytes.put(head, at, 8, unscaled.longValue());
    } else {
      putSigned(unscaled, head, at, layout.width(column));
    }
  }

  static void putSigned(BigInteger value, byte[] to, int at, int width) {
    byte[] bytes = value.toByteArray();
    Arrays.fill(to, at, at + width - bytes.length, (byte) (value.signum() < 0 ? 0xff : 0));
    System.arraycopy(bytes, 0, to, at + width - bytes.length, bytes.length);
  }

  /** The slice's bytes must stay unchanged until {@link #build}, which copies them. */
  public void setBytes(int column, Slice value) {
    markNotNull(column);
    variables[layout.position(column)] = value;
  }

  /** A boxed value of the column's own domain. */
  public void set(int column, Value value) {
    switch (value) {
      case Value.NullValue n -> setNull(column);
      case Value.LongValue v -> setLong(column, v.value());
      case Value.DoubleValue v -> setDouble(column, v.value());
      case Value.DecimalValue v -> setDecimal(column, v.value());
      case Value.StringValue v -> setBytes(column, v.bytes());
      case Value.TemporalValue v -> setLong(column, v.packed());
      case Value.JsonValue v -> setBytes(column, v.binary());
    }
  }

  /** Copies a column of another row whose type is the same. */
  public void copy(int column, Row from, int fromColumn) {
    if (from.isNull(fromColumn)) {
      setNull(column);
      return;
    }
    if (!layout.isFixed(column)) {
      setBytes(column, from.getBytes(fromColumn));
      return;
    }
    switch (layout.kind(column)) {
      case FLOAT, DOUBLE -> setDouble(column, from.getDouble(fromColumn));
      case DECIMAL -> setDecimal(column, from.getDecimal(fromColumn));
      default -> setLong(column, from.getLong(fromColumn));
    }
  }

  /** Copies every column that this layout holds out of a row of the same table. */
  public void copyAll(Row from) {
    for (int column : layout.stored()) {
      copy(column, from, column);
    }
  }

  /** The row's bytes, in an array of their own. The builder is ready for the next row, whose columns are NULL. */
  public byte[] build() {
    int data = 0;
    for (Slice s : variables) {
      data += s.length();
    }
    int endWidth = data > NARROW_DATA_MAX ? 4 : 2;
    int dataStart = head.length + variables.length * endWidth;
    byte[] row = Arrays.copyOf(head, Math.addExact(dataStart, data));
    if (endWidth == 4) {
      row[0] = RowLayout.WIDE_ENDS;
    }
    int end = 0;
    for (int i = 0; i < variables.length; i++) {
      Slice s = variables[i];
      System.arraycopy(s.array(), s.offset(), row, dataStart + end, s.length());
      end += s.length();
      Bytes.put(row, head.length + i * endWidth, endWidth, end);
    }
    clear();
    return row;
  }
}
