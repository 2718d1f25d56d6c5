package io.vaquita.bench.micro;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.lock.LockDuration;
import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTable;
import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.lock.WaitPolicy;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The lock table: without anybody in the way, a long queue handed on, a large cycle found. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class LockBenchmark {
  private static final int TREE = 17;
  private static final int WAITERS = 1000;
  private static final int CYCLE = 100;
  private static final long WAIT_MILLIS = 60_000;

  private final LockTable table = new LockTable(Environment.system());
  private final LockOwner owner = owner(table, 1);
  private final byte[] key = key(42);
  private final MetadataTarget name = MetadataTarget.table("test", "t");

  /** As JMH makes it. */
  public LockBenchmark() {}

  private static LockOwner owner(LockTable table, long id) {
    return table.newOwner(id, OwnerInfo.internal("bench"));
  }

  private static byte[] key(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static void lock(LockOwner owner, byte[] key) {
    owner.records().acquire(TREE, key, LockMode.X_RECORD, WaitPolicy.WAIT, () -> WAIT_MILLIS);
  }

  @Benchmark
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public void recordAcquireAndRelease() {
    lock(owner, key);
    owner.releaseRows();
  }

  @Benchmark
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public void metadataAcquireAndRelease() {
    owner.acquireMetadata(name, LockMode.SHARED_READ, LockDuration.TRANSACTION, () -> WAIT_MILLIS);
    owner.releaseTransaction();
  }

  @Benchmark
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public void userLockAcquireAndRelease() {
    owner.userLocks().acquire("leader", 1);
    owner.userLocks().release("leader");
  }

  /** 1,000 sessions queue for one record and get it one after another. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public void thousandWaitersInOneQueue() throws InterruptedException {
    LockTable own = new LockTable(Environment.system());
    LockOwner first = owner(own, 0);
    lock(first, key);
    CountDownLatch done = new CountDownLatch(WAITERS);
    for (int i = 1; i <= WAITERS; i++) {
      LockOwner waiter = owner(own, i);
      Thread.startVirtualThread(
          () -> {
            lock(waiter, key);
            waiter.releaseRows();
            done.countDown();
          });
      own.awaitBlocked(waiter, () -> false, WAIT_MILLIS);
    }
    first.releaseRows();
    done.await();
  }

  /** 100 sessions wait in a circle: the last wait closes it, is refused, and all go on. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public boolean cycleOfHundredSessions() throws InterruptedException {
    LockTable own = new LockTable(Environment.system());
    LockOwner[] owners = new LockOwner[CYCLE];
    for (int i = 0; i < CYCLE; i++) {
      owners[i] = owner(own, i);
      lock(owners[i], key(i));
    }
    CountDownLatch done = new CountDownLatch(CYCLE - 1);
    for (int i = 0; i < CYCLE - 1; i++) {
      LockOwner waiter = owners[i];
      byte[] next = key(i + 1);
      Thread.startVirtualThread(
          () -> {
            lock(waiter, next);
            waiter.releaseRows();
            done.countDown();
          });
      own.awaitBlocked(waiter, () -> false, WAIT_MILLIS);
    }
    boolean isFound = false;
    try {
      lock(owners[CYCLE - 1], key(0));
    } catch (DatabaseException e) {
      isFound = true;
    }
    owners[CYCLE - 1].releaseRows();
    done.await();
    return isFound;
  }
}
