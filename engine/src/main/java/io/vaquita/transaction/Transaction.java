package io.vaquita.transaction;

import io.vaquita.store.EntrySorter;
import io.vaquita.store.EntryStream;
import org.jspecify.annotations.Nullable;

/**
 * One transaction: a read view, a write set on top of it, and the row locks it holds. Confined to its session's thread, except for
 * what the lock table does to a waiter. Only committed data reaches the store, so rolling back is dropping the write set.
 */
public interface Transaction {
  IsolationLevel isolationLevel();

  boolean isReadOnly();

  /**
   * False once committed or rolled back; a deadlock's victim is rolled back by the time it gets 1213, and so is a transaction whose
   * writes have no room left.
   */
  boolean isActive();

  /** Whether anything was written or locked; such a transaction counts as begun. */
  boolean hasChanges();

  /** Whether it has read, written or locked anything. For reports: any thread may ask, and get a slightly older answer. */
  boolean hasBegun();

  /**
   * The consistent view: REPEATABLE READ keeps the one made by its first call, READ COMMITTED makes a new one after each {@link
   * #beginStatement}. Own changes included.
   */
  Reader consistentView();

  /**
   * The newest committed state and own changes: for locking reads and writes. Ask anew after every lock that was granted; the same
   * object comes back as long as nobody has committed in between, so that a scan that compares it knows whether it must look again
   * whether its entry is still there and still the next one.
   */
  Reader currentView();

  /**
   * As {@link #currentView}, for looks at single keys ({@link Reader#get} alone: what it gives is a copy) that are over when the transaction
   * ends. Costs whoever commits next in memory no copies of pages.
   */
  Reader checkingView();

  /** Whether this transaction has a read view for all its statements that was made before the position. */
  boolean keepsViewOlderThan(long position);

  /** Inserts or replaces. The transaction keeps both arrays. */
  void put(int tree, byte[] key, byte[] value);

  void delete(int tree, byte[] key);

  /** As {@link #put}, of a row and not of an entry that follows from one: what {@link #rowChanges} counts. */
  default void putRow(int tree, byte[] key, byte[] value) {
    put(tree, key, value);
  }

  /** As {@link #delete}, of a row. */
  default void deleteRow(int tree, byte[] key) {
    delete(tree, key);
  }

  /** What a transaction does in the tables, as InnoDB names it. */
  enum Operation {
    STARTING_INDEX_READ("starting index read"),
    FETCHING_ROWS("fetching rows"),
    INSERTING("inserting"),
    UPDATING_OR_DELETING("updating or deleting");

    private final String label;

