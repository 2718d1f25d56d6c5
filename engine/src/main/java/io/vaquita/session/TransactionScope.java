package io.vaquita.session;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.executor.RowCounters;
import io.vaquita.lock.LockDuration;
import io.vaquita.lock.LockFailure;
import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.session.variable.GlobalVariables;
import io.vaquita.session.variable.SessionVariables;
import io.vaquita.store.CommitDurability;
import io.vaquita.store.CommitPatience;
import io.vaquita.transaction.IsolationLevel;
import io.vaquita.transaction.TemporaryStore;
import io.vaquita.transaction.Transaction;
import io.vaquita.transaction.TransactionOptions;
import io.vaquita.transaction.TransactionSystem;
import io.vaquita.transaction.XaBranch;
import io.vaquita.transaction.Xid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which transaction a session's statements run in: autocommit, BEGIN … COMMIT, autocommit=0, savepoints, characteristics of the next
 * transaction. The only place that starts or ends a transaction for a user. Confined to the session's thread.
 */
final class TransactionScope {
  /** The process list's word for who waits until a commit is durable. */
  static final String COMMIT_STATE = "waiting for handler commit";

  /**
   * A place among the writes and among the metadata locks.
   *
   * @param isFirst nothing had been read, written or locked before it
   */
  private record NamedSavepoint(String name, long position, int metadataMark, boolean isFirst) {}

  private static final long READ_ONLY_NUMBERS = 1L << 48;

  private final TransactionSystem transactions;
  private final LockOwner owner;
  private final SessionVariables variables;
  private final GlobalVariables globals;
  private final TemporaryStore temporary;
  private final CommitPatience patience;
  private final List<NamedSavepoint> savepoints = new ArrayList<>();

  private final XaBranch branch;
  private final LongSupplier statementStart;
  private final RowCounters counters;

  /** Written by the session's thread; others read it for reports. */
  private volatile boolean isCommitting;

  private volatile @Nullable Transaction current;

  private volatile long startMicros;
  private volatile long number;

  /** BEGIN was said; ends with COMMIT or ROLLBACK also when autocommit is on. */
  private boolean explicit;

  private @Nullable IsolationLevel nextIsolation;
  private @Nullable Boolean nextReadOnly;
  private boolean readOnly;

  TransactionScope(
      TransactionSystem transactions,
      LockOwner owner,
      SessionVariables variables,
      GlobalVariables globals,
      TemporaryStore temporary,
      CommitPatience patience,
      LongSupplier statementStart,
      RowCounters counters) {
    this.counters = counters;
    this.temporary = temporary;
    this.patience = patience;
    this.statementStart = statementStart;
    this.transactions = transactions;
    this.owner = owner;
    this.variables = variables;
    this.globals = globals;
    this.branch = transactions.xaBranch();
  }

  /** The session's part in distributed transactions. */
  XaBranch branch() {
    return branch;
  }

  /** XA START: the branch's transaction is the session's until XA END. 1400 inside another transaction. */
  void beginBranch(Xid xid) {
    branch.checkNoBranch();
    if (isOpen()) {
      throw MySqlError.ER_XAER_OUTSIDE.exception();
    }
    commit();
    branch.reserve(xid);
    try {
      branch.start(start(false, null));
    } catch (RuntimeException e) {
      branch.close();
      throw e;
    }
    explicit = true;
  }

  /**
   * XA PREPARE of the session's branch, or its COMMIT in one phase. When the wait for FLUSH TABLES WITH READ LOCK fails, the branch is rolled
   * back, as in MySQL.
   */
  void endBranch(boolean commits, Runnable end) {
    Transaction transaction = current;
    boolean hasChanges = transaction != null && transaction.hasChanges();
    if (commits && !hasChanges) {
      end.run();
      return;
    }
    try {
      announceCommit(LockDuration.STATEMENT);
    } catch (DatabaseException e) {
      branch.close();
      forget();
      throw e;
    }
    isCommitting = commits;
    try {
      end.run();
    } finally {
      isCommitting = false;
      owner.releaseStatement();
    }
  }

  /** Runs the end of a prepared branch, after FLUSH TABLES WITH READ LOCK of others; when that wait fails, it stays prepared. */
  void announced(Runnable end) {
    announceCommit(LockDuration.STATEMENT);
    try {
      end.run();
    } finally {
      owner.releaseStatement();
    }
  }

  /** The branch was prepared, committed or rolled back. */
  void branchEnded() {
    forget();
  }

  /** The session's end or reset. */
  void close() {
    try {
      branch.close();
    } finally {
      rollback();
    }
  }

