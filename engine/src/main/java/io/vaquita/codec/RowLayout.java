package io.vaquita.codec;

import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.util.Arrays;
import java.util.List;

/**
 * Where each column stands in the bytes of a row. Immutable, thread-safe; made once for a version of a table or index.
 *
 * <pre>
 * header   1 byte, bit 0: the ends are 4 bytes wide instead of 2; bit 1: columns stand outside (then bit 0 is set, too)
 * nulls    one bit for each stored column
 * fixed    numbers and temporals, each at an offset known from the layout
 * ends     where each column of variable length ends, counted from the first byte of data
 * data     strings, byte strings, JSON; or 12 bytes that refer to one outside (bit 31 of its end is set): see {@link OutOfRowValues}
 * </pre>
 *
 * <p>Columns are named by their ordinal in the table also where the row holds only some of them (entries of an index), so that
 * expressions read both kinds of rows alike.
 */
public final class RowLayout {
  static final int WIDE_ENDS = 1;
  static final int OUT_OF_ROW = 2;

  /** In an end: what ends there is a reference. */
  static final int REFERENCE = 1 << 31;

  static final int END_MASK = ~REFERENCE;

  private final DataType[] types;
  private final int[] stored;
  private final int[] position;
  private final int[] nullBit;
  private final int[] width;
  private final int variableCount;
  private final int fixedStart;
  private final int endsStart;

  private RowLayout(DataType[] types, int[] stored) {
    this.types = types;
    this.stored = stored;
    position = new int[types.length];
    nullBit = new int[types.length];
    width = new int[types.length];
    Arrays.fill(nullBit, -1);
    fixedStart = 1 + (stored.length + 7) / 8;
    int fixed = fixedStart;
    int variables = 0;
    for (int i = 0; i < stored.length; i++) {
      int column = stored[i];
      nullBit[column] = i;
      width[column] = ColumnForm.width(types[column]);
      if (width[column] == ColumnForm.VARIABLE) {
        position[column] = variables++;
      } else {
        position[column] = fixed;
        fixed += width[column];
      }
    }
    endsStart = fixed;
    variableCount = variables;
  }

  /** Rows that hold all columns. */
  public static RowLayout of(List<DataType> types) {
    int[] all = new int[types.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return of(types, all);
  }

  /**
   * Rows that hold some of a table's columns: the entries of an index.
   *
   * @param types of all columns of the table
   * @param storedColumns the ordinals that are held, each once
   */
  public static RowLayout of(List<DataType> types, int[] storedColumns) {
    return new RowLayout(types.toArray(new DataType[0]), storedColumns.clone());
  }

  /** Whether a column's values may be so long that they stand outside of their rows. */
  public static boolean mayStandOutside(DataType type) {
    return ColumnForm.width(type) == ColumnForm.VARIABLE
        && (type.kind() == TypeKind.JSON
            || type.length() * type.collation().characterSet().bytesPerCharacterMax()
                > RowBuilder.MOVED_BYTES_MIN);
  }

  public int columnCount() {
    return types.length;
  }

  public DataType type(int column) {
    return types[column];
  }

  /** Whether rows of this layout hold the column. */
  public boolean holds(int column) {
    return nullBit[column] >= 0;
  }

  /** The ordinals that rows of this layout hold. */
  public int[] storedColumns() {
    return stored.clone();
  }

  /** The row in those bytes; nothing is copied. {@code outside}: where columns are that do not stand in the row. */
  public EncodedRow row(byte[] array, int offset, int length, OutOfRowValues outside) {
    return new EncodedRow(this, array, offset, length, outside);
  }

  /** A row that has all of its columns in it. */
  public EncodedRow row(byte[] array, int offset, int length) {
    return new EncodedRow(this, array, offset, length, OutOfRowValues.NONE);
  }

  public EncodedRow row(byte[] array) {
    return row(array, 0, array.length);
  }

  /** The bytes of a row of boxed values, one for each column of the table, already of the columns' types. */
  public byte[] encode(Value[] values) {
    RowBuilder builder = new RowBuilder(this);
    for (int column : stored) {
      builder.set(column, values[column]);
    }
    return builder.build();
  }

  /** Whether the column's bytes stand in the fixed area. */
  boolean isFixed(int column) {
    return width[column] != ColumnForm.VARIABLE;
  }

  int width(int column) {
    return width[column];
  }

  /** Offset in the row of a fixed column; index among the variable ones of another. */
  int position(int column) {
    return position[column];
  }

  int nullBit(int column) {
    return nullBit[column];
  }

  TypeKind kind(int column) {
    return types[column].kind();
  }

  int[] stored() {
    return stored;
  }

  int variableCount() {
    return variableCount;
  }

  int fixedStart() {
    return fixedStart;
  }

  int endsStart() {
    return endsStart;
  }
}