    Operation(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** Says what follows, for reports of waits. */
  default void begins(Operation operation) {}

  /** What it does or did last. For reports: any thread may ask, and get a slightly older answer. */
  default @Nullable Operation operation() {
    return null;
  }

  /** A sorter of entries for {@link #load}, with memory for one of {@code shares}. */
  EntrySorter newSorter(int shares);

  /**
   * Fills a tree, which is empty and which nobody can see yet, with entries that the commit reads; until then this transaction does not
   * see them either. An exception of the stream fails the commit. The transaction closes the stream when it ends.
   */
  void load(int tree, EntryStream entries);

  /** For TRUNCATE and DROP, which commit implicitly; the tree is gone in O(1) visible time. */
  void clearTree(int tree);

  /**
   * Locks a record, the gap before it, or both. {@code key} null is the supremum. Entries of secondary indexes that are written or
   * deleted are locked like rows, {@link RecordLockMode#X_RECORD}.
   *
   * @return false only with {@link LockWait#SKIP_LOCKED} when the lock would have to wait
   * @throws io.vaquita.error.DatabaseException 1205, 1213 (the transaction is rolled back by then), 3572 with NOWAIT, 1317, 3024
   */
  boolean lockRecord(int tree, byte @Nullable [] key, RecordLockMode mode, LockWait wait);

  /**
   * {@link RecordLockMode#X_RECORD} on an entry of a secondary index that changes or goes with its row. As InnoDB's implicit locks it is
   * in no report until somebody waits for it.
   */
  default void lockChange(int tree, byte[] key) {
    lockRecord(tree, key, RecordLockMode.X_RECORD, LockWait.WAIT);
  }

  /**
   * Locks the place of an entry that will be inserted, in one step that no other lock request can come between: the insert intention
   * waits for every gap lock of others on a lock table key in {@code (key, successor]}, and then an exclusive record lock on {@code key}
   * marks the uncommitted insert, which nobody else can read, so that {@link #uncommittedInsert} finds it.
   *
   * @param successor the entry after {@code key} in the current view; null is the supremum
   */
  default void lockInsert(int tree, byte[] key, byte @Nullable [] successor) {
    lockRecord(tree, successor, RecordLockMode.INSERT_INTENTION, LockWait.WAIT);
    lockRecord(tree, key, RecordLockMode.X_RECORD, LockWait.WAIT);
  }

  /**
   * Takes {@link #lockInsert} back: another transaction's insert of the key was committed meanwhile. Without it, everybody who waits to
   * find the same duplicate would wait for this transaction's end.
   */
  void unlockInsert(int tree, byte[] key);

  /**
   * Locks the end of a range that was read with locks: the gap before {@code beyond}, the first entry outside of the range (null: the
   * supremum), and that entry itself with a next-key mode. Others' inserts between {@code end} and {@code beyond} that are not committed
   * yet may be the first entry outside once they are, so the gap before the first of each is locked as well. Look again afterwards, as after
   * {@link #lockRecord}.
   *
   * @param end the least key outside of the range; null: it has no upper bound
   */
  void lockRangeEnd(int tree, byte @Nullable [] end, byte @Nullable [] beyond, RecordLockMode mode);

  /**
   * The first key strictly between {@code after} and {@code before} (null: no bound) that another transaction has inserted by {@link
   * #lockInsert} and not yet committed, or null. Such entries are in no view: a locking scan asks for them after it has locked the
   * gap, and locks (that is, waits for) them as InnoDB's scans do. O(1) when nobody inserts into the tree.
   */
  default byte @Nullable [] uncommittedInsert(
      int tree, byte @Nullable [] after, byte @Nullable [] before) {
    return null;
  }

  /**
   * Position of the newest commit that {@link #currentView} shows when it is made now: while it stays the same, what was read before a lock was
   * granted is still true after it. A negative value always differs.
   */
  default long committedPosition() {
    return -1;
  }

  /** Whether this transaction holds a record lock on the entry itself: READ COMMITTED must not give such a lock back. */
  default boolean holdsRecordLock(int tree, byte[] key) {
    return false;
  }

  /** Intention and table locks: IS, IX, S, X, AUTO_INC. */
  void lockTable(long tableId, TableLockMode mode);

  /** Whether the transaction holds so many record locks that {@link #lockTableInstead} should be tried. */
  default boolean hasManyRecordLocks() {
    return false;
  }

  /**
   * Takes a lock on a table when that needs no wait; then record locks of the kind in its trees are not taken any more: nobody else gets
   * the intention lock without which there are none that conflict. For transactions over millions of rows, whose locks would fill the
   * memory.
   */
  default void lockTableInstead(long tableId, int[] trees, boolean exclusive) {}

  /** Gives a record lock back before the end: READ COMMITTED's rows that do not match. */
  void unlockRecord(int tree, byte[] key);

  /** A place to return to with {@link #rollbackTo}: statement atomicity, SAVEPOINT. Cheap. */
  long savepoint();

  /** Undoes writes made after the savepoint. Row locks stay, as in InnoDB. */
  void rollbackTo(long savepoint);

  /**
   * Back to the beginning: all writes are undone, record and table locks given back, the read view is gone. What InnoDB does on ROLLBACK TO a
   * savepoint from before its first part in the transaction.
   */
  void startAgain();

  /** Tells the transaction that a new statement begins. */
  void beginStatement();

  /** Makes the writes durable and visible in one step, then releases the locks. */
  void commit();

  void rollback();

  /** Rows inserted, updated and deleted, counted as InnoDB's undo records are; any thread may ask, and get a slightly older answer. */
  long rowChanges();
}
