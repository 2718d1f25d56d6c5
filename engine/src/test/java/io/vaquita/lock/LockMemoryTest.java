package io.vaquita.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A million locks of one owner, as a scan takes them and as inserts do: how many bytes each takes, its key of eight bytes included, and
 * that all are gone afterwards. Prints the figures.
 */
@Tag("slow")
final class LockMemoryTest {
  private static final int TREE = 17;
  private static final int LOCKS = 1_000_000;

  /** What a transaction's budget counts a lock as (transaction's RecordLockBudget). */
  private static final int BUDGETED_BYTES = 136;

  private final LockTable table = new LockTable(Environment.system());
  private final LockOwner owner = table.newOwner(1, OwnerInfo.internal("scan"));

  private static byte[] key(int number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static long usedBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    // The first makes what is left for the second known.
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private void measure(String what, Runnable step) {
    long before = usedBytes();
    step.run();
    long bytesEach = (usedBytes() - before) / LOCKS;
    System.out.println(what + ": " + bytesEach + " bytes a lock");
    assertEquals(LOCKS, table.lockCount());
    assertTrue(bytesEach < BUDGETED_BYTES, () -> what + ": " + bytesEach);
    owner.releaseRows();
    assertEquals(0, table.lockCount());
  }

  @Test
  void aScan() {
    measure(
        "scanned",
        () -> {
          for (int i = 0; i < LOCKS; i++) {
            owner.records().acquire(TREE, key(i), LockMode.X_NEXT_KEY, WaitPolicy.WAIT, () -> 0);
          }
        });
    assertEquals(0, owner.records().count());
  }

  /** With the list of pending keys, which a scan of others would ask. */
  @Test
  void inserts() {
    AtomicInteger looks = new AtomicInteger();
    measure(
        "inserted",
        () -> {
          for (int i = 0; i < LOCKS; i++) {
            owner
                .records()
                .acquireInsert(
                    TREE,
                    key(i),
                    key -> {
                      looks.incrementAndGet();
                      return null;
                    },
                    () -> 0);
          }
        });
    assertEquals(0, looks.get(), "nobody guards a gap, so no successor is looked for");
  }
}
