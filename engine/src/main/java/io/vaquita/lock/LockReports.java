package io.vaquita.lock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the lock table shows of itself: copies of its locks and waits, made under one shard's monitor at a time. Thread-safe. */
final class LockReports {
  private final LockTable table;

  LockReports(LockTable table) {
    this.table = table;
  }

  /** Every lock and wait, in no order. */
  List<LockEntry> locks() {
    List<LockEntry> all = new ArrayList<>();
    for (Shard shard : table.shards()) {
      synchronized (shard) {
        for (Queue queue : shard.queues()) {
          for (Lock lock = queue.granted; lock != null; lock = lock.nextInQueue) {
            addEntries(all, lock);
          }
          Queue.WaitList list = queue.waits;
          for (Wait wait = list == null ? null : list.head; wait != null; wait = wait.next) {
            all.add(entryOf(wait));
          }
        }
      }
    }
    return all;
  }

  /** Those of the waits that still wait, with what they wait for. */
  List<WaitEntry> waits(List<Wait> waiting) {
    return waiting.stream()
        .filter(Wait::isWaiting)
        .map(wait -> new WaitEntry(entryOf(wait), blockersOf(wait)))
        .toList();
  }

  /** Locks held, over all owners. */
  long lockCount() {
    long count = 0;
    for (Shard shard : table.shards()) {
      synchronized (shard) {
        for (Queue queue : shard.queues()) {
          for (Lock lock = queue.granted; lock != null; lock = lock.nextInQueue) {
            count += modeCount(lock);
          }
        }
      }
    }
    return count;
  }

  /** What each owner holds of rows and tables but for what only marks its own writes, in no order. */
  List<HeldLocks> held() {
    Map<LockOwner, LockStructs> held = new HashMap<>();
    for (Shard shard : table.shards()) {
      synchronized (shard) {
        for (Queue queue : shard.queues()) {
          Lock lock = queue instanceof Queue.OfMetadata ? null : queue.granted;
          for (; lock != null; lock = lock.nextInQueue) {
            held.computeIfAbsent(lock.owner, owner -> new LockStructs()).add(lock);
          }
        }
      }
    }
    return held.entrySet().stream().map(e -> heldBy(e.getKey(), e.getValue())).toList();
  }

  static HeldLocks heldBy(LockOwner owner, LockStructs structs) {
    return new HeldLocks(owner, structs.records(), structs.count(), structs.tables());
  }

  private static int modeCount(Lock lock) {
    return Integer.bitCount(lock.modes & ~Lock.IMPLICIT);
  }

  private void addEntries(List<LockEntry> into, Lock lock) {
    for (int rest = lock.modes & ~Lock.IMPLICIT; rest != 0; rest &= rest - 1) {
      into.add(entryOf(lock, LockMode.ofBit(rest)));
    }
  }

  private LockEntry entryOf(Lock lock, LockMode mode) {
    long ageMillis = Math.max(0, table.nowTenths() - lock.sinceTenths) * 100L;
    boolean implicit = (lock.modes & Lock.IMPLICIT) != 0;
    return new LockEntry(
        lock.owner, lock.queue.target(), mode, lock.duration, true, implicit, ageMillis);
  }

  LockEntry entryOf(Wait wait) {
    long waited = table.environment().clock().monotonicNanos() - wait.startedNanos;
    return new LockEntry(
        wait.owner,
        wait.queue.target(),
        wait.mode,
        wait.duration,
        false,
        false,
        waited / 1_000_000);
  }

  /** What stands in a wait's way now. */
  List<LockEntry> blockersOf(Wait wait) {
    Queue queue = wait.queue;
    List<LockEntry> blockers = new ArrayList<>();
    synchronized (table.shardOf(queue)) {
      int ownModes = 0;
      for (Lock lock = queue.granted; lock != null; lock = lock.nextInQueue) {
        int conflicting = lock.modes & wait.mode.grantedConflicts();
        if (lock.owner == wait.owner) {
          ownModes |= lock.modes;
        } else if (conflicting != 0) {
          blockers.add(entryOf(lock, LockMode.ofBit(Integer.highestOneBit(conflicting))));
        }
      }
      Queue.WaitList list = queue.waits;
      for (Wait w = list == null ? null : list.head; w != null && w != wait; w = w.next) {
        if (w.owner != wait.owner && Queue.yieldsTo(wait.mode, ownModes, w)) {
          blockers.add(entryOf(w));
        }
      }
    }
    return blockers;
  }
}
