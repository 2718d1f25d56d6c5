package io.vaquita.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB through JNI, without compression (the values would not compress) and with bloom filters. Thread-safe. */
final class RocksPeer implements KeyValueStore {
  private static final long MIB = 1 << 20;

  private final Options options = new Options();
  private final WriteOptions lazy = new WriteOptions();
  private final WriteOptions durable = new WriteOptions().setSync(true);
  private final LRUCache cache = new LRUCache(Runtime.getRuntime().maxMemory() / 10 * 4);
  private final BloomFilter filter = new BloomFilter(10);
  private final RocksDB store;
  private final boolean keepsLog;

  RocksPeer(Path directory, boolean keepsLog) {
    this.keepsLog = keepsLog;
    RocksDB.loadLibrary();
    options.setCreateIfMissing(true);
    options.setCompressionType(CompressionType.NO_COMPRESSION);
    options.setIncreaseParallelism(Runtime.getRuntime().availableProcessors());
    options.setWriteBufferSize(keepsLog ? 8192 * MIB : 64 * MIB);
    options.setTableFormatConfig(
        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    try {
      Files.createDirectories(directory);
      store = RocksDB.open(options, directory.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void putAll(long[] keys) {
    try (WriteBatch batch = new WriteBatch()) {
      for (long key : keys) {
        batch.put(Rows.key(key), Rows.value(key));
      }
      store.write(lazy, batch);
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void putDurably(long key) {
    try {
      store.put(durable, Rows.key(key), Rows.value(key));
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Reader reader() {
    RocksIterator iterator = store.newIterator();
    return new Reader() {
      @Override
      public int get(long key) {
        try {
          byte[] value = store.get(Rows.key(key));
          return value == null ? -1 : value.length;
        } catch (RocksDBException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public int scan(long from, int count) {
        int n = 0;
        for (iterator.seek(Rows.key(from)); n < count && iterator.isValid(); iterator.next()) {
          n += iterator.value().length > 0 ? 1 : 0;
        }
        return n;
      }

      @Override
      public void close() {
        iterator.close();
      }
    };
  }

  @Override
  public void close() {
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      if (!keepsLog) {
        store.flush(flush);
      }
      store.closeE();
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    } finally {
      lazy.close();
      durable.close();
      options.close();
      filter.close();
      cache.close();
    }
  }
}