  /** The transaction of the running statement, begun when there is none. */
  Transaction forStatement() {
    branch.checkStatement();
    Transaction transaction = current;
    if (transaction == null) {
      transaction = start(false, null);
    }
    return transaction;
  }

  /** BEGIN and START TRANSACTION; the one before is committed. */
  void begin(boolean consistentSnapshot, @Nullable Boolean readOnlyAsked) {
    commit();
    start(consistentSnapshot, readOnlyAsked);
    explicit = true;
  }

  /**
   * The transaction of a DDL that reads rows as other statements do, with the session's level, locks and timeouts. Its end leaves the
   * session's metadata locks; whoever began it calls {@link #rollback} or {@link #definitionCommitted}.
   */
  Transaction forDefinition() {
    return start(options(false, null).withMetadataKept());
  }

  /** The transaction of {@link #forDefinition} has committed. */
  void definitionCommitted() {
    forget();
    counters.committed++;
  }

  private Transaction start(boolean consistentSnapshot, @Nullable Boolean readOnlyAsked) {
    return start(options(consistentSnapshot, readOnlyAsked));
  }

  private TransactionOptions options(boolean consistentSnapshot, @Nullable Boolean readOnlyAsked) {
    IsolationLevel isolation = nextIsolation != null ? nextIsolation : sessionIsolation();
    boolean asked =
        readOnlyAsked != null
            ? readOnlyAsked
            : nextReadOnly != null ? nextReadOnly : variables.isOn("transaction_read_only");
    nextIsolation = null;
    nextReadOnly = null;
    readOnly = asked;
    return new TransactionOptions(
        isolation,
        asked,
        consistentSnapshot,
        durability(),
        owner,
        () -> variables.getLong("innodb_lock_wait_timeout") * 1000,
        branch.isReserved() ? null : temporary,
        patience,
        false);
  }

  private Transaction start(TransactionOptions options) {
    Transaction transaction = transactions.begin(options);
    number = 0;
    startMicros = statementStart.getAsLong();
    current = transaction;
    return transaction;
  }

  /** For any thread: the running transaction, or null. */
  @Nullable Transaction visible() {
    return current;
  }

  /** For any thread: wall clock at the start of the statement that began the transaction. */
  long visibleStartMicros() {
    return startMicros;
  }

  /**
   * For any thread: the transaction's number in reports, given when somebody looks. As in InnoDB, transactions that have neither written nor
   * locked get none of the sequence but one beyond 2⁴⁸.
   */
  synchronized long number(AtomicLong numbers, long connectionId) {
    Transaction transaction = current;
    if (transaction == null || !transaction.hasChanges()) {
      return READ_ONLY_NUMBERS + connectionId;
    }
    if (number == 0) {
      number = numbers.incrementAndGet();
    }
    return number;
  }

  IsolationLevel sessionIsolation() {
    String value = variables.getText("transaction_isolation");
    for (IsolationLevel level : IsolationLevel.values()) {
      if (level.variableValue().equals(value)) {
        return level;
      }
    }
    return IsolationLevel.REPEATABLE_READ;
  }

  private CommitDurability durability() {
    return switch ((int) globals.getLong("innodb_flush_log_at_trx_commit")) {
      case 0 -> CommitDurability.LAZY;
      case 2 -> CommitDurability.WRITTEN;
      default -> CommitDurability.SYNCED;
    };
  }

  /** Whether the next statement belongs to a transaction that outlives it. */
  boolean isMultiStatement() {
    return explicit || !variables.autocommit();
  }

  /** SERVER_STATUS_IN_TRANS. */
  boolean isOpen() {
    return explicit || current != null && !variables.autocommit();
  }

  boolean isReadOnlyOpen() {
    return isOpen() && readOnly;
  }

  /** 1792 in a READ ONLY transaction. */
  void checkWritable() {
    boolean forbidden =
        current != null
            ? readOnly
            : nextReadOnly != null ? nextReadOnly : variables.isOn("transaction_read_only");
    if (forbidden) {
      throw MySqlError.ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION.exception();
    }
  }

  /** SET TRANSACTION without SESSION or GLOBAL: of the next transaction only. 1568 inside one. */
  void setNext(@Nullable IsolationLevel isolation, @Nullable Boolean readOnlyAsked) {
    if (isOpen()) {
      throw MySqlError.ER_CANT_CHANGE_TX_CHARACTERISTICS.exception();
    }
    if (isolation != null) {
      nextIsolation = isolation;
    }
    if (readOnlyAsked != null) {
      nextReadOnly = readOnlyAsked;
    }
  }

