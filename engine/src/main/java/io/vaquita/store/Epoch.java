package io.vaquita.store;

/**
 * The time between two checkpoints. Every version refers to the epoch it was published in. Pages that a checkpoint no longer needs may
 * be overwritten when the garbage collector has shown that no version of the epochs before it is reachable: this is why snapshots need
 * no closing. Thread-safe.
 */
final class Epoch {
  /** Set when the store is closed: its places may be overwritten although a version of the epoch, or of one before, may be reachable. */
  volatile boolean isOver;
}
