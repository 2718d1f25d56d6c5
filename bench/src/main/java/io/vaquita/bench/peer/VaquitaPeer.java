package io.vaquita.bench.peer;

import io.vaquita.environment.Environment;
import io.vaquita.store.ByteRange;
import io.vaquita.store.CommitDurability;
import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.store.Store;
import io.vaquita.store.StoreOptions;
import io.vaquita.store.Stores;
import io.vaquita.store.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Vaquita's own store. Thread-safe. */
final class VaquitaPeer implements KeyValueStore {
  private static final int TREE = 16;

  private final Store store;

  VaquitaPeer(Path directory, boolean keepsLog) {
    StoreOptions options = StoreOptions.defaults();
    if (keepsLog) {
      options =
          options.withCheckpointLogBytes(Long.MAX_VALUE / 2).withPageCacheBytes(Long.MAX_VALUE / 2);
    }
    store = Stores.open(directory, options, Environment.system());
  }

  @Override
  public void putAll(long[] keys) {
    WriteBatch batch = new WriteBatch();
    for (long key : keys) {
      batch.put(TREE, Rows.key(key), Rows.value(key));
    }
    store.commit(batch, CommitDurability.LAZY);
  }

  @Override
  public void putDurably(long key) {
    WriteBatch batch = new WriteBatch();
    batch.put(TREE, Rows.key(key), Rows.value(key));
    store.commit(batch, CommitDurability.SYNCED);
  }

  @Override
  public Reader reader() {
    Snapshot snapshot = store.snapshot();
    Cursor cursor = snapshot.cursor(TREE);
    byte[] wanted = new byte[Long.BYTES];
    return new Reader() {
      @Override
      public int get(long key) {
        ByteBuffer.wrap(wanted).putLong(key);
        ByteRange value = snapshot.find(TREE, wanted);
        return value == null ? -1 : value.length();
      }

      @Override
      public int scan(long from, int count) {
        ByteBuffer.wrap(wanted).putLong(from);
        int n = 0;
        for (boolean has = cursor.seek(wanted); has && n < count; has = cursor.next()) {
          n += cursor.valueLength() > 0 ? 1 : 0;
        }
        return n;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {
    store.close();
  }
}
