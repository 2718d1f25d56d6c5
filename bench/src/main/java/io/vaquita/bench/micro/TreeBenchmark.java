package io.vaquita.bench.micro;

import io.vaquita.store.ByteRange;
import io.vaquita.store.CommitDurability;
import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.store.Store;
import io.vaquita.store.Stores;
import io.vaquita.store.WriteBatch;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One tree of a million rows of 8 + 190 bytes in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TreeBenchmark {
  private static final int TREE = 16;
  private static final int VALUE_BYTES = 190;
  private static final int BATCH = 1000;

  @Param("1000000")
  public int rows = 1;

  @Param({"4096", "8192", "16384"})
  public int pageBytes = 8192;

  private Store store = Stores.inMemory();
  private Snapshot snapshot = store.snapshot();
  private Cursor cursor = snapshot.cursor(TREE);
  private final SplittableRandom random = new SplittableRandom(1);
  private final byte[] wanted = new byte[Long.BYTES];

  /** As JMH makes it. */
  public TreeBenchmark() {}

  @Setup
  public void load() {
    store = Stores.inMemory(pageBytes);
    for (int i = 0; i < rows; i += BATCH) {
      WriteBatch batch = new WriteBatch();
      for (int k = i; k < i + BATCH; k++) {
        batch.put(TREE, key(k), new byte[VALUE_BYTES]);
      }
      store.commit(batch, CommitDurability.LAZY);
    }
    snapshot = store.snapshot();
    cursor = snapshot.cursor(TREE);
  }

  private static byte[] key(long k) {
    return ByteBuffer.allocate(Long.BYTES).putLong(k).array();
  }

  private byte[] randomKey() {
    ByteBuffer.wrap(wanted).putLong(random.nextInt(rows));
    return wanted;
  }

  @Benchmark
  public @Nullable ByteRange find() {
    return snapshot.find(TREE, randomKey());
  }

  @Benchmark
  public long seekAndHundredNext() {
    long sum = 0;
    boolean has = cursor.seek(randomKey());
    for (int i = 0; i < 100 && has; i++) {
      sum += cursor.valueLength();
      has = cursor.next();
    }
    return sum;
  }

  @Benchmark
  public long commitOneRow() {
    WriteBatch batch = new WriteBatch();
    batch.put(TREE, key(random.nextInt(rows)), new byte[VALUE_BYTES]);
    return store.commit(batch, CommitDurability.LAZY);
  }

  @Benchmark
  public long countOfRange() {
    byte[] from = randomKey().clone();
    return snapshot.estimateCount(TREE, from, null);
  }
}
