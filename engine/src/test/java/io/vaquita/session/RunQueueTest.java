package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns of long statements, on a clock that stands still until a test moves it. */
@Timeout(60)
final class RunQueueTest {
  private static final BooleanSupplier NOT_KILLED = () -> false;

  private final AtomicLong now = new AtomicLong(1);

  /** What happens when somebody looks at the clock, before it is read. */
  private final AtomicReference<Runnable> onReading = new AtomicReference<>(() -> {});

  private final RunQueue queue =
      new RunQueue(
          new Clock() {
            @Override
            public long wallMicros() {
              return now.get() / 1000;
            }

            @Override
            public long monotonicNanos() {
              onReading.get().run();
              return now.get();
            }
          },
          1);

  /** A statement on a virtual thread of its own that checks once when it is told to. */
  private static final class Statement {
    private final RunQueue.Turn turn;
    private final AtomicBoolean isKilled = new AtomicBoolean();
    private volatile boolean returned;

    Statement(RunQueue queue) {
      this.turn = queue.newTurn();
      turn.begin();
      turn.check(NOT_KILLED);
    }

    Thread check() {
      returned = false;
      return Thread.startVirtualThread(
          () -> {
            turn.check(isKilled::get);
            returned = true;
          });
    }
  }

  private Statement pastItsSlice() {
    Statement statement = new Statement(queue);
    now.addAndGet(RunQueue.SLICE_NANOS + 1);
    return statement;
  }

  private void awaitWaiting(int count) {
    while (queue.waitingCount() != count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aShortStatementNeverQueues() throws InterruptedException {
    Statement holder = pastItsSlice();
    holder.check().join();
    Statement brief = new Statement(queue);
    brief.check().join();
    assertTrue(brief.returned);
  }

  @Test
  void theNextGetsThePlaceWhenTheHoldersSliceIsOver() throws InterruptedException {
    Statement first = pastItsSlice();
    Statement second = pastItsSlice();
    first.check().join();
    Thread secondThread = second.check();
    awaitWaiting(1);
    assertFalse(second.returned);
    now.addAndGet(RunQueue.SLICE_NANOS + 1);
    Thread firstThread = first.check();
    secondThread.join();
    assertTrue(second.returned);
    awaitWaiting(1);
    assertFalse(first.returned);
    second.turn.end();
    firstThread.join();
    assertTrue(first.returned);
  }

  @Test
  void aHolderThatDoesNotRunLosesItsPlace() throws InterruptedException {
    Statement blocked = pastItsSlice();
    Statement waiter = pastItsSlice();
    blocked.check().join();
    Thread thread = waiter.check();
    awaitWaiting(1);
    now.addAndGet(RunQueue.LEASE_NANOS);
    thread.join();
    assertTrue(waiter.returned);
  }

  @Test
  void aHolderThatWaitsForItsClientGivesItsPlaceAwayAndQueuesUpAgain() throws InterruptedException {
    Statement writer = pastItsSlice();
    Statement waiter = pastItsSlice();
    writer.check().join();
    Thread thread = waiter.check();
    awaitWaiting(1);
    writer.turn.pause();
    thread.join();
    assertTrue(waiter.returned);
    Thread again = writer.check();
    awaitWaiting(1);
    assertFalse(writer.returned);
    waiter.turn.end();
    again.join();
    assertTrue(writer.returned);
  }

  @Test
  void aKilledWaiterGoesOnAndLeavesNothingBehind() throws InterruptedException {
    Statement holder = pastItsSlice();
    Statement killed = pastItsSlice();
    holder.check().join();
    Thread thread = killed.check();
    awaitWaiting(1);
    killed.isKilled.set(true);
    thread.join();
    killed.turn.end();
    awaitWaiting(0);
  }

  @Test
  void aPlatformThreadPasses() throws InterruptedException {
    Statement holder = pastItsSlice();
    holder.check().join();
    Statement own = pastItsSlice();
    own.turn.check(NOT_KILLED);
    awaitWaiting(0);
  }

  /** On a machine so busy that a lease has run out, and the place has gone to another, before its holder wakes. */
  @Test
  void aTurnIsNotLostWhenItsHolderWakesTooLate() throws InterruptedException {
    Statement holder = pastItsSlice();
    Statement late = pastItsSlice();
    Statement third = pastItsSlice();
    holder.check().join();
    AtomicReference<@Nullable Thread> lateThread = new AtomicReference<>();
    onReading.set(
        () -> {
          if (Thread.currentThread() == lateThread.get()) {
            onReading.set(() -> {});
            holder.turn.end();
            now.addAndGet(RunQueue.LEASE_NANOS);
          }
        });
    Thread thread = late.check();
    awaitWaiting(1);
    Thread thirdThread = third.check();
    awaitWaiting(2);
    lateThread.set(thread);
    thread.join();
    assertTrue(late.returned);
    thirdThread.join();
    assertTrue(third.returned);
  }

  @Test
  void manyStatementsOnOnePlaceAllEnd() throws InterruptedException {
    int count = 50;
    CountDownLatch ended = new CountDownLatch(count);
    Thread ticking =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (ended.getCount() > 0) {
                    now.addAndGet(RunQueue.SLICE_NANOS / 10);
                    Thread.onSpinWait();
                  }
                });
    for (int i = 0; i < count; i++) {
      RunQueue.Turn turn = queue.newTurn();
      Thread.startVirtualThread(
          () -> {
            turn.begin();
            for (int step = 0; step < 200; step++) {
              turn.check(NOT_KILLED);
            }
            turn.end();
            ended.countDown();
          });
    }
    ended.await();
    ticking.join();
    assertEquals(0, queue.waitingCount());
  }
}
