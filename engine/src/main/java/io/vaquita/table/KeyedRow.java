package io.vaquita.table;

import io.vaquita.codec.EncodedRow;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A row of a table without primary key, with the hidden row id that finds it. Immutable. */
public final class KeyedRow implements Row {
  final byte[] key;
  private final Row row;

  public KeyedRow(byte[] key, Row row) {
    this.key = key;
    this.row = row;
  }

  /** The row id; not to be written. */
  public byte[] key() {
    return key;
  }

  /** The row's bytes, of a row that was read from a table or is about to be written there. */
  public static EncodedRow encoded(Row row) {
    Row inner = row instanceof KeyedRow keyed ? keyed.row : row;
    if (inner instanceof EncodedRow encoded) {
      return encoded;
    }
    throw new IllegalArgumentException("not a row of a table: " + row);
  }

  /** The row without it. */
  public Row row() {
    return row;
  }

  @Override
  public int columnCount() {
    return row.columnCount();
  }

  @Override
  public boolean isNull(int column) {
    return row.isNull(column);
  }

  @Override
  public long getLong(int column) {
    return row.getLong(column);
  }

  @Override
  public double getDouble(int column) {
    return row.getDouble(column);
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return row.getDecimal(column);
  }

  @Override
  public Slice getBytes(int column) {
    return row.getBytes(column);
  }

  @Override
  public @Nullable Slice reference(int column) {
    return row.reference(column);
  }
}
