package io.vaquita.transaction;

import io.vaquita.lock.LockTable;
import io.vaquita.store.CommitDurability;
import io.vaquita.store.Store;
import io.vaquita.store.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the numbers of user-level locks rising across restarts. Thread-safe.
 *
 * <p>All names share the lock table's one sequence. Before a number is shown to anybody, a bound not below it is durable; after a
 * restart the sequence goes on above the bound. A bound lasts for a million acquisitions, so locks whose number nobody asks for cost
 * no write at all.
 */
final class FencingNumbers {
  private static final byte[] KEY = "lock.token".getBytes(StandardCharsets.UTF_8);
  private static final long STEP = 1_000_000;

  private final Store store;
  private volatile long bound;

  FencingNumbers(Store store, LockTable locks) {
    this.store = store;
    byte[] saved = store.snapshot().get(SystemTrees.COUNTERS, KEY);
    if (saved != null) {
      bound = ByteBuffer.wrap(saved).getLong();
      locks.raiseTokens(bound);
    }
  }

  void makeDurable(long number) {
    if (number > bound) {
      raise(number);
    }
  }

  private synchronized void raise(long number) {
    if (number <= bound) {
      return;
    }
    long next = number + STEP;
    WriteBatch batch = new WriteBatch();
    batch.put(SystemTrees.COUNTERS, KEY, ByteBuffer.allocate(Long.BYTES).putLong(next).array());
    store.commit(batch, CommitDurability.SYNCED);
    bound = next;
  }
}
