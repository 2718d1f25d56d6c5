package io.vaquita.table;

import io.vaquita.codec.OutOfRowValues;
import io.vaquita.store.Cursor;
import io.vaquita.transaction.Reader;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads ranges of an index in one consistent view, in place: a row is an object of a few words over the page's bytes. Confined to
 * one thread; opened as often as wanted.
 */
public final class IndexScan implements RowScan, OutOfRowValues {
  private final TableAccessor table;
  private final TableIndex index;
  private final boolean readsEntries;
  private final Reader reader;
  private final RowFilter filter;
  private @Nullable Cursor opened;
  private @Nullable Cursor rows;
  private byte[] from = {};
  private byte @Nullable [] to;
  private boolean reverse;
  private boolean started;
  private boolean ended = true;
  private @Nullable Row row;

  /** Made when the first column is read that stands outside of its row. */
  private @Nullable StoredValues outside;

  /** {@code covering}: the entries of a secondary index hold all that is asked for. */
  public IndexScan(
      TableAccessor table, TableIndex index, Reader reader, boolean covering, RowFilter filter) {
    this.filter = filter;
    this.table = table;
    this.index = index;
    this.readsEntries = covering || index.isClustered();
    this.reader = reader;
  }

  @Override
  public void open(KeyRange range, boolean backward) {
    from = range.from();
    to = range.to();
    reverse = backward;
    started = false;
    ended = false;
  }

  /** Made when a range is first read: lookups by whole key need none. */
  private Cursor cursor() {
    Cursor c = opened;
    if (c == null) {
      c = reader.cursor(index.tree());
      opened = c;
    }
    return c;
  }

  @Override
  public boolean next() {
    Cursor cursor = cursor();
    while (!ended) {
      if (!move(cursor) || !isInside(cursor)) {
        ended = true;
        return false;
      }
      Row entry = index.row(cursor, this);
      Row found = readsEntries ? entry : wholeRow(entry);
      if (filter.accepts(found)) {
        row = found;
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Row find(byte[] key) {
    byte[] value = reader.get(index.tree(), key);
    if (value == null) {
      return null;
    }
    Row entry = index.row(key, value, this);
    Row found = readsEntries ? entry : wholeRow(entry);
    return filter.accepts(found) ? found : null;
  }

  private boolean move(Cursor cursor) {
    if (started) {
      return reverse ? cursor.previous() : cursor.next();
    }
    started = true;
    byte[] end = to;
    if (!reverse) {
      return from.length == 0 ? cursor.first() : cursor.seek(from);
    }
    if (end == null) {
      return cursor.last();
    }
    return Scans.seekBelow(cursor, end);
  }

  private boolean isInside(Cursor cursor) {
    byte[] array = cursor.keyArray();
    int start = cursor.keyOffset();
    int end = start + cursor.keyLength();
    if (reverse) {
      return Arrays.compareUnsigned(array, start, end, from, 0, from.length) >= 0;
    }
    byte[] bound = to;
    return bound == null || Arrays.compareUnsigned(array, start, end, bound, 0, bound.length) < 0;
  }

  private Row wholeRow(Row entry) {
    byte[] key = index.clusteredKey(entry);
    Cursor c = rows;
    if (c == null) {
      c = reader.cursor(table.clustered().tree());
      rows = c;
    }
    if (!c.find(key)) {
      throw new IllegalStateException(
          "index " + index.definition().name() + " has an entry without its row");
    }
    return table.clustered().row(c, this);
  }

  /** A column outside of a row that this scan gave. */
  @Override
  public Slice read(Slice reference) {
    StoredValues values = outside;
    if (values == null) {
      values = new StoredValues(table, reader::getOnly);
      outside = values;
    }
    return values.read(reference);
  }

  /** The key of the entry that {@link #next} came to. */
  public byte[] entryKey() {
    Cursor c = cursor();
    int from = c.keyOffset();
    return Arrays.copyOfRange(c.keyArray(), from, from + c.keyLength());
  }

  @Override
  public Row row() {
    Row present = row;
    if (present == null) {
      throw new IllegalStateException("no current row");
    }
    return present;
  }
}
