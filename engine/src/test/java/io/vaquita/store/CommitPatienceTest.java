package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits that wait behind one that takes long: they can be withdrawn, and those that were have left nothing. */
class CommitPatienceTest {
  private static final int TREE = 16;
  private static final long FOREVER = Long.MAX_VALUE;

  @TempDir Path directory;

  private Store store = Stores.inMemory();
  private final CountDownLatch isWriting = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicBoolean isKilled = new AtomicBoolean();
  private final CommitPatience patience = new CommitPatience(this::throwIfKilled, () -> FOREVER);

  @BeforeEach
  void open() {
    StoreOptions options = StoreOptions.defaults().withCommitBytesMax(2000);
    store = Stores.open(directory, options, Environment.system());
  }

  @AfterEach
  void close() {
    goOn.countDown();
    store.close();
  }

  private void throwIfKilled() {
    if (isKilled.get()) {
      throw MySqlError.ER_QUERY_INTERRUPTED.exception();
    }
  }

  private static WriteBatch batch(int key) {
    WriteBatch batch = new WriteBatch();
    batch.put(TREE, new byte[] {(byte) key}, new byte[1000]);
    return batch;
  }

  /** A commit of five pieces that stops in its middle until it is told to go on. */
  private ChangeStream slow() {
    return new ChangeStream() {
      private int key;

      @Override
      public @Nullable WriteBatch next() {
        if (key == 3) {
          isWriting.countDown();
          await(goOn);
        }
        return key < 5 ? batch(key++) : null;
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A thread that commits, and what came of it. */
  private static final class Committer {
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;

    Committer(Runnable commit) {
      thread =
          Thread.startVirtualThread(
              () -> {
                try {
                  commit.run();
                } catch (RuntimeException e) {
                  failure.set(e);
                }
              });
    }

    /** Until it is parked: it waits for its turn. */
    void awaitParked() {
      while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
        Thread.onSpinWait();
      }
    }

    @Nullable RuntimeException outcome() throws InterruptedException {
      thread.join();
      return failure.get();
    }
  }

  private static int error(@Nullable RuntimeException e) {
    return assertInstanceOf(DatabaseException.class, e).number();
  }

  @Test
  void aWaitingCommitEndsWithKill() throws Exception {
    Committer large = new Committer(() -> store.commit(slow()));
    await(isWriting);
    Committer small =
        new Committer(() -> store.commit(batch(100), CommitDurability.SYNCED, patience));
    small.awaitParked();
    isKilled.set(true);
    patience.wake();
    assertEquals(1317, error(small.outcome()));
    goOn.countDown();
    assertNull(large.outcome());
    assertEquals(5, store.snapshot().entryCount(TREE));
    assertEquals(5, store.position());
  }

  @Test
  void aWaitingCommitEndsWithItsTime() throws Exception {
    Committer large = new Committer(() -> store.commit(slow()));
    await(isWriting);
    assertEquals(
        1205,
        assertThrows(
                DatabaseException.class,
                () -> store.commit(batch(100), CommitDurability.SYNCED, within(1)))
            .number());
    goOn.countDown();
    assertNull(large.outcome());
    store.commit(batch(101), CommitDurability.SYNCED, within(60_000));
    assertEquals(6, store.snapshot().entryCount(TREE));
  }

  private static CommitPatience within(long millis) {
    return new CommitPatience(() -> {}, () -> millis);
  }

  @Test
  void aLargeCommitEndsWithKillAndLeavesNothing() throws Exception {
    Committer large = new Committer(() -> store.commit(slow(), patience));
    await(isWriting);
    Committer small = new Committer(() -> store.commit(batch(100), CommitDurability.SYNCED));
    small.awaitParked();
    isKilled.set(true);
    patience.wake();
    goOn.countDown();
    assertEquals(1317, error(large.outcome()));
    assertNull(small.outcome());
    assertEquals(1, store.snapshot().entryCount(TREE));
    store.close();
    store = Stores.open(directory, StoreOptions.defaults(), Environment.system());
    assertEquals(1, store.snapshot().entryCount(TREE));
  }
}
