package io.vaquita.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.lock.Interruption;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTable;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.store.Cursor;
import io.vaquita.store.Store;
import io.vaquita.store.Stores;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random concurrent transactions with checks that hold whatever the interleaving. The seed is the parameter. */
final class TransactionHistoryTest {
  private static final int TREE = 16;
  private static final int CLIENTS = 8;
  private static final int KEYS = 40;

  private final Store store = Stores.inMemory();
  private final LockTable locks = new LockTable(Environment.system());
  private final TransactionSystem system = new TransactionSystem(store, locks);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private final List<LockOwner> owners = new CopyOnWriteArrayList<>();

  private interface Work {
    void run(Transaction transaction, Random random);
  }

  /** Runs transactions of all clients to their ends; failed ones are rolled back. */
  private long run(long seed, int rounds, Work work) throws InterruptedException {
    AtomicLong committed = new AtomicLong();
    CountDownLatch done = new CountDownLatch(CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(seed * 100 + i);
      TransactionOptions options =
          TransactionOptions.of(locks.newOwner(i + 1, OwnerInfo.internal("c" + i)));
      owners.add(options.owner());
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  for (int round = 0; round < rounds; round++) {
                    committed.addAndGet(attempt(system.begin(options), random, work) ? 1 : 0);
                  }
                } catch (Throwable e) {
                  failure.compareAndSet(null, e);
                  owners.forEach(o -> o.interrupt(Interruption.KILL_CONNECTION));
                } finally {
                  done.countDown();
                }
              });
    }
    done.await();
    assertNull(failure.get(), () -> "seed " + seed + ": " + failure.get());
    assertTrue(locks.locks().isEmpty(), () -> "left over: " + locks.locks());
    return committed.get();
  }

  private static boolean attempt(Transaction transaction, Random random, Work work) {
    try {
      work.run(transaction, random);
      if (random.nextInt(6) == 0) {
        transaction.rollback();
        return false;
      }
      transaction.commit();
      return true;
    } catch (DatabaseException e) {
      assertEquals(1213, e.number(), e::message);
      transaction.rollback();
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void transfersLoseNothing(long seed) throws InterruptedException {
    Transaction fill =
        system.begin(TransactionOptions.of(locks.newOwner(0, OwnerInfo.internal(""))));
    for (int i = 0; i < 8; i++) {
      fill.put(TREE, key(i), number(100));
    }
    fill.put(TREE, key(1000), number(0));
    fill.commit();
    long committed =
        run(
            seed,
            300,
            (transaction, random) -> {
              int from = random.nextInt(8);
              int to = random.nextInt(8);
              long amount = random.nextInt(5);
              add(transaction, from, -amount);
              add(transaction, to, amount);
              add(transaction, 1000, 1);
            });
    long sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += value(store.snapshot().get(TREE, key(i)));
    }
    assertEquals(800, sum);
    assertEquals(committed, value(store.snapshot().get(TREE, key(1000))));
  }

  private static void add(Transaction transaction, int account, long amount) {
    transaction.lockRecord(TREE, key(account), RecordLockMode.X_RECORD, LockWait.WAIT);
    long before = value(transaction.currentView().get(TREE, key(account)));
    transaction.put(TREE, key(account), number(before + amount));
  }

  /** A range that was read with locks stays as it was until the end of the transaction: nobody inserts into it or deletes from it. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void lockedRangesHaveNoPhantoms(long seed) throws InterruptedException {
    run(
        seed,
        400,
        (transaction, random) -> {
          boolean changesBefore = random.nextInt(4) == 0;
          if (changesBefore) {
            change(transaction, random.nextInt(KEYS), random.nextBoolean());
          }
          if (random.nextInt(3) == 0) {
            int from = random.nextInt(KEYS);
            int to = from + random.nextInt(8);
            List<Integer> first = scanLocked(transaction, from, to, random.nextBoolean());
            for (int i = random.nextInt(4); i >= 0; i--) {
              Thread.yield();
              assertEquals(first, scan(transaction, from, to));
            }
          } else {
            for (int i = random.nextInt(4); i >= 0; i--) {
              change(transaction, random.nextInt(KEYS), random.nextBoolean());
            }
          }
        });
  }

  private static void change(Transaction transaction, int number, boolean inserts) {
    byte[] key = key(number);
    if (inserts) {
      transaction.lockInsert(TREE, key, null);
      if (transaction.currentView().get(TREE, key) == null) {
        transaction.put(TREE, key, number(1));
      }
    } else {
      transaction.lockRecord(TREE, key, RecordLockMode.X_RECORD, LockWait.WAIT);
      if (transaction.currentView().get(TREE, key) != null) {
        transaction.delete(TREE, key);
      }
    }
  }

  private static List<Integer> scan(Transaction transaction, int from, int to) {
    List<Integer> found = new ArrayList<>();
    Cursor cursor = transaction.currentView().cursor(TREE);
    boolean there = cursor.seek(key(from));
    while (there && number(cursor) <= to) {
      found.add(number(cursor));
      there = cursor.next();
    }
    return found;
  }

  /** Lock, then look again: the way of every locking scan. */
  private static List<Integer> scanLocked(
      Transaction transaction, int from, int to, boolean exclusive) {
    RecordLockMode nextKey = exclusive ? RecordLockMode.X_NEXT_KEY : RecordLockMode.S_NEXT_KEY;
    RecordLockMode gap = exclusive ? RecordLockMode.X_GAP : RecordLockMode.S_GAP;
    List<Integer> found = new ArrayList<>();
    int last = from - 1;
    while (true) {
      long position = transaction.committedPosition();
      Cursor cursor = transaction.currentView().cursor(TREE);
      boolean there = cursor.seek(key(last + 1));
      boolean inside = there && number(cursor) <= to;
      byte[] key = there ? key(number(cursor)) : null;
      if (inside) {
        transaction.lockRecord(TREE, key, nextKey, LockWait.WAIT);
      } else {
        transaction.lockRangeEnd(TREE, key(to + 1), key, gap);
      }
      byte[] before = inside && key != null ? key : key(to + 1);
      boolean met = false;
      byte[] insert = transaction.uncommittedInsert(TREE, key(last), before);
      while (insert != null) {
        transaction.lockRecord(TREE, insert, nextKey, LockWait.WAIT);
        met = true;
        insert = transaction.uncommittedInsert(TREE, insert, before);
      }
      if (met || position != transaction.committedPosition()) {
        continue;
      }
      if (!inside) {
        return found;
      }
      last = number(cursor);
      found.add(last);
    }
  }

  private static int number(Cursor cursor) {
    return ByteBuffer.wrap(cursor.keyArray()).getInt(cursor.keyOffset()) - 1;
  }

  /** Of numbers from -1. */
  private static byte[] key(int number) {
    return ByteBuffer.allocate(4).putInt(number + 1).array();
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  private static long value(byte @Nullable [] bytes) {
    return ByteBuffer.wrap(Arrays.copyOf(bytes == null ? new byte[8] : bytes, 8)).getLong();
  }
}
