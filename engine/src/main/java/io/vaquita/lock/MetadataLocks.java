package io.vaquita.lock;

import io.vaquita.lock.LockOwner.HeldMetadata;
import io.vaquita.lock.LockTarget.MetadataTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metadata locks of one owner by duration, newest first; user-level locks apart. Confined to the owner's thread. */
final class MetadataLocks {
  private @Nullable Lock statement;
  private @Nullable Lock transaction;
  private @Nullable Lock explicit;
  private int transactionCount;

  void add(Lock lock) {
    switch (lock.duration) {
      case STATEMENT -> {
        lock.nextOwned = statement;
        statement = lock;
      }
      case TRANSACTION -> {
        lock.nextOwned = transaction;
        transaction = lock;
        transactionCount++;
      }
      case EXPLICIT -> {
        lock.nextOwned = explicit;
        explicit = lock;
      }
    }
  }

  /** A lock on the name that makes asking for the mode needless, of the given duration if there is one. */
  @Nullable Lock covering(MetadataTarget name, LockMode mode, LockDuration preferred) {
    Lock best = null;
    for (LockDuration duration : DURATIONS) {
      Lock lock = covering(list(duration), name, mode);
      if (lock != null && (best == null || duration == preferred)) {
        best = lock;
      }
    }
    return best;
  }

  private static final LockDuration[] DURATIONS = LockDuration.values();

  private @Nullable Lock list(LockDuration duration) {
    return switch (duration) {
      case STATEMENT -> statement;
      case TRANSACTION -> transaction;
      case EXPLICIT -> explicit;
    };
  }

  private static @Nullable Lock covering(@Nullable Lock list, MetadataTarget name, LockMode mode) {
    for (Lock lock = list; lock != null; lock = lock.nextOwned) {
      if ((LockMode.ofBit(lock.modes).covers() & mode.bit()) != 0 && isOn(lock, name)) {
        return lock;
      }
    }
    return null;
  }

  /** The lock with exactly this mode. */
  @Nullable Lock find(MetadataTarget name, LockMode mode) {
    for (LockDuration duration : DURATIONS) {
      for (Lock lock = list(duration); lock != null; lock = lock.nextOwned) {
        if (lock.modes == mode.bit() && isOn(lock, name)) {
          return lock;
        }
      }
    }
    return null;
  }

  private static boolean isOn(Lock lock, MetadataTarget name) {
    return lock.queue instanceof Queue.OfMetadata queue && queue.name.equals(name);
  }

  int transactionCount() {
    return transactionCount;
  }

  List<HeldMetadata> transactionLocks() {
    List<HeldMetadata> all = new ArrayList<>();
    for (Lock lock = transaction; lock != null; lock = lock.nextOwned) {
      if (lock.queue instanceof Queue.OfMetadata queue) {
        all.addFirst(new HeldMetadata(queue.name, LockMode.ofBit(lock.modes)));
      }
    }
    return all;
  }

  void releaseStatement(LockTable table) {
    for (Lock lock = statement; lock != null; lock = lock.nextOwned) {
      table.release(lock);
    }
    statement = null;
  }

  void releaseTransactionTo(LockTable table, int mark) {
    while (transactionCount > mark && transaction != null) {
      Lock lock = transaction;
      transaction = lock.nextOwned;
      transactionCount--;
      table.release(lock);
    }
  }

  /** All explicit locks, or those on one name. */
  void releaseExplicit(LockTable table, @Nullable MetadataTarget name) {
    Lock kept = null;
    for (Lock lock = explicit; lock != null; ) {
      Lock next = lock.nextOwned;
      if (name == null || isOn(lock, name)) {
        table.release(lock);
      } else {
        lock.nextOwned = kept;
        kept = lock;
      }
      lock = next;
    }
    explicit = kept;
  }

  void moveTransactionTo(MetadataLocks other, LockTable table, LockOwner heir) {
    table.giveAll(transaction, heir);
    other.transaction = transaction;
    other.transactionCount = transactionCount;
    transaction = null;
    transactionCount = 0;
  }
}
