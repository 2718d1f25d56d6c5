package io.vaquita.session;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.codec.KeyEncoder;
import io.vaquita.planner.TableStatistics;
import io.vaquita.store.Snapshot;
import io.vaquita.store.Store;
import io.vaquita.table.Tables;
import io.vaquita.value.DataType;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of rows as the trees themselves count them: branches of the store's trees know how many entries lie below them, so that a
 * table's size is read off its root and a range is estimated by two paths, without histograms that go stale. Thread-safe.
 */
final class StoreStatistics implements TableStatistics {
  /** Distinct values are guessed as MySQL guesses without statistics: a tenth of the rows share a first part, fewer each next. */
  private static final double SHARE_OF_FIRST_PART = 0.1;

  private final Store store;
  private final Tables tables;

  StoreStatistics(Store store, Tables tables) {
    this.store = store;
    this.tables = tables;
  }

  @Override
  public double rowCount(TableDefinition table) {
    return store.snapshot().entryCount(table.clustered().tree());
  }

  @Override
  public double rowsPerKey(TableDefinition table, IndexDefinition index, int parts) {
    if (index.unique() && parts == index.parts().size()) {
      return 1;
    }
    double rows = rowCount(table);
    double share = Math.pow(SHARE_OF_FIRST_PART, parts);
    return Math.max(1, Math.min(rows * share, 100));
  }

  @Override
  public double shareBetween(
      TableDefinition table, IndexDefinition index, @Nullable Value low, @Nullable Value high) {
    Snapshot snapshot = store.snapshot();
    long rows = snapshot.entryCount(index.tree());
    if (rows == 0) {
      return 0;
    }
    KeyEncoder encoder = tables.accessor(table).index(index).parts();
    byte[] from = low == null ? null : key(encoder, low);
    byte[] to = high == null ? null : key(encoder, high);
    if (low != null && from == null || high != null && to == null) {
      return -1;
    }
    if (index.parts().getFirst().descending()) {
      byte[] swap = from;
      from = to;
      to = swap;
    }
    // the upper bound's own entries count too
    long between = snapshot.estimateCount(index.tree(), from, to == null ? null : after(to));
    return Math.min(1, (double) between / rows);
  }

  /** The key bytes of a first part; null when the value is not of the column's kind. */
  private static byte @Nullable [] key(KeyEncoder encoder, Value value) {
    DataType type = encoder.part(0).type();
    boolean fits =
        switch (value) {
          case Value.NullValue n -> encoder.part(0).nullable();
          case Value.LongValue l -> type.kind().isInteger();
          case Value.DoubleValue d -> type.domain() == TypeKind.Domain.DOUBLE;
          case Value.DecimalValue d -> type.kind() == TypeKind.DECIMAL;
          case Value.StringValue s ->
              type.domain() == TypeKind.Domain.STRING
                  && type.kind() != TypeKind.ENUM
                  && type.kind() != TypeKind.SET;
          case Value.TemporalValue t -> type.kind() == t.kind();
          case Value.JsonValue j -> false;
        };
    if (!fits) {
      return null;
    }
    TextBuffer out = new TextBuffer(32);
    encoder.append(out, 0, value);
    return Arrays.copyOf(out.array(), out.length());
  }

  private static byte[] after(byte[] key) {
    byte[] next = Arrays.copyOf(key, key.length + 1);
    next[key.length] = (byte) 0xff;
    return next;
  }
}
