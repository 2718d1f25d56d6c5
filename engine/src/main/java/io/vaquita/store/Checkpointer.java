package io.vaquita.store;

import io.vaquita.environment.Environment;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The thread that runs checkpoints and prepares log segments when asked; asleep otherwise. Thread-safe.
 *
 * <p>A checkpoint that fails for want of space is tried again after a pause, so the store recovers when space is back.
 */
final class Checkpointer {
  private static final long RETRY_MILLIS = 500;

  private final Checkpoint checkpoint;
  private final LogDirectory log;
  private final StoreFailure failure;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock; the first is also read without.
  private volatile boolean isCheckpointWanted;
  private boolean isRunning;
  private boolean isSpareWanted;
  private boolean isStopping;
  private long attempts;
  private long runs;
  private @Nullable Throwable lastFailure;

  private @Nullable Thread thread;

  Checkpointer(Checkpoint checkpoint, LogDirectory log, StoreFailure failure) {
    this.checkpoint = checkpoint;
    this.log = log;
    this.failure = failure;
  }

  void start(Environment environment) {
    thread = environment.threads().startPlatform("vaquita-checkpoint", this::loop);
  }

  void request() {
    if (isCheckpointWanted) {
      return;
    }
    lock.lock();
    try {
      isCheckpointWanted = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void requestSpare() {
    lock.lock();
    try {
      if (!isSpareWanted) {
        isSpareWanted = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a checkpoint that begins after this call has ended; throws when it failed. */
  void runAndWait() {
    checkpoint.pace().hurry();
    lock.lock();
    try {
      // One may be running already: it does not count.
      long target = runs + (isRunning ? 2 : 1);
      while (runs < target && !isStopping) {
        isCheckpointWanted = true;
        changed.signalAll();
        changed.awaitUninterruptibly();
        failure.check();
        if (lastFailure != null) {
          throw StoreErrors.writeFailed(PageFile.NAME, lastFailure);
        }
      }
    } finally {
      lock.unlock();
      checkpoint.pace().endHurry();
    }
  }

  private void loop() {
    while (true) {
      boolean isCheckpoint;
      boolean isSpare;
      lock.lock();
      try {
        while (!isCheckpointWanted && !isSpareWanted && !isStopping) {
          changed.awaitUninterruptibly();
        }
        if (isStopping) {
          return;
        }
        isCheckpoint = isCheckpointWanted;
        isSpare = isSpareWanted;
        isCheckpointWanted = false;
        isSpareWanted = false;
        isRunning = isCheckpoint;
      } finally {
        lock.unlock();
      }
      if (isSpare) {
        prepareSpare();
      }
      if (isCheckpoint) {
        ended(run());
      }
    }
  }

  private void prepareSpare() {
    try {
      log.prepareSpare();
    } catch (IOException | RuntimeException e) {
      // No space for a segment ahead of need: the commit that needs it tries again and says so.
      return;
    }
  }

  private @Nullable Throwable run() {
    try {
      checkpoint.run();
      return null;
    } catch (IOException | RuntimeException e) {
      return e;
    } catch (Error e) {
      failure.set(e);
      return e;
    }
  }

  private void ended(@Nullable Throwable outcome) {
    lock.lock();
    try {
      isRunning = false;
      lastFailure = outcome;
      attempts++;
      if (outcome == null) {
        runs++;
      }
      changed.signalAll();
      if (outcome != null && !failure.isSet() && !isStopping) {
        isCheckpointWanted = true;
        pause();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Caller holds the lock. */
  private void pause() {
    long left = TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
    try {
      while (left > 0 && !isStopping) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      isStopping = true;
    }
  }

  /** The failure of the last checkpoint, or null when it went well. */
  @Nullable Throwable lastFailure() {
    lock.lock();
    try {
      return lastFailure;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a checkpoint has ended, or failed. */
  void awaitProgress() throws InterruptedException {
    checkpoint.pace().hurry();
    lock.lock();
    try {
      isCheckpointWanted = true;
      changed.signalAll();
      long before = attempts;
      long left = TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
      while (attempts == before && left > 0 && !isStopping) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
      checkpoint.pace().endHurry();
    }
  }

  void stop() {
    checkpoint.pace().hurry();
    lock.lock();
    try {
      isStopping = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Thread t = thread;
    if (t != null) {
      StoreThreads.join(t);
    }
  }
}
