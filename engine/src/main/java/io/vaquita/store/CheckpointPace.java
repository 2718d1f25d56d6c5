package io.vaquita.store;

import io.vaquita.environment.Clock;
import io.vaquita.environment.RandomAccess;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a checkpoint from taking the disk for itself: what it writes is synced in portions, and after each it rests for as long as the
 * portion took, so that commits have the disk at least half of the time. Nobody who waits is kept waiting: then there is no rest.
 * Thread-safe; the portions are the checkpoint's own.
 */
final class CheckpointPace {
  private static final long PORTION_BYTES_MAX = 8 << 20;
  private static final long REST_NANOS_MAX = 200_000_000;
  private static final long STEP_NANOS = 2_000_000;

  private final RandomAccess file;
  private final VersionChain chain;
  private final StoreOptions options;
  private final StoreFailure failure;
  private final Clock clock;
  private final long portionBytes;
  private final AtomicInteger waiting = new AtomicInteger();

  // Confined to the checkpoint.
  private long unsynced;
  private long portionBegan;

  CheckpointPace(
      RandomAccess file,
      VersionChain chain,
      StoreOptions options,
      StoreFailure failure,
      Clock clock) {
    this.file = file;
    this.chain = chain;
    this.options = options;
    this.failure = failure;
    this.clock = clock;
    this.portionBytes = Math.min(PORTION_BYTES_MAX, options.pageCacheBytes() / 8);
  }

  /** Somebody waits for a checkpoint to end, until {@link #endHurry}. */
  void hurry() {
    waiting.incrementAndGet();
  }

  void endHurry() {
    waiting.decrementAndGet();
  }

  void begin() {
    unsynced = 0;
    portionBegan = clock.monotonicNanos();
  }

  /** The checkpoint wrote so many bytes. */
  void wrote(long bytes) throws IOException {
    unsynced += bytes;
    if (unsynced < portionBytes || isUrgent()) {
      return;
    }
    try {
      file.sync(false);
    } catch (IOException e) {
      // Pages that count as written may be lost: as final as the sync at the end.
      failure.set(e);
      throw e;
    }
    rest(Math.min(REST_NANOS_MAX, clock.monotonicNanos() - portionBegan));
    unsynced = 0;
    portionBegan = clock.monotonicNanos();
  }

  /** Whether commits will soon have to wait, or somebody waits already. */
  private boolean isUrgent() {
    return waiting.get() > 0
        || chain.dirtyBytes() > options.dirtyBytesMax() / 4 * 3
        || chain.logBytesBehind() > options.checkpointLogBytes() / 2 * 3;
  }

  private void rest(long nanos) {
    long end = clock.monotonicNanos() + nanos;
    for (long left = nanos; left > 0 && !isUrgent(); left = end - clock.monotonicNanos()) {
      LockSupport.parkNanos(this, Math.min(left, STEP_NANOS));
    }
  }
}
