package io.vaquita.lock;

import io.vaquita.environment.Clock;
import io.vaquita.environment.Environment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Figures of the lock table, by hand: {@code v java io.vaquita.lock.LockBenchmark}. Prints nanoseconds a lock uncontended, the time
 * of 1,000 waiters in one queue, of finding a cycle of 100 owners, and bytes a held record lock.
 */
public final class LockBenchmark {
  private static final Clock CLOCK = Environment.system().clock();
  private static final long SECOND = 1_000_000_000;

  private LockBenchmark() {}

  public static void main(String[] args) throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      System.out.printf("one record, acquire and release: %.0f ns%n", oneRecord());
      System.out.printf("100 records, then all released: %.0f ns a lock%n", manyRecords());
      System.out.printf("statement's metadata lock: %.0f ns%n", metadata());
      System.out.printf("user-level lock: %.0f ns%n", userLock());
      System.out.printf(
          "1,000 waiters: %.2f ms to queue, %.2f ms to hand on%n", queue()[0], queue()[1]);
      System.out.printf("cycle of 100 owners: %.3f ms%n", cycle());
    }
    System.out.printf("a held record lock: %.0f bytes with its 8-byte key%n", bytes());
  }

  private static LockOwner owner(LockTable table, long id) {
    return table.newOwner(id, OwnerInfo.internal("bench"));
  }

  private static byte[] key(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }

  private static double oneRecord() {
    LockTable table = new LockTable(Environment.system());
    LockOwner owner = owner(table, 1);
    byte[] key = key(42);
    long count = 0;
    long begin = CLOCK.monotonicNanos();
    long now = begin;
    while (now - begin < SECOND) {
      for (int i = 0; i < 1000; i++) {
        owner.acquireRecord(17, key, LockMode.X_RECORD, WaitPolicy.WAIT, () -> 1000);
        owner.releaseRows();
      }
      count += 1000;
      now = CLOCK.monotonicNanos();
    }
    return (double) (now - begin) / count;
  }

  private static double manyRecords() {
    LockTable table = new LockTable(Environment.system());
    LockOwner owner = owner(table, 1);
    byte[][] keys = new byte[100][];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(i);
    }
    long count = 0;
    long begin = CLOCK.monotonicNanos();
    long now = begin;
    while (now - begin < SECOND) {
      for (int i = 0; i < 100; i++) {
        for (byte[] key : keys) {
          owner.acquireRecord(17, key, LockMode.X_NEXT_KEY, WaitPolicy.WAIT, () -> 1000);
        }
        owner.releaseTransaction();
      }
      count += 10_000;
      now = CLOCK.monotonicNanos();
    }
    return (double) (now - begin) / count;
  }

  private static double metadata() {
    LockTable table = new LockTable(Environment.system());
    LockOwner owner = owner(table, 1);
    LockTarget.MetadataTarget name = LockTarget.MetadataTarget.table("test", "t");
    long count = 0;
    long begin = CLOCK.monotonicNanos();
    long now = begin;
    while (now - begin < SECOND) {
      for (int i = 0; i < 1000; i++) {
        owner.acquireMetadata(name, LockMode.SHARED_READ, LockDuration.TRANSACTION, () -> 1000);
        owner.releaseTransaction();
      }
      count += 1000;
      now = CLOCK.monotonicNanos();
    }
    return (double) (now - begin) / count;
  }

  private static double userLock() {
    LockTable table = new LockTable(Environment.system());
    LockOwner owner = owner(table, 1);
    long count = 0;
    long begin = CLOCK.monotonicNanos();
    long now = begin;
    while (now - begin < SECOND) {
      for (int i = 0; i < 1000; i++) {
        owner.userLocks().acquire("leader", 1);
        owner.userLocks().release("leader");
      }
      count += 1000;
      now = CLOCK.monotonicNanos();
    }
    return (double) (now - begin) / count;
  }

  private static double[] queue() throws InterruptedException {
    LockTable table = new LockTable(Environment.system());
    LockOwner first = owner(table, 0);
    byte[] key = key(1);
    first.acquireRecord(17, key, LockMode.X_RECORD, WaitPolicy.WAIT, () -> 60_000);
    CountDownLatch done = new CountDownLatch(1000);
    List<Integer> order = new ArrayList<>();
    long begin = CLOCK.monotonicNanos();
    for (int i = 1; i <= 1000; i++) {
      LockOwner owner = owner(table, i);
      int number = i;
      Thread.ofVirtual()
          .start(
              () -> {
                owner.acquireRecord(17, key, LockMode.X_RECORD, WaitPolicy.WAIT, () -> 60_000);
                order.add(number);
                owner.releaseRows();
                done.countDown();
              });
      table.awaitBlocked(owner, () -> false, 60_000);
    }
    long queued = CLOCK.monotonicNanos();
    first.releaseRows();
    done.await();
    long end = CLOCK.monotonicNanos();
    for (int i = 0; i < 1000; i++) {
      if (order.get(i) != i + 1) {
        throw new IllegalStateException("not first come, first served");
      }
    }
    return new double[] {(queued - begin) / 1e6, (end - queued) / 1e6};
  }

  private static double cycle() throws InterruptedException {
    LockTable table = new LockTable(Environment.system());
    int size = 100;
    LockOwner[] owners = new LockOwner[size];
    for (int i = 0; i < size; i++) {
      owners[i] = owner(table, i);
      owners[i].acquireRecord(17, key(i), LockMode.X_RECORD, WaitPolicy.WAIT, () -> 60_000);
    }
    CountDownLatch done = new CountDownLatch(size - 1);
    for (int i = 0; i < size - 1; i++) {
      LockOwner owner = owners[i];
      byte[] next = key(i + 1);
      Thread.ofVirtual()
          .start(
              () -> {
                owner.acquireRecord(17, next, LockMode.X_RECORD, WaitPolicy.WAIT, () -> 60_000);
                owner.releaseRows();
                done.countDown();
              });
      table.awaitBlocked(owner, () -> false, 60_000);
    }
    long begin = CLOCK.monotonicNanos();
    try {
      owners[size - 1].acquireRecord(17, key(0), LockMode.X_RECORD, WaitPolicy.WAIT, () -> 60_000);
      throw new IllegalStateException("no deadlock");
    } catch (io.vaquita.error.DatabaseException e) {
      long end = CLOCK.monotonicNanos();
      owners[size - 1].releaseRows();
      done.await();
      return (end - begin) / 1e6;
    }
  }

  private static double bytes() {
    LockTable table = new LockTable(Environment.system());
    LockOwner owner = owner(table, 1);
    int count = 1_000_000;
    long before = used();
    for (int i = 0; i < count; i++) {
      owner.acquireRecord(17, key(i), LockMode.X_NEXT_KEY, WaitPolicy.WAIT, () -> 1000);
    }
    long after = used();
    long begin = CLOCK.monotonicNanos();
    owner.releaseTransaction();
    System.out.printf("1,000,000 released in %.0f ms%n", (CLOCK.monotonicNanos() - begin) / 1e6);
    return (double) (after - before) / count;
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
