package io.vaquita.table;

import io.vaquita.codec.MovedValues;
import io.vaquita.codec.OutOfRowValues;
import io.vaquita.codec.RowBuilder;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.store.EntrySorter;
import io.vaquita.store.EntryStream;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.Row;
import io.vaquita.value.TextBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills new trees of a table, which nobody can see yet, out of rows in any order: all their entries are sorted in bounded memory and go
 * into the trees when the transaction commits, in key order. Confined to one statement.
 *
 * <p>Equal unique keys meet when the sorted entries are read, that is during the commit, which fails with 1062 then and leaves nothing.
 */
public final class BulkLoad implements AutoCloseable {
  private final Transaction transaction;
  private final TableAccessor table;
  private final List<TableIndex> indexes;
  private final EntrySorter[] sorters;
  private final RowBuilder[] builders;
  private final TextBuffer buffer = new TextBuffer(64);

  /** Of the values that stand outside of the rows; null where the rows are there already. */
  private final @Nullable EntrySorter outside;

  private boolean isHandedOver;

  BulkLoad(
      Transaction transaction, TableAccessor table, List<TableIndex> indexes, boolean withRows) {
    this.transaction = transaction;
    this.table = table;
    this.indexes = indexes;
    this.sorters = new EntrySorter[indexes.size()];
    this.builders = new RowBuilder[indexes.size()];
    boolean hasOutside = withRows && table.hasOutOfRow();
    int shares = sorters.length + (hasOutside ? 1 : 0);
    this.outside = hasOutside ? transaction.newSorter(shares) : null;
    for (int i = 0; i < sorters.length; i++) {
      sorters[i] = transaction.newSorter(shares);
      builders[i] = new RowBuilder(indexes.get(i).layout());
    }
  }

  public TableAccessor table() {
    return table;
  }

  /** Adds a new row to all indexes. {@code moved}: the columns that it has left out. */
  public void add(byte[] rowBytes, @Nullable MovedValues moved) {
    Row row = newRow(rowBytes, moved);
    byte[] rowKey;
    if (table.definition().hasHiddenRowId()) {
      rowKey =
          ByteBuffer.allocate(TableIndex.ROW_ID_BYTES)
              .putLong(table.counters().takeRowId(table, transaction))
              .array();
      row = new KeyedRow(rowKey, row);
    } else {
      rowKey = table.clusteredKey(row);
    }
    for (int i = 0; i < sorters.length; i++) {
      TableIndex index = indexes.get(i);
      if (index.isClustered()) {
        sorters[i].add(rowKey, rowBytes);
      } else {
        addEntry(i, row, rowKey);
      }
    }
  }

  private Row newRow(byte[] bytes, @Nullable MovedValues moved) {
    if (moved == null || outside == null) {
      return table.layout().row(bytes);
    }
    moved.number(bytes, () -> table.counters().takeValueNumber(table, transaction));
    for (int i = 0; i < moved.count(); i++) {
      outside.add(StoredValues.key(moved.number(i)), moved.bytes(i));
    }
    return table.layout().row(bytes, 0, bytes.length, moved);
  }

  /** Adds the entries of a row that is there already. */
  public void addEntries(Row row) {
    byte[] rowKey = table.clusteredKey(row);
    for (int i = 0; i < sorters.length; i++) {
      addEntry(i, row, rowKey);
    }
  }

  private void addEntry(int number, Row row, byte[] rowKey) {
    TableIndex index = indexes.get(number);
    byte[] value = index.value(row, rowKey, builders[number]);
    sorters[number].add(
        index.key(row, rowKey, buffer),
        mayReportOutside(index) ? KeyTrailer.append(value, table, index, row) : value);
  }

  /** Whether an entry may be a duplicate in columns that stand outside, which nobody can read while the commit runs. */
  private boolean mayReportOutside(TableIndex index) {
    return index.definition().unique() && index.hasAny(table.movable());
  }

  /** Gives the entries to the transaction, whose commit reads them. */
  public void finish() {
    isHandedOver = true;
    for (int i = 0; i < sorters.length; i++) {
      transaction.load(indexes.get(i).tree(), new Checked(indexes.get(i), sorters[i].sorted()));
    }
    if (outside != null) {
      transaction.load(table.definition().outOfRowTree(), outside.sorted());
    }
  }

  /** Drops what was not handed over. */
  @Override
  public void close() {
    if (!isHandedOver) {
      for (EntrySorter sorter : sorters) {
        sorter.close();
      }
      if (outside != null) {
        outside.close();
      }
    }
  }

  /** Entries of one index, which refuses a key that comes twice: keys of rows that may have equal parts differ in their clustered key. */
  private final class Checked implements EntryStream {
    private final TableIndex index;
    private final EntryStream entries;
    private final boolean hasTrailers;
    private byte[] key = {};
    private byte[] value = {};
    private boolean hasEntry;

    Checked(TableIndex index, EntryStream entries) {
      this.index = index;
      this.entries = entries;
      this.hasTrailers = mayReportOutside(index);
    }

    @Override
    public boolean next() {
      byte[] keyBefore = key;
      boolean hadEntry = hasEntry;
      hasEntry = entries.next();
      if (!hasEntry) {
        return false;
      }
      key = entries.key();
      value = entries.value();
      if (hadEntry && Arrays.equals(keyBefore, key)) {
        throw duplicate();
      }
      return true;
    }

    private DatabaseException duplicate() {
      String text =
          hasTrailers
              ? KeyTrailer.text(value)
              : KeyText.of(table, index, index.row(key, value, OutOfRowValues.NONE));
      return new DatabaseException(MySqlError.ER_DUP_ENTRY, Duplicate.message(table, index, text));
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public byte[] value() {
      return hasTrailers ? KeyTrailer.without(value) : value;
    }

    @Override
    public void close() {
      entries.close();
    }
  }
}
