package io.vaquita.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row in memory: of a derived table, a group, a virtual table. Confined to its maker until it is handed on, immutable from then on:
 * the setters belong to the maker.
 *
 * <p>Columns start as NULL. Which setter fits a column follows from its {@link TypeKind}, as with the getters of {@link Row}.
 */
public final class ValueRow implements Row {
  private static final Object[] NO_OBJECTS = {};

  private final int columns;

  /** Integers, packed temporals and the bits of doubles by column; then one bit a column: whether it has a value. */
  private final long[] longs;

  /** {@link Slice} and {@link BigDecimal} values by column, or the {@link Row} that has it; empty until the first is set. */
  private @Nullable Object[] objects = NO_OBJECTS;

  public ValueRow(int columns) {
    this.columns = columns;
    this.longs = new long[columns + ((columns + 63) >>> 6)];
  }

  /** Back to a row of NULLs; only where nobody has been handed the row. */
  public void clear() {
    Arrays.fill(longs, 0);
    if (objects.length > 0) {
      Arrays.fill(objects, null);
    }
  }

  private void markPresent(int column) {
    longs[columns + (column >>> 6)] |= 1L << column;
  }

  public void setNull(int column) {
    longs[columns + (column >>> 6)] &= ~(1L << column);
  }

  public void setLong(int column, long value) {
    longs[column] = value;
    markPresent(column);
  }

  public void setDouble(int column, double value) {
    setLong(column, Double.doubleToRawLongBits(value));
  }

  public void setDecimal(int column, BigDecimal value) {
    setObject(column, value);
  }

  public void setBytes(int column, Slice value) {
    setObject(column, value);
  }

  /** The column is what it is in another row, which is asked when somebody wants to know. */
  public void setFrom(int column, Row origin) {
    setObject(column, origin);
  }

  private void setObject(int column, Object value) {
    if (objects.length == 0) {
      objects = new Object[columns];
    }
    objects[column] = value;
    markPresent(column);
  }

  /** Sets a boxed value as it is, without any conversion; it must be of the column's own domain. */
  public void set(int column, Value value) {
    switch (value) {
      case Value.NullValue ignored -> setNull(column);
      case Value.LongValue v -> setLong(column, v.value());
      case Value.DoubleValue v -> setDouble(column, v.value());
      case Value.DecimalValue v -> setDecimal(column, v.value());
      case Value.StringValue v -> setBytes(column, v.bytes());
      case Value.TemporalValue v -> setLong(column, v.packed());
      case Value.JsonValue v -> setBytes(column, v.binary());
    }
  }

  /** A row of its own that may be set further. */
  public ValueRow copy() {
    ValueRow row = new ValueRow(columns);
    System.arraycopy(longs, 0, row.longs, 0, longs.length);
    if (objects.length > 0) {
      row.objects = objects.clone();
    }
    return row;
  }

  @Override
  public int columnCount() {
    return columns;
  }

  @Override
  public boolean isNull(int column) {
    return (longs[columns + (column >>> 6)] & 1L << column) == 0;
  }

  @Override
  public long getLong(int column) {
    return longs[column];
  }

  @Override
  public double getDouble(int column) {
    return Double.longBitsToDouble(longs[column]);
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return !isNull(column) && objects[column] instanceof BigDecimal d ? d : BigDecimal.ZERO;
  }

  @Override
  public Slice getBytes(int column) {
    if (isNull(column)) {
      return Slice.EMPTY;
    }
    Object value = objects[column];
    if (value instanceof Slice s) {
      return s;
    }
    return value instanceof Row origin ? origin.getBytes(column) : Slice.EMPTY;
  }

  @Override
  public @Nullable Slice reference(int column) {
    return objects.length > 0 && !isNull(column) && objects[column] instanceof Row origin
        ? origin.reference(column)
        : null;
  }

  /** Appends the row in a form that {@link #read} understands: for rows that wait in a file while a statement runs. */
  public void write(TextBuffer out) {
    putLong(out, columns);
    for (long l : longs) {
      putLong(out, l);
    }
    for (int i = 0; i < columns; i++) {
      Object o = objects.length == 0 || isNull(i) ? null : objects[i];
      switch (o instanceof Row origin ? origin.getBytes(i) : o) {
        case Slice s -> {
          out.append((byte) 1);
          putLong(out, s.length());
          out.append(s);
        }
        case BigDecimal d -> {
          byte[] unscaled = d.unscaledValue().toByteArray();
          out.append((byte) 2);
          putLong(out, d.scale());
          putLong(out, unscaled.length);
          out.append(unscaled, 0, unscaled.length);
        }
        case null, default -> out.append((byte) 0);
      }
    }
  }

  private static void putLong(TextBuffer out, long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.append((byte) (value >>> shift));
    }
  }

  /** The row that {@link #write} wrote; strings share {@code from}'s array. */
  public static ValueRow read(ByteBuffer from) {
    ValueRow row = new ValueRow((int) from.getLong());
    for (int i = 0; i < row.longs.length; i++) {
      row.longs[i] = from.getLong();
    }
    for (int i = 0; i < row.columns; i++) {
      switch (from.get()) {
        case 1 -> {
          int length = (int) from.getLong();
          row.setBytes(i, new Slice(from.array(), from.arrayOffset() + from.position(), length));
          from.position(from.position() + length);
        }
        case 2 -> {
          int scale = (int) from.getLong();
          byte[] unscaled = new byte[(int) from.getLong()];
          from.get(unscaled);
          row.setDecimal(i, new BigDecimal(new BigInteger(unscaled), scale));
        }
        default -> {}
      }
    }
    return row;
  }

  /** Roughly what the row holds on the heap. */
  public long estimatedBytes() {
    long bytes = 48 + 8L * longs.length;
    if (objects.length > 0) {
      bytes += 16 + 4L * objects.length;
      for (Object o : objects) {
        bytes += o instanceof Slice s ? 48 + s.length() : o == null ? 0 : 64;
      }
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "ValueRow" + Arrays.toString(longs) + Arrays.toString(objects);
  }
}
