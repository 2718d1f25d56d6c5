package io.vaquita.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.lock.LockTarget.MetadataTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many owners take and release everything at random, with deadlocks, timeouts and kills among it, while a checker counts holders: an
 * exclusive one is alone, numbers of user-level locks rise, and in the end nothing is left. The seed is the parameter; threads make
 * the history different each time all the same.
 */
final class LockHistoryTest {
  private static final int OWNERS = 12;
  private static final int TARGETS = 6;
  private static final int ROUNDS = 400;
  private static final long EXCLUSIVE = 1L << 32;

  private final LockTable table = new LockTable(Environment.system());

  /** By kind and target: shared holders in the lower half, exclusive ones in the upper. */
  private final AtomicLongArray holders = new AtomicLongArray(4 * TARGETS);

  private final AtomicLongArray tokens = new AtomicLongArray(TARGETS);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void neverTwoHolders(long seed) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(OWNERS);
    List<LockOwner> owners = new ArrayList<>();
    for (int i = 0; i < OWNERS; i++) {
      LockOwner owner = table.newOwner(i + 1, OwnerInfo.internal("o" + i));
      owners.add(owner);
    }
    for (int i = 0; i < OWNERS; i++) {
      Client client = new Client(owners.get(i), new Random(seed * 1000 + i), owners);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  client.run();
                } catch (Throwable e) {
                  failure.compareAndSet(null, e);
                } finally {
                  done.countDown();
                }
              });
    }
    done.await();
    assertNull(failure.get(), () -> "seed " + seed + ": " + failure.get());
    assertTrue(table.locks().isEmpty(), () -> "left over: " + table.locks());
    assertTrue(table.waits().isEmpty());
    assertTrue(table.deadlockCount() > 0, "the history should have deadlocks");
    for (int i = 0; i < holders.length(); i++) {
      assertEquals(0, holders.get(i));
    }
    assertEquals(0, table.treeLocks(17).gapLocks.get());
    assertNull(table.treeLocks(17).firstInsert(owners.get(0), null, null));
  }

  private final class Client {
    final LockOwner owner;
    final Random random;
    final List<LockOwner> others;

    /** What the checker was told of: target index to shared (1) or exclusive. */
    final Map<Integer, Long> counted = new HashMap<>();

    final Map<Integer, Integer> userLocks = new HashMap<>();

    Client(LockOwner owner, Random random, List<LockOwner> others) {
      this.owner = owner;
      this.random = random;
      this.others = others;
    }

    void run() {
      for (int round = 0; round < ROUNDS; round++) {
        owner.beginStatement();
        owner.rowsWritten(random.nextInt(3));
        try {
          int steps = 1 + random.nextInt(5);
          for (int i = 0; i < steps; i++) {
            step();
            // whoever holds something lets others run, so that histories interleave also on one
            // free core
            Thread.yield();
          }
        } catch (DatabaseException e) {
          assertTrue(List.of(1205, 1213, 3058, 1317).contains(e.number()), e::message);
        }
        forgetTransaction();
        if (random.nextInt(4) == 0) {
          releaseUserLocks();
        }
      }
      releaseUserLocks();
      owner.releaseAll();
    }

    private void step() {
      int target = random.nextInt(TARGETS);
      boolean exclusive = random.nextInt(3) == 0;
      long timeoutMillis = random.nextInt(20) == 0 ? 1 : 20_000;
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> record(target, exclusive, timeoutMillis);
        case 3 ->
            owner
                .records()
                .acquire(
                    17,
                    key(target),
                    random.nextBoolean() ? LockMode.X_GAP : LockMode.S_GAP,
                    WaitPolicy.WAIT,
                    () -> timeoutMillis);
        case 4 -> {
          owner.records().acquireInsert(17, key(target), k -> key(target + 1), () -> timeoutMillis);
          count(target, true);
        }
        case 5 -> metadata(target, exclusive, timeoutMillis);
        case 6 -> tables(target, exclusive, timeoutMillis);
        case 7, 8 -> userLock(target, timeoutMillis);
        case 9 -> releaseUserLock();
        case 10 -> others.get(random.nextInt(OWNERS)).interrupt(Interruption.KILL_QUERY);
        default ->
            owner
                .records()
                .inheritGaps(17, key(target), random.nextBoolean() ? null : key(target + 1));
      }
    }

    private void record(int target, boolean exclusive, long timeoutMillis) {
      LockMode[] modes =
          exclusive
              ? new LockMode[] {LockMode.X_RECORD, LockMode.X_NEXT_KEY}
              : new LockMode[] {LockMode.S_RECORD, LockMode.S_NEXT_KEY};
      boolean got =
          owner
              .records()
              .acquire(
                  17,
                  key(target),
                  modes[random.nextInt(2)],
                  random.nextInt(8) == 0 ? WaitPolicy.TRY : WaitPolicy.WAIT,
                  () -> timeoutMillis);
      if (got) {
        count(target, exclusive);
      }
    }

    private void metadata(int target, boolean exclusive, long timeoutMillis) {
      MetadataTarget name = MetadataTarget.table("s", "t" + target);
      if (exclusive && random.nextBoolean()) {
        owner.acquireMetadata(
            name, LockMode.SHARED_UPGRADABLE, LockDuration.TRANSACTION, () -> timeoutMillis);
        if (!owner.holdsMetadata(name, LockMode.EXCLUSIVE)) {
          owner.upgradeMetadata(
              name, LockMode.SHARED_UPGRADABLE, LockMode.EXCLUSIVE, () -> timeoutMillis);
        }
      } else {
        owner.acquireMetadata(
            name,
            exclusive ? LockMode.EXCLUSIVE : LockMode.SHARED_READ,
            LockDuration.TRANSACTION,
            () -> timeoutMillis);
      }
      count(TARGETS + target, exclusive);
    }

    private void tables(int target, boolean exclusive, long timeoutMillis) {
      owner.acquireTable(
          target, exclusive ? LockMode.TABLE_X : LockMode.TABLE_IX, () -> timeoutMillis);
      count(2 * TARGETS + target, exclusive);
    }

    private void userLock(int target, long timeoutMillis) {
      if (!owner.userLocks().acquire("Name" + target, random.nextInt(3) == 0 ? 0 : timeoutMillis)) {
        return;
      }
      if (userLocks.merge(target, 1, Integer::sum) == 1) {
        assertEquals(0, holders.getAndAdd(3 * TARGETS + target, EXCLUSIVE));
        Long token = owner.userLocks().token("name" + target);
        assertTrue(token != null && tokens.getAndSet(target, token) < token);
      }
    }

    private void releaseUserLock() {
      Integer target = userLocks.keySet().stream().findFirst().orElse(null);
      if (target == null) {
        return;
      }
      int left = userLocks.merge(target, -1, Integer::sum);
      if (left == 0) {
        userLocks.remove(target);
        holders.addAndGet(3 * TARGETS + target, -EXCLUSIVE);
      }
      assertEquals(1L, owner.userLocks().release("NAME" + target));
    }

    private void releaseUserLocks() {
      long count = userLocks.values().stream().mapToLong(Integer::longValue).sum();
      userLocks.keySet().forEach(t -> holders.addAndGet(3 * TARGETS + t, -EXCLUSIVE));
      userLocks.clear();
      assertEquals(count, owner.userLocks().releaseAll());
    }

    /** A lock was granted: nobody else may hold one that it excludes. */
    private void count(int index, boolean exclusive) {
      long before = counted.getOrDefault(index, 0L);
      long now = exclusive ? before | EXCLUSIVE : before | 1;
      counted.put(index, now);
      long all = holders.addAndGet(index, now - before);
      if ((now & EXCLUSIVE) != 0) {
        assertEquals(now, all, "an exclusive holder is alone");
      } else {
        assertEquals(0, all / EXCLUSIVE, "no exclusive holder beside a shared one");
      }
    }

    private void forgetTransaction() {
      counted.forEach((index, held) -> holders.addAndGet(index, -held));
      counted.clear();
      owner.releaseTransaction();
    }
  }

  private static byte[] key(int target) {
    return new byte[] {(byte) target};
  }
}
