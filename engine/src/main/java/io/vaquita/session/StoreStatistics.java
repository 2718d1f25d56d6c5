package io.vaquita.session;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.codec.KeyEncoder;
import io.vaquita.planner.TableStatistics;
import io.vaquita.store.Snapshot;
import io.vaquita.table.Tables;
import io.vaquita.value.DataType;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of rows as the trees themselves count them: branches of the store's trees know how many entries lie below them, so that a
 * table's size is read off its root and a range is estimated by two paths, without histograms that go stale. How many rows share a key
 * is sampled when a plan first asks, and again when the index has doubled or halved. Thread-safe.
 */
final class StoreStatistics implements TableStatistics {
  /** Entries looked at to learn how many rows share a key. */
  private static final int SAMPLES = 24;

  /** Dropped indexes leave their samples behind; from so many on all are taken anew. */
  private static final int TREES_MAX = 10_000;

  private final Supplier<Snapshot> newest;
  private final Tables tables;

  /** By tree; replaced when the tree has grown or shrunk much since. */
  private final ConcurrentHashMap<Integer, Sample> samples = new ConcurrentHashMap<>();

  /** How many rows share the first 1, 2, … parts of a key, when the tree had {@code entries}. */
  private record Sample(long entries, double[] rowsPerKey) {
    boolean isGoodFor(long now) {
      return now <= entries * 2 + 20 && now >= entries / 2;
    }
  }

  /** {@code newest}: what is committed now. */
  StoreStatistics(Supplier<Snapshot> newest, Tables tables) {
    this.newest = newest;
    this.tables = tables;
  }

  @Override
  public double rowCount(TableDefinition table) {
    return newest.get().entryCount(table.clustered().tree());
  }

  @Override
  public double rowsPerKey(TableDefinition table, IndexDefinition index, int parts) {
    if (index.unique() && parts == index.parts().size()) {
      return 1;
    }
    Snapshot snapshot = newest.get();
    long entries = snapshot.entryCount(index.tree());
    Sample sample = samples.get(index.tree());
    if (sample == null || !sample.isGoodFor(entries)) {
      sample = sample(snapshot, tables.accessor(table).index(index).parts(), index.tree(), entries);
      if (samples.size() >= TREES_MAX) {
        samples.clear();
      }
      samples.put(index.tree(), sample);
    }
    return sample.rowsPerKey[parts - 1];
  }

  /**
   * Looks at entries at even distances and counts what shares their key. Entries of frequent keys are met more often, so the harmonic
   * mean of what was counted is the average over the keys. Entries with NULL do not count: no equality finds them.
   */
  private static Sample sample(Snapshot snapshot, KeyEncoder encoder, int tree, long entries) {
    double[] rowsPerKey = new double[encoder.partCount()];
    for (int parts = 1; parts <= rowsPerKey.length; parts++) {
      double sumOfShares = 0;
      int counted = 0;
      for (int i = 0; i < Math.min(SAMPLES, entries); i++) {
        byte[] key = snapshot.keyAt(tree, i * entries / Math.min(SAMPLES, entries));
        int length = key == null ? -1 : encoder.prefixLength(key, parts);
        if (key != null && length >= 0) {
          byte[] prefix = Arrays.copyOf(key, length);
          sumOfShares +=
              1.0
                  / Math.max(
                      1, snapshot.estimateCount(tree, prefix, KeyEncoder.afterPrefix(prefix)));
          counted++;
        }
      }
      rowsPerKey[parts - 1] = counted == 0 ? 1 : counted / sumOfShares;
    }
    return new Sample(entries, rowsPerKey);
  }

  @Override
  public double shareBetween(
      TableDefinition table, IndexDefinition index, @Nullable Value low, @Nullable Value high) {
    Snapshot snapshot = newest.get();
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
          case Value.LongValue l ->
              type.kind().isInteger()
                  || type.kind() == TypeKind.DECIMAL
                  || type.domain() == TypeKind.Domain.DOUBLE;
          case Value.DoubleValue d -> type.domain() == TypeKind.Domain.DOUBLE;
          case Value.DecimalValue d -> type.kind() == TypeKind.DECIMAL;
          case Value.StringValue s ->
              type.domain() == TypeKind.Domain.STRING
                  && type.kind() != TypeKind.ENUM
                  && type.kind() != TypeKind.SET;
          case Value.TemporalValue t ->
              type.kind() == t.kind() || isDate(type.kind()) && isDate(t.kind());
          case Value.JsonValue j -> false;
        };
    if (!fits) {
      return null;
    }
    TextBuffer out = new TextBuffer(32);
    encoder.append(out, 0, value);
    return Arrays.copyOf(out.array(), out.length());
  }

  /** Kinds whose packed values compare; TIMESTAMP is kept in another form. */
  private static boolean isDate(TypeKind kind) {
    return kind == TypeKind.DATE || kind == TypeKind.DATETIME;
  }

  private static byte[] after(byte[] key) {
    byte[] next = Arrays.copyOf(key, key.length + 1);
    next[key.length] = (byte) 0xff;
    return next;
  }
}
