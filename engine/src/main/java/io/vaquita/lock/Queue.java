package io.vaquita.lock;

import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.lock.LockTarget.RecordTarget;
import io.vaquita.lock.LockTarget.TableTarget;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All locks and waits on one target: an entry of the lock table's hash chains, there while it has any. Guarded by the monitor of its
 * {@link Shard}, the search fields by the wait-for graph's.
 */
abstract sealed class Queue {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  final int hash;
  @Nullable Queue nextInBucket;

  /** Granted locks, newest first. */
  @Nullable Lock granted;

  /** Waits in order of arrival; null until the first. */
  @Nullable WaitList waits;

  Queue(int hash) {
    this.hash = hash;
  }

  abstract LockTarget target();

  /** False only when no granted lock can have one of these modes. */
  abstract boolean mayHold(int modes);

  abstract void modesChanged(int before, int after);

  void add(Lock lock) {
    Lock first = granted;
    lock.nextInQueue = first;
    if (first != null) {
      first.previousInQueue = lock;
    }
    granted = lock;
    modesChanged(0, lock.modes);
  }

  void remove(Lock lock) {
    Lock next = lock.nextInQueue;
    Lock previous = lock.previousInQueue;
    if (next != null) {
      next.previousInQueue = previous;
    }
    if (previous != null) {
      previous.nextInQueue = next;
    } else {
      granted = next;
    }
    lock.nextInQueue = null;
    lock.previousInQueue = null;
    modesChanged(lock.modes, 0);
  }

  void setModes(Lock lock, int modes) {
    modesChanged(lock.modes, modes);
    lock.modes = modes;
  }

  boolean hasWaits() {
    WaitList list = waits;
    return list != null && list.head != null;
  }

  boolean isEmpty() {
    return granted == null && !hasWaits();
  }

  /** The owner's lock, or null; for kinds of which an owner has one lock per target. */
  @Nullable Lock lockOf(LockOwner owner) {
    for (Lock lock = granted; lock != null; lock = lock.nextInQueue) {
      if (lock.owner == owner) {
        return lock;
      }
    }
    return null;
  }

