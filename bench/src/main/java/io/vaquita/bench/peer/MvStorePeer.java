package io.vaquita.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's store. A durable commit is a chunk written and synced, one at a time; those who wait meanwhile share the next one. Thread-safe. */
final class MvStorePeer implements KeyValueStore {
  private final MVStore store;
  private final MVMap<Long, byte[]> map;
  private final ReentrantLock syncing = new ReentrantLock();
  private volatile long writes;
  private long synced;

  MvStorePeer(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store =
        new MVStore.Builder()
            .fileName(directory.resolve("data.mv").toString())
            .cacheSize((int) Math.max(16, Runtime.getRuntime().maxMemory() / 10 * 4 >> 20))
            .open();
    map = store.openMap("rows");
  }

  @Override
  public void putAll(long[] keys) {
    for (long key : keys) {
      map.put(key, Rows.value(key));
    }
    store.commit();
  }

  @Override
  public void putDurably(long key) {
    map.put(key, Rows.value(key));
    long mine = tick();
    syncing.lock();
    try {
      if (synced < mine) {
        long all = writes;
        store.commit();
        store.sync();
        synced = all;
      }
    } finally {
      syncing.unlock();
    }
  }

  private synchronized long tick() {
    writes = writes + 1;
    return writes;
  }

  @Override
  public Reader reader() {
    return new Reader() {
      @Override
      public int get(long key) {
        byte[] value = map.get(key);
        return value == null ? -1 : value.length;
      }

      @Override
      public int scan(long from, int count) {
        Cursor<Long, byte[]> cursor = map.cursor(from);
        int n = 0;
        while (n < count && cursor.hasNext()) {
          cursor.next();
          n += cursor.getValue().length > 0 ? 1 : 0;
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