  /** After a statement that succeeded: commits where the statement was a transaction of its own. */
  void endStatement() {
    if (isMultiStatement()) {
      owner.releaseStatement();
    } else {
      commit();
    }
  }

  /** After a statement that failed: its changes are undone; a transaction of its own, or one that 1213 chose, is gone. */
  void endFailedStatement(long savepoint, DatabaseException error) {
    Transaction transaction = current;
    if (transaction == null) {
      return;
    }
    boolean victim = !transaction.isActive() || error.is(MySqlError.ER_LOCK_DEADLOCK);
    boolean timeoutRollsBack =
        error.is(MySqlError.ER_LOCK_WAIT_TIMEOUT)
            && globals.getLong("innodb_rollback_on_timeout") != 0
            && waitedForRows();
    if (victim || timeoutRollsBack || !isMultiStatement()) {
      rollback();
    } else {
      undo(transaction, savepoint);
    }
  }

  /** Waits for metadata locks are the server's, not InnoDB's: their timeouts undo the statement at most. */
  private boolean waitedForRows() {
    LockFailure failure = owner.lastFailure();
    return failure != null && failure.isForRows();
  }

  private void undo(Transaction transaction, long savepoint) {
    try {
      transaction.rollbackTo(savepoint);
    } finally {
      if (transaction.isActive()) {
        owner.releaseStatement();
      } else {
        rollback();
      }
    }
  }

  /** COMMIT, said or implied. 1399 in a branch of a distributed transaction. */
  void commit() {
    branch.checkNoBranch();
    Transaction transaction = current;
    if (transaction != null && transaction.hasChanges()) {
      announceCommit(LockDuration.TRANSACTION);
    }
    forget();
    if (transaction != null) {
      isCommitting = transaction.hasChanges();
      try {
        transaction.commit();
      } finally {
        isCommitting = false;
      }
      counters.committed++;
    }
  }

  /** For any thread: whether changes are on their way into the commit log. */
  boolean isCommitting() {
    return isCommitting;
  }

  /** FLUSH TABLES WITH READ LOCK of another session keeps commits that wrote waiting; when the wait fails, the transaction stays. */
  private void announceCommit(LockDuration duration) {
    owner.acquireMetadata(
        MetadataTarget.COMMIT,
        LockMode.INTENTION_EXCLUSIVE,
        duration,
        () -> variables.getLong("lock_wait_timeout") * 1000);
  }

  void rollback() {
    Transaction transaction = current;
    forget();
    if (transaction != null) {
      transaction.rollback();
      counters.rolledBack++;
    }
  }

  /** AND CHAIN: a new one with the same characteristics. */
  void chain(IsolationLevel isolation, boolean readOnlyBefore) {
    nextIsolation = isolation;
    start(false, readOnlyBefore);
    explicit = true;
  }

  @Nullable Transaction current() {
    return current;
  }

  private void forget() {
    current = null;
    explicit = false;
    readOnly = false;
    savepoints.clear();
  }

  /** SAVEPOINT: replaces one of the same name. Without a transaction it has no effect, as in MySQL. */
  void savepoint(String name) {
    counters.savepoints++;
    if (!isMultiStatement()) {
      return;
    }
    savepoints.removeIf(s -> s.name.equalsIgnoreCase(name));
    Transaction transaction = forStatement();
    savepoints.add(
        new NamedSavepoint(
            name, transaction.savepoint(), owner.metadataMark(), !transaction.hasBegun()));
  }

  void rollbackTo(String name) {
    counters.rolledBackToSavepoint++;
    int at = find(name);
    NamedSavepoint savepoint = savepoints.get(at);
    if (savepoint.isFirst) {
      // as in MySQL, where InnoDB took no part in the transaction yet and so leaves it as a whole
      forStatement().startAgain();
      number = 0;
      startMicros = statementStart.getAsLong();
    } else {
      forStatement().rollbackTo(savepoint.position);
    }
    if (!owner.holdsRows()) {
      // row locks that stay keep the definitions of their tables
      owner.releaseMetadataSince(savepoint.metadataMark);
    }
    savepoints.subList(at + 1, savepoints.size()).clear();
  }

  void releaseSavepoint(String name) {
    int at = find(name);
    savepoints.subList(at, savepoints.size()).clear();
  }

  private int find(String name) {
    for (int i = savepoints.size() - 1; i >= 0; i--) {
      if (savepoints.get(i).name.equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw MySqlError.ER_SP_DOES_NOT_EXIST.exception("SAVEPOINT", name);
  }
}