  /**
   * Whether a request must wait: for a lock granted to another, or behind a conflicting wait of another that came earlier.
   *
   * @param self the request's own place in the line, or null at its end
   */
  boolean blocks(LockOwner owner, LockMode mode, @Nullable Wait self) {
    int ownModes = 0;
    int conflicts = mode.grantedConflicts();
    if (hasWaits() || mayHold(conflicts)) {
      for (Lock lock = granted; lock != null; lock = lock.nextInQueue) {
        if (lock.owner == owner) {
          ownModes |= lock.modes;
        } else if ((lock.modes & conflicts) != 0) {
          return true;
        }
      }
    }
    WaitList list = waits;
    if (list == null) {
      return false;
    }
    for (Wait wait = list.head; wait != null && wait != self; wait = wait.next) {
      if (yieldsTo(mode, ownModes, wait) && wait.owner != owner) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a request queues behind an earlier wait. For records and tables not where the requester's own locks are what that wait
   * is for: standing behind it would be a deadlock that nobody needs. MySQL's metadata locks know no such exception.
   */
  static boolean yieldsTo(LockMode mode, int ownModes, Wait earlier) {
    if ((earlier.mode.bit() & mode.waitingConflicts()) == 0 || !earlier.isWaiting()) {
      return false;
    }
    return mode.isMetadata() || (earlier.mode.grantedConflicts() & ownModes) == 0;
  }

  /** Its waits, and what the wait-for graph's search remembers of it. */
  static final class WaitList {
    @Nullable Wait head;
    @Nullable Wait tail;

    /** The last search that walked this queue for a wait without own locks here, the place of that wait, and its conflicts. */
    long searchedBy;

    long searchedTicket;
    int searchedGranted;
    int searchedWaiting;

    void append(Wait wait) {
      Wait last = tail;
      wait.previous = last;
      if (last == null) {
        head = wait;
      } else {
        last.next = wait;
      }
      tail = wait;
    }

    void remove(Wait wait) {
      Wait next = wait.next;
      Wait previous = wait.previous;
      if (previous == null && head != wait) {
        return;
      }
      if (next == null) {
        tail = previous;
      } else {
        next.previous = previous;
      }
      if (previous == null) {
        head = next;
      } else {
        previous.next = next;
      }
      wait.next = null;
      wait.previous = null;
    }
  }

  /** Record locks: no counts, since there may be millions and each seldom has more than one lock. */
  static final class OfRecord extends Queue {
    final TreeLocks tree;
    final byte @Nullable [] key;

    OfRecord(int hash, TreeLocks tree, byte @Nullable [] key) {
      super(hash);
      this.tree = tree;
      this.key = key;
    }

    @Override
    LockTarget target() {
      return new RecordTarget(tree.tree, key);
    }

    @Override
    boolean mayHold(int modes) {
      return true;
    }

    @Override
    void modesChanged(int before, int after) {
      boolean heldGap = (before & LockMode.GAP_MODES) != 0;
      boolean holdsGap = (after & LockMode.GAP_MODES) != 0;
      if (heldGap != holdsGap) {
        tree.gapLocks.getAndAdd(holdsGap ? 1 : -1);
      }
    }
  }

  /** Counts its locks by mode: thousands of sessions may share one table. */
  abstract static sealed class Counted extends Queue {
    /** How many more there are of a mode than one; null: of none. Most queues never see two. */
    private int @Nullable [] more;

    private int held;

    Counted(int hash) {
      super(hash);
    }

    @Override
    boolean mayHold(int modes) {
      return (held & modes) != 0;
    }

    @Override
    void modesChanged(int before, int after) {
      for (int gone = before & ~after; gone != 0; gone &= gone - 1) {
        int mode = Integer.numberOfTrailingZeros(gone);
        if (more != null && more[mode] > 0) {
          more[mode]--;
        } else {
          held &= ~(1 << mode);
        }
      }
      for (int come = after & ~before; come != 0; come &= come - 1) {
        int mode = Integer.numberOfTrailingZeros(come);
        if ((held & 1 << mode) == 0) {
          held |= 1 << mode;
        } else {
          if (more == null) {
            more = new int[LockMode.INSERT_INTENTION.ordinal()];
          }
          more[mode]++;
        }
      }
    }
  }

  static final class OfTable extends Counted {
    final long tableId;

    OfTable(int hash, long tableId) {
      super(hash);
      this.tableId = tableId;
    }

    @Override
    LockTarget target() {
      return new TableTarget(tableId);
    }
  }

  static final class OfMetadata extends Counted {
    final MetadataTarget name;

    OfMetadata(int hash, MetadataTarget name) {
      super(hash);
      this.name = name;
    }

    @Override
    LockTarget target() {
      return name;
    }
  }

  /**
   * Eight bytes at a time, mixed by multiplication. (Keys count up: {@link Arrays#hashCode} gives about eight neighbours the same hash,
   * and half the time of a big load went into walking their chains.)
   */
  static int hashOfRecord(int tree, byte @Nullable [] key) {
    long hash = mix(tree);
    if (key != null) {
      int at = 0;
      for (; at + Long.BYTES <= key.length; at += Long.BYTES) {
        hash = mix(hash ^ (long) LONGS.get(key, at));
      }
      long rest = key.length;
      for (; at < key.length; at++) {
        rest = rest << 8 | key[at] & 0xFF;
      }
      hash = mix(hash ^ rest);
    }
    return (int) (hash >>> 32);
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 32) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 29;
  }

  static int hashOfTable(long tableId) {
    return spread(Long.hashCode(tableId) + 0x5bd1e995);
  }

  static int hashOfMetadata(MetadataTarget name) {
    return spread(name.hashCode());
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }
}
