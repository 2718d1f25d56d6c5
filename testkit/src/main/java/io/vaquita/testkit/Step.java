package io.vaquita.testkit;

import io.vaquita.LockWait;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A step of an {@link Actor} that has begun: it runs, is blocked by a lock, or has ended. Thread-safe. What it threw comes out of {@link
 * #get}; what did not happen within 30 seconds is an {@link AssertionError} that shows who waits for whom.
 *
 * <pre>{@code
 * Step<?> buying = bob.start(connection -> shop.buy(connection, 1));
 * buying.awaitBlocked();
 * alice.run("COMMIT");
 * buying.get();
 * }</pre>
 */
public final class Step<T extends @Nullable Object> {
  private final Interleaving play;
  private final Actor actor;
  private final String what;
  private final Future<T> future;

  Step(Interleaving play, Actor actor, String what, Future<T> future) {
    this.play = play;
    this.actor = actor;
    this.what = what;
    this.future = future;
  }

  /** Whether it waits for a lock now. */
  public boolean isBlocked() {
    return !future.isDone() && actor.lockWait() != null;
  }

  /** Whether it waits for a lock now, and the other's session stands in its way. */
  public boolean isBlockedBy(Actor other) {
    LockWait wait = future.isDone() ? null : actor.lockWait();
    return wait != null && wait.blockedBy().contains(other.connectionId());
  }

  /** Whether it has ended, well or not. */
  public boolean isDone() {
    return future.isDone();
  }

  /**
   * Returns as soon as the step waits for a lock.
   *
   * @throws AssertionError when it ended instead, or did neither within 30 seconds, or this thread is interrupted before; the message shows
   *     who waits for whom
   */
  public Step<T> awaitBlocked() {
    LockWait wait =
        play.database()
            .database()
            .awaitBlocked(actor.connectionId(), future::isDone, Interleaving.PATIENCE);
    if (wait == null) {
      String how =
          future.isDone()
              ? "has ended"
              : Thread.currentThread().isInterrupted()
                  ? "does not wait yet, and this thread was interrupted"
                  : "neither ended nor waits for a lock";
      throw new AssertionError(
          actor.name() + ": " + what + " should be blocked, but it " + how + outcome() + tree());
    }
    return this;
  }

  private String outcome() {
    return switch (future.state()) {
      case RUNNING -> "";
      case SUCCESS -> " with " + future.resultNow();
      case FAILED -> " with " + future.exceptionNow();
      case CANCELLED -> ", cancelled";
    };
  }

  private String tree() {
    String tree = play.lockTree();
    return tree.isEmpty() ? "; nobody waits for a lock" : "; who waits for whom:\n" + tree;
  }

  /**
   * What the step gave. A thread that is interrupted here gets an {@link InterruptedException}; the step goes on.
   *
   * @throws Exception what it threw
   * @throws AssertionError when it does not end within 30 seconds; the message shows who waits for whom
   */
  public T get() throws Exception {
    try {
      return future.get(Interleaving.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception known) {
        throw known;
      }
      throw e;
    } catch (TimeoutException e) {
      throw new AssertionError(actor.name() + ": " + what + " does not end" + tree(), e);
    }
  }

  /** The error that the step ended with; an {@link AssertionError} when it ended well or not at all. */
  public Exception failure() throws InterruptedException {
    T result;
    try {
      result = get();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return e;
    }
    throw new AssertionError(actor.name() + ": " + what + " should fail, but gave " + result);
  }
}
