package io.vaquita.table;

import io.vaquita.codec.RowBuilder;
import io.vaquita.error.DatabaseException;
import io.vaquita.store.EntrySorter;
import io.vaquita.store.EntryStream;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.Row;
import io.vaquita.value.TextBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

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
  private boolean isHandedOver;

  BulkLoad(Transaction transaction, TableAccessor table, List<TableIndex> indexes) {
    this.transaction = transaction;
    this.table = table;
    this.indexes = indexes;
    this.sorters = new EntrySorter[indexes.size()];
    this.builders = new RowBuilder[indexes.size()];
    for (int i = 0; i < sorters.length; i++) {
      sorters[i] = transaction.newSorter(sorters.length);
      builders[i] = new RowBuilder(indexes.get(i).layout());
    }
  }

  public TableAccessor table() {
    return table;
  }

  /** Adds a new row to all indexes. */
  public void add(byte[] rowBytes) {
    Row row = table.layout().row(rowBytes);
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

  /** Adds the entries of a row that is there already. */
  public void addEntries(Row row) {
    byte[] rowKey = table.clusteredKey(row);
    for (int i = 0; i < sorters.length; i++) {
      addEntry(i, row, rowKey);
    }
  }

  private void addEntry(int number, Row row, byte[] rowKey) {
    TableIndex index = indexes.get(number);
    sorters[number].add(index.key(row, rowKey, buffer), index.value(row, rowKey, builders[number]));
  }

  /** Gives the entries to the transaction, whose commit reads them. */
  public void finish() {
    isHandedOver = true;
    for (int i = 0; i < sorters.length; i++) {
      transaction.load(indexes.get(i).tree(), new Checked(indexes.get(i), sorters[i].sorted()));
    }
  }

  /** Drops what was not handed over. */
  @Override
  public void close() {
    if (!isHandedOver) {
      for (EntrySorter sorter : sorters) {
        sorter.close();
      }
    }
  }

  /** Entries of one index, which refuses a key that comes twice: keys of rows that may have equal parts differ in their clustered key. */
  private final class Checked implements EntryStream {
    private final TableIndex index;
    private final EntryStream entries;
    private byte[] key = {};
    private byte[] value = {};
    private boolean hasEntry;

    Checked(TableIndex index, EntryStream entries) {
      this.index = index;
      this.entries = entries;
    }

    @Override
    public boolean next() {
      byte[] keyBefore = key;
      boolean hadEntry = hasEntry;
      hasEntry = entries.next();
      if (!hasEntry) {
        return false;
      }
      byte[] valueBefore = value;
      key = entries.key();
      value = entries.value();
      if (hadEntry && Arrays.equals(keyBefore, key)) {
        throw duplicate(valueBefore);
      }
      return true;
    }

    private DatabaseException duplicate(byte[] valueBefore) {
      Row existing = index.row(key, 0, key.length, valueBefore, 0, valueBefore.length);
      Row wanted = index.row(key, 0, key.length, value, 0, value.length);
      return new Duplicate(table, index, existing, wanted).exception();
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public byte[] value() {
      return value;
    }

    @Override
    public void close() {
      entries.close();
    }
  }
}
