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
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

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

  /** An insert's lock, which nobody asks about: what an implicit lock would save. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public void insertAcquireAndRelease() {
    owner.records().acquireInsert(TREE, key, k -> null, () -> WAIT_MILLIS);
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

  /** Sessions that wait, made anew for each measurement and not part of it. */
  @State(Scope.Thread)
  public static class Queue {
    private LockTable own = new LockTable(Environment.system());
    private LockOwner first = owner(own, 0);
    private CountDownLatch done = new CountDownLatch(WAITERS);

    /** As JMH makes it. */
    public Queue() {}

    @Setup(Level.Invocation)
    public void fill() {
      own = new LockTable(Environment.system());
      first = owner(own, 0);
      done = new CountDownLatch(WAITERS);
      lock(first, key(42));
      for (int i = 1; i <= WAITERS; i++) {
        startWaiting(own, owner(own, i), key(42), done);
      }
    }
  }

  private static void startWaiting(
      LockTable table, LockOwner waiter, byte[] key, CountDownLatch done) {
    Thread.startVirtualThread(
        () -> {
          lock(waiter, key);
          waiter.releaseRows();
          done.countDown();
        });
    table.awaitBlocked(waiter, () -> false, WAIT_MILLIS);
  }

  /** 1,000 sessions queue for one record and get it one after another. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public void thousandWaitersInOneQueue(Queue queue) throws InterruptedException {
    queue.first.releaseRows();
    queue.done.await();
  }

  /** Each session but the last waits for the next one's record. */
  @State(Scope.Thread)
  public static class Circle {
    private LockTable own = new LockTable(Environment.system());
    private LockOwner last = owner(own, 0);
    private CountDownLatch done = new CountDownLatch(CYCLE - 1);

    /** As JMH makes it. */
    public Circle() {}

    @Setup(Level.Invocation)
    public void open() {
      own = new LockTable(Environment.system());
      done = new CountDownLatch(CYCLE - 1);
      LockOwner[] owners = new LockOwner[CYCLE];
      for (int i = 0; i < CYCLE; i++) {
        owners[i] = owner(own, i);
        lock(owners[i], key(i));
      }
      for (int i = 0; i < CYCLE - 1; i++) {
        startWaiting(own, owners[i], key(i + 1), done);
      }
      last = owners[CYCLE - 1];
    }

    @TearDown(Level.Invocation)
    public void end() throws InterruptedException {
      last.releaseRows();
      done.await();
    }
  }

  /** 100 sessions wait in a circle: the last wait closes it and is refused. The time is that from its request to the refusal. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public boolean cycleOfHundredSessions(Circle circle) {
    try {
      lock(circle.last, key(0));
      return false;
    } catch (DatabaseException e) {
      return true;
    }
  }
}
