package io.vaquita.lock;

import org.jspecify.annotations.Nullable;

/**
 * One granted lock: an owner's modes on a target. Of records and tables an owner has one that collects its modes, of metadata one
 * for each mode and duration, as MySQL's tickets. 40 bytes, since a scan may take millions.
 *
 * <p>The queue's links and the modes are guarded by the queue's {@link Shard}; {@code nextOwned} is the owner's own. The owner changes
 * only when a prepared XA transaction leaves its session.
 */
final class Lock {
  /** In {@code modes}: only marks the owner's own insert. The first wait for it takes the mark off. */
  static final int IMPLICIT = 1 << 30;

  /** The answer to an insert intention that is granted at once: nothing needs to be kept, as in InnoDB. */
  static final Object NOT_KEPT = new Object();

  final Queue queue;
  LockOwner owner;
  @Nullable Lock nextInQueue;
  @Nullable Lock previousInQueue;
  @Nullable Lock nextOwned;

  /** {@link LockMode} bits and {@link #IMPLICIT}. */
  int modes;

  /** Tenths of a second since the lock table began. */
  final int sinceTenths;

  final LockDuration duration;

  Lock(Queue queue, LockOwner owner, int modes, LockDuration duration, int sinceTenths) {
    this.queue = queue;
    this.owner = owner;
    this.modes = modes;
    this.duration = duration;
    this.sinceTenths = sinceTenths;
  }
}
