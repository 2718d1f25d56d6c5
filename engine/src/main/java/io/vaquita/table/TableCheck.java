package io.vaquita.table;

import io.vaquita.codec.RowBuilder;
import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.value.Row;
import io.vaquita.value.TextBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of one table with the entries of its indexes, and with the values that stand outside of them, in one version of the store. Confined to one thread.
 *
 * <p>Both sides are read once, in order: each row gives the entries that it should have, and the entries that should be and those that
 * are must have the same count and the same sum of hashes. Only an index whose sums differ is read again, entry by entry, to name
 * what is wrong. So a table that is larger than memory is read without a random access.
 */
public final class TableCheck {
  private static final int PROBLEMS_MAX = 20;
  private static final int ENTRIES_A_PAUSE = 256;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private final TableAccessor table;
  private final Snapshot snapshot;
  private final Runnable pause;
  private final RowBuilder[] builders;
  private final StoredValues outside;
  private final TextBuffer buffer = new TextBuffer(64);
  private final CRC32C crc = new CRC32C();
  private final List<String> problems = new ArrayList<>();
  private long entriesRead;

  /** {@code pause} is called every few hundred entries: to hear of KILL, to let others run, to show progress. */
  public TableCheck(TableAccessor table, Snapshot snapshot, Runnable pause) {
    this.table = table;
    this.snapshot = snapshot;
    this.pause = pause;
    this.outside = new StoredValues(table, snapshot::get);
    this.builders = new RowBuilder[table.indexCount()];
    for (int i = 1; i < builders.length; i++) {
      builders[i] = new RowBuilder(table.index(i).layout());
    }
  }

  /** Index entries and rows read. */
  public long entriesRead() {
    return entriesRead;
  }

  /** What is wrong, in words; empty: every row has its entries and every entry its row. */
  public List<String> problems() {
    if (table.hasOutOfRow()) {
      OutOfRowCheck values = new OutOfRowCheck(table, snapshot, this::pauseMaybe);
      values.problems().forEach(this::problem);
      if (values.hasMissing()) {
        // whose columns cannot be read, their entries cannot be told
        return List.copyOf(problems);
      }
    }
    long[] wanted = new long[table.indexCount()];
    long rows = sumRows(wanted);
    for (int i = 1; i < wanted.length; i++) {
      TableIndex index = table.index(i);
      long[] found = sumEntries(index.tree());
      if (found[0] != rows) {
        problem("Index '" + name(i) + "' contains " + found[0] + " entries, should be " + rows);
      }
      if (found[0] != rows || found[1] != wanted[i]) {
        nameMissing(i);
        nameExtra(i);
      }
    }
    return List.copyOf(problems);
  }

  private String name(int index) {
    return table.index(index).definition().name();
  }

  private void problem(String text) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(text);
    }
  }

  private void pauseMaybe() {
    entriesRead++;
    if (entriesRead % ENTRIES_A_PAUSE == 0) {
      pause.run();
    }
  }

  /** Adds what each row should have in each index to its sum; returns the count of rows. */
  private long sumRows(long[] sums) {
    Cursor cursor = snapshot.cursor(table.clustered().tree());
    long rows = 0;
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      pauseMaybe();
      rows++;
      byte[] rowKey = key(cursor);
      Row row = table.clustered().row(cursor, outside);
      if (!Arrays.equals(table.clusteredKey(row), rowKey)) {
        problem("Row " + text(rowKey) + " stands under the key of another row");
      }
      for (int i = 1; i < sums.length; i++) {
        byte[] key = table.index(i).key(row, rowKey, buffer);
        byte[] value = table.index(i).value(row, rowKey, builders[i]);
        sums[i] += hash(key, 0, key.length, value, 0, value.length);
      }
    }
    return rows;
  }

  /** Count and sum of the entries that are there. */
  private long[] sumEntries(int tree) {
    Cursor cursor = snapshot.cursor(tree);
    long[] found = new long[2];
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      pauseMaybe();
      found[0]++;
      found[1] +=
          hash(
              cursor.keyArray(),
              cursor.keyOffset(),
              cursor.keyLength(),
              cursor.valueArray(),
              cursor.valueOffset(),
              cursor.valueLength());
    }
    return found;
  }

  private long hash(
      byte[] key, int keyOffset, int keyLength, byte[] value, int offset, int length) {
    crc.reset();
    crc.update(key, keyOffset, keyLength);
    long high = crc.getValue();
    crc.update(value, offset, length);
    long both = (high << 32 | crc.getValue()) * MIX;
    return (both ^ both >>> 29) * MIX;
  }

  private void nameMissing(int number) {
    TableIndex index = table.index(number);
    Cursor cursor = snapshot.cursor(table.clustered().tree());
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      pauseMaybe();
      byte[] rowKey = key(cursor);
      Row row = table.clustered().row(cursor, outside);
      byte[] key = index.key(row, rowKey, buffer);
      byte[] found = snapshot.get(index.tree(), key);
      if (found == null) {
        problem("Row " + text(rowKey) + " has no entry in index '" + name(number) + "'");
      } else if (!Arrays.equals(found, index.value(row, rowKey, builders[number]))) {
        problem("Row " + text(rowKey) + " differs from its entry in index '" + name(number) + "'");
      }
    }
  }

  private void nameExtra(int number) {
    TableIndex index = table.index(number);
    Cursor cursor = snapshot.cursor(index.tree());
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      pauseMaybe();
      byte[] key = key(cursor);
      byte[] rowKey = index.clusteredKey(index.row(cursor, outside));
      Row row = rowOf(rowKey);
      if (row == null || !Arrays.equals(index.key(row, rowKey, buffer), key)) {
        problem("Index '" + name(number) + "' has an entry " + text(key) + " without its row");
      }
    }
  }

  private @Nullable Row rowOf(byte[] rowKey) {
    byte[] value = snapshot.get(table.clustered().tree(), rowKey);
    return value == null ? null : table.clustered().row(rowKey, value, outside);
  }

  static byte[] key(Cursor cursor) {
    int from = cursor.keyOffset();
    return Arrays.copyOfRange(cursor.keyArray(), from, from + cursor.keyLength());
  }

  static String text(byte[] key) {
    return "x'" + HexFormat.of().formatHex(key) + "'";
  }
}
