package io.vaquita.table;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.codec.EncodedRow;
import io.vaquita.codec.KeyEncoder;
import io.vaquita.codec.KeyPart;
import io.vaquita.codec.OutOfRowValues;
import io.vaquita.codec.RowBuilder;
import io.vaquita.codec.RowLayout;
import io.vaquita.store.Cursor;
import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.TextBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How one index of a table is written and read. Immutable, thread-safe.
 *
 * <pre>
 *   clustered       key = primary key parts, or 8 bytes of row id            value = all columns
 *   secondary       key = parts ++ clustered key                              value = primary key columns and parts [++ row id]
 *   unique, no NULL key = parts                                               value = the same
 * </pre>
 */
public final class TableIndex {
  static final int ROW_ID_BYTES = 8;

  private final IndexDefinition definition;
  private final KeyEncoder parts;
  private final KeyEncoder clusteredKey;
  private final RowLayout layout;
  private final boolean isClustered;
  private final boolean hasHiddenRowId;
  private final int[] columns;

  TableIndex(TableDefinition table, IndexDefinition definition, List<DataType> types) {
    this.definition = definition;
    this.isClustered = definition.tree() == table.clustered().tree();
    this.hasHiddenRowId = table.hasHiddenRowId();
    this.parts = encoder(table, definition);
    this.clusteredKey = encoder(table, table.clustered());
    this.columns = new int[definition.parts().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = definition.parts().get(i).column();
    }
    this.layout =
        isClustered ? RowLayout.of(types) : RowLayout.of(types, storedColumns(table, definition));
  }

  private static KeyEncoder encoder(TableDefinition table, IndexDefinition index) {
    List<KeyPart> parts = new ArrayList<>();
    for (IndexDefinition.Part part : index.parts()) {
      var column = table.columns().get(part.column());
      parts.add(
          new KeyPart(
              part.column(),
              column.type(),
              column.nullable() && !index.primary(),
              part.prefixLength(),
              part.descending()));
    }
    return new KeyEncoder(parts);
  }

  /** The primary key's columns and the index's own, each once, in the order of the table. */
  private static int[] storedColumns(TableDefinition table, IndexDefinition index) {
    java.util.BitSet stored = new java.util.BitSet();
    table.clustered().parts().forEach(p -> stored.set(p.column()));
    index.parts().forEach(p -> stored.set(p.column()));
    return stored.stream().toArray();
  }

  public IndexDefinition definition() {
    return definition;
  }

  public int tree() {
    return definition.tree();
  }

  public boolean isClustered() {
    return isClustered;
  }

  /** Encodes the index's own parts. */
  public KeyEncoder parts() {
    return parts;
  }

  /** The layout of the entries' values. */
  public RowLayout layout() {
    return layout;
  }

  /** Whether one of the columns is a part. */
  boolean hasAny(int[] wanted) {
    for (int column : columns) {
      if (Arrays.stream(wanted).anyMatch(w -> w == column)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a part is NULL, so that uniqueness does not hold for the row. */
  boolean hasNullPart(Row row) {
    for (int column : columns) {
      if (row.isNull(column)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the row's entry excludes other rows with equal parts. */
  boolean isUniqueFor(Row row) {
    return definition.unique() && !hasNullPart(row);
  }

  /** The entry's key of a row whose clustered key is known. */
  byte[] key(Row row, byte[] rowKey, TextBuffer buffer) {
    if (isClustered) {
      return rowKey;
    }
    buffer.clear();
    parts.append(buffer, row);
    if (!isUniqueFor(row)) {
      buffer.append(rowKey, 0, rowKey.length);
    }
    return buffer.toBytes();
  }

  /** The entry's value for a secondary index. */
  byte[] value(Row row, byte[] rowKey, RowBuilder builder) {
    builder.copyAll(row);
    byte[] value = builder.build();
    if (!hasHiddenRowId) {
      return value;
    }
    int length = value.length;
    byte[] withRowId = Arrays.copyOf(value, length + ROW_ID_BYTES);
    System.arraycopy(rowKey, 0, withRowId, length, ROW_ID_BYTES);
    return withRowId;
  }

  /** The row of an entry. {@code outside}: where its columns are that do not stand in it. */
  Row row(
      byte[] key,
      int keyOffset,
      int keyLength,
      byte[] value,
      int offset,
      int length,
      OutOfRowValues outside) {
    if (!hasHiddenRowId) {
      return layout.row(value, offset, length, outside);
    }
    if (isClustered) {
      return new KeyedRow(
          Arrays.copyOfRange(key, keyOffset, keyOffset + keyLength),
          layout.row(value, offset, length, outside));
    }
    int end = offset + length;
    return new KeyedRow(
        Arrays.copyOfRange(value, end - ROW_ID_BYTES, end),
        layout.row(value, offset, length - ROW_ID_BYTES, outside));
  }

  /** The row of an entry whose key and value have arrays of their own. */
  Row row(byte[] key, byte[] value, OutOfRowValues outside) {
    return row(key, 0, key.length, value, 0, value.length, outside);
  }

  /** The row of the entry that a cursor is at. */
  Row row(Cursor cursor, OutOfRowValues outside) {
    return row(
        cursor.keyArray(),
        cursor.keyOffset(),
        cursor.keyLength(),
        cursor.valueArray(),
        cursor.valueOffset(),
        cursor.valueLength(),
        outside);
  }

  /** Whether two versions of a row whose clustered key is the same have the same entry. Reads no column that stands outside in both. */
  boolean hasSameEntry(EncodedRow a, EncodedRow b) {
    for (int column : layout.storedColumns()) {
      if (!a.holdsSame(column, b)) {
        return false;
      }
    }
    return true;
  }

  /** The clustered key of the row that an entry's row (or a whole row) belongs to. */
  byte[] clusteredKey(Row row) {
    return row instanceof KeyedRow keyed ? keyed.key : clusteredKey.encode(row);
  }
}
