package io.vaquita.lock;

import java.util.List;

/** One wait and what stands in its way: granted locks, and earlier waits it queues behind. Immutable. */
public record WaitEntry(LockEntry waiting, List<LockEntry> blocking) {
  public WaitEntry {
    blocking = List.copyOf(blocking);
  }
}
