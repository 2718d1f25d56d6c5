package io.vaquita.transaction;

import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTable;
import io.vaquita.store.Store;

/** Begins transactions over one store and one lock table. Thread-safe. */
public final class TransactionSystem {
  private final Store store;
  private final LockTable locks;
  private final TransactionMemory memory;
  private final FencingNumbers numbers;
  private final PreparedTransactions prepared;

  public TransactionSystem(Store store, LockTable locks) {
    this(store, locks, TransactionMemory.ofHeap());
  }

  public TransactionSystem(Store store, LockTable locks, TransactionMemory memory) {
    this.memory = memory;
    this.store = store;
    this.locks = locks;
    numbers = new FencingNumbers(store, locks);
    prepared = new PreparedTransactions(store, locks, memory);
  }

  /** A session's user-level locks; one object a session. */
  public FencedUserLocks userLocks(LockOwner owner) {
    return new FencedUserLocks(owner, numbers);
  }

  /** Costs one small object; the read view, the write set and the locks come with their first use. */
  public Transaction begin(TransactionOptions options) {
    return new StoreTransaction(store, options, memory);
  }

  /** A session's part in distributed transactions; one object a session. */
  public XaBranch xaBranch() {
    return new XaBranch(prepared);
  }

  /** Prepared branches: XA RECOVER. */
  public PreparedTransactions prepared() {
    return prepared;
  }

  public Store store() {
    return store;
  }

  public LockTable locks() {
    return locks;
  }
}
