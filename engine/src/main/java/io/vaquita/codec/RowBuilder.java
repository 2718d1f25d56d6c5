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
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one layout without boxing. Columns that are not set are NULL. Not thread-safe; made once and reused: after
 * {@link #build} the next row begins.
 *
 * <p>A row of more than {@link #ROW_BYTES_MAX} bytes loses its longest columns, among those that may stand outside, until it is no
 * longer than that: {@link #moved} has them.
 */
public final class RowBuilder {
  /** What stands in a leaf with its key, in a store of usual pages: a quarter of a page. */
  public static final int ROW_BYTES_MAX = 1984;

  /** Shorter values never leave the row. */
  public static final int MOVED_BYTES_MIN = 512;

  private static final int NARROW_DATA_MAX = 0xffff;
  private static final int[] NONE = {};

  private final RowLayout layout;
  private final byte[] head;
  private final Slice[] variables;

  /** Columns that may stand outside. */
  private final int[] movable;

  /** By index among the variable columns: what is set is a reference. Null: none is. */
  private boolean @Nullable [] references;

  private @Nullable MovedValues moved;

  /** Of rows that keep all their columns, but for those that {@link #copyAll} finds outside. */
  public RowBuilder(RowLayout layout) {
    this(layout, NONE);
  }

  /** {@code movable}: columns that may stand outside of a row that is too long. */
  public RowBuilder(RowLayout layout, int[] movable) {
    this.layout = layout;
    this.movable = movable;
    this.head = new byte[layout.endsStart()];
    this.variables = new Slice[layout.variableCount()];
    clear();
  }

  /** Begins a row of NULLs. */
  public void clear() {
    Arrays.fill(head, (byte) 0);
    Arrays.fill(head, 1, layout.fixedStart(), (byte) 0xff);
    Arrays.fill(variables, Slice.EMPTY);
    references = null;
  }

  public void setNull(int column) {
    int bit = layout.nullBit(column);
    head[1 + (bit >> 3)] |= (byte) (1 << (bit & 7));
    if (layout.isFixed(column)) {
      int at = layout.position(column);
      Arrays.fill(head, at, at + layout.width(column), (byte) 0);
    } else {
      setVariable(layout.position(column), Slice.EMPTY);
    }
  }

  private void setVariable(int index, Slice value) {
    variables[index] = value;
    if (references != null) {
      references[index] = false;
    }
  }

  private void setReference(int index, Slice reference) {
    variables[index] = reference;
    boolean[] marks = references;
    if (marks == null) {
      marks = new boolean[variables.length];
      references = marks;
    }
    marks[index] = true;
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
    setVariable(layout.position(column), value);
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

  /** Copies every column that this layout holds out of a row of the same table. A column outside stays there: its reference is copied. */
  public void copyAll(Row from) {
    for (int column : layout.stored()) {
      Slice reference = layout.isFixed(column) ? null : from.reference(column);
      if (reference == null) {
        copy(column, from, column);
      } else {
        markNotNull(column);
        setReference(layout.position(column), reference);
      }
    }
  }

  /** The row's bytes, in an array of their own. The builder is ready for the next row, whose columns are NULL. */
  public byte[] build() {
    int data = dataBytes();
    moved = null;
    if (movable.length > 0 && head.length + data > ROW_BYTES_MAX) {
      data = moveOut(data);
    }
    boolean[] marks = marks();
    int endWidth = data > NARROW_DATA_MAX || marks != null ? 4 : 2;
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
    if (marks != null) {
      markReferences(row, marks);
    }
    clear();
    return row;
  }

  /** Where references stand; null when there are none. */
  private boolean @Nullable [] marks() {
    boolean[] marks = references;
    if (marks != null) {
      for (boolean isReference : marks) {
        if (isReference) {
          return marks;
        }
      }
    }
    return null;
  }

  private void markReferences(byte[] row, boolean[] marks) {
    row[0] = RowLayout.WIDE_ENDS | RowLayout.OUT_OF_ROW;
    for (int i = 0; i < marks.length; i++) {
      if (marks[i]) {
        int at = head.length + i * 4;
        Bytes.put(row, at, 4, Bytes.getInt(row, at) | RowLayout.REFERENCE);
      }
    }
  }

  private int dataBytes() {
    int data = 0;
    for (Slice s : variables) {
      data += s.length();
    }
    return data;
  }

  /** What the last {@link #build} left out of the row; null: nothing. */
  public @Nullable MovedValues moved() {
    return moved;
  }

  /** Puts references in the place of the longest columns; returns what is left of the data. */
  private int moveOut(int data) {
    int left = data;
    while (head.length + variables.length * 4 + left > ROW_BYTES_MAX) {
      int column = longestMovable();
      if (column < 0) {
        return left;
      }
      int index = layout.position(column);
      Slice value = variables[index];
      MovedValues values = moved;
      if (values == null) {
        values = new MovedValues(layout);
        moved = values;
      }
      setReference(index, values.add(column, value));
      left += OutOfRowValues.REFERENCE_BYTES - value.length();
    }
    return left;
  }

  private int longestMovable() {
    int longest = -1;
    int length = MOVED_BYTES_MIN;
    for (int column : movable) {
      int index = layout.position(column);
      boolean isOutside = references != null && references[index];
      if (!isOutside && variables[index].length() > length) {
        longest = column;
        length = variables[index].length();
      }
    }
    return longest;
  }
}
