package io.vaquita.stress;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTable;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.lock.WaitPolicy;
import java.util.function.LongSupplier;

/**
 * A lock table of one scene with its sessions. jcstress lets two threads act on it once; what they and a look afterwards saw are the scene's
 * outcomes. An owner is used by one thread at a time.
 */
abstract class Scene {
  static final int TREE = 17;
  static final byte[] KEY = {5};
  static final byte[] SUCCESSOR = {9};
  static final byte[] LAST = {11};

  /** A waiter that nobody wakes shows as this timeout. */
  static final LongSupplier LONG = () -> 20_000;

  /** A wait that may begin and must end at once. */
  static final LongSupplier AT_ONCE = () -> 0;

  final LockTable table = new LockTable(Environment.system());
  final LockOwner first = owner(1);
  final LockOwner second = owner(2);

  /** Data that only a lock protects. */
  int plain;

  private LockOwner owner(long id) {
    return table.newOwner(id, OwnerInfo.internal("scene"));
  }

  static void lock(LockOwner owner, byte[] key, LockMode mode) {
    owner.records().acquire(TREE, key, mode, WaitPolicy.WAIT, LONG);
  }

  static boolean tryLock(LockOwner owner, byte[] key, LockMode mode) {
    return owner.records().acquire(TREE, key, mode, WaitPolicy.TRY, LONG);
  }

  /** The step's error number, 0 when it went well. */
  static int errorOf(Runnable step) {
    try {
      step.run();
      return 0;
    } catch (DatabaseException e) {
      return e.number();
    }
  }

  /** Whether the owner could insert before the key: nobody else guards the gap. */
  static boolean isOpen(LockOwner owner, byte[] key) {
    return tryLock(owner, key, LockMode.INSERT_INTENTION);
  }
}
