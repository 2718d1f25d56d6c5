package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Commits that each put the same number under all keys, and readers beside them: whoever sees two numbers has seen a change being made. Stateless. */
final class WholeCommits {
  private static final int TREE = 16;
  private static final int TREES = 4;

  private WholeCommits() {}

  /** Commits so many times into an empty store while one reader takes snapshots and two borrow them. */
  static void run(Store store, int commits) throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicBoolean ends = new AtomicBoolean();
    store.commit(same(0), CommitDurability.SYNCED);
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      boolean borrows = i > 0;
      readers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (!ends.get()) {
                        look(store, borrows);
                      }
                    } catch (Throwable e) {
                      failure.compareAndSet(null, e);
                    }
                  }));
    }
    for (int n = 1; n < commits && failure.get() == null; n++) {
      store.commit(same(n), CommitDurability.values()[n % 3]);
    }
    ends.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertNull(failure.get(), () -> "a reader failed: " + failure.get());
    TreeInvariants.check(store.snapshot());
  }

  private static WriteBatch same(int n) {
    WriteBatch batch = new WriteBatch();
    for (int tree = TREE; tree < TREE + TREES; tree++) {
      batch.put(tree, number(0), number(n));
    }
    batch.put(TREE + TREES, number(n), number(n));
    return batch;
  }

  private static void look(Store store, boolean borrows) {
    Snapshot seen = borrows ? store.borrow() : store.snapshot();
    byte[] first = seen.get(TREE, number(0));
    assertNotNull(first);
    int n = ByteBuffer.wrap(first).getInt();
    for (int tree = TREE + 1; tree < TREE + TREES; tree++) {
      assertArrayEquals(first, seen.get(tree, number(0)));
    }
    assertEquals(n + 1, seen.position());
    assertEquals(n + 1, seen.estimateCount(TREE + TREES, null, null));
    assertNotNull(seen.get(TREE + TREES, number(n)));
    assertNull(seen.get(TREE + TREES, number(n + 1)));
    if (borrows) {
      store.giveBack(seen);
    }
  }

  private static byte[] number(int n) {
    return ByteBuffer.allocate(4).putInt(n).array();
  }
}
