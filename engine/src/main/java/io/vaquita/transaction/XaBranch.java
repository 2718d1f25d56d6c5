package io.vaquita.transaction;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import org.jspecify.annotations.Nullable;

/**
 * A session's part in distributed transactions: the state of its current branch. Confined to the session's thread. As with MySQL's
 * default xa_detach_on_prepare=ON, a prepared branch leaves the session, which can then do other work.
 *
 * <pre>
 * NON-EXISTING --start--> ACTIVE --end--> IDLE --prepare--> (detached) NON-EXISTING
 *                           |               |---commit one phase---> NON-EXISTING
 *                           |               '---rollback-----------> NON-EXISTING
 *                           '--deadlock--> ROLLBACK ONLY --rollback--> NON-EXISTING
 * </pre>
 */
public final class XaBranch {
  private static final int ID_BYTES_MAX = 64;

  /** As MySQL's 1399 names them. */
  public enum State {
    NON_EXISTING("NON-EXISTING"),
    ACTIVE("ACTIVE"),
    IDLE("IDLE"),
    ROLLBACK_ONLY("ROLLBACK ONLY");

    private final String label;

    State(String label) {
      this.label = label;
    }
  }

  private final PreparedTransactions branches;
  private State state = State.NON_EXISTING;
  private @Nullable Xid xid;
  private @Nullable StoreTransaction transaction;
  private MySqlError rollbackReason = MySqlError.ER_XA_RBROLLBACK;

  XaBranch(PreparedTransactions branches) {
    this.branches = branches;
  }

  public State state() {
    return state;
  }

  /** Whether it is this session's branch, after XA END. */
  public boolean isIdle(Xid id) {
    return state == State.IDLE && id.equals(xid);
  }

  /** Whether it is this session's branch or a prepared one. */
  public boolean isKnown(Xid id) {
    return id.equals(xid) || branches.prepared().contains(id);
  }

  /** From {@link #reserve} on until the branch leaves the session. */
  public boolean isReserved() {
    return xid != null;
  }

  /** Fails with 1399 where an ordinary statement must not run: between XA END and the branch's end. */
  public void checkStatement() {
    noteRollback();
    if (state == State.IDLE || state == State.ROLLBACK_ONLY) {
      throw wrongState();
    }
  }

  /** Fails with 1399 where COMMIT, ROLLBACK, START TRANSACTION or an implicit commit must not come: in any branch. */
  public void checkNoBranch() {
    if (state != State.NON_EXISTING) {
      throw wrongState();
    }
  }

  private DatabaseException wrongState() {
    return MySqlError.ER_XAER_RMFAIL.exception(state.label);
  }

  /** Fails with 1399 or 1440 where XA START must not come. To be asked before the transaction is begun. */
  public void reserve(Xid id) {
    checkNoBranch();
    if (id.globalId().length > ID_BYTES_MAX || id.branch().length > ID_BYTES_MAX) {
      throw MySqlError.ER_XAER_INVAL.exception();
    }
    branches.reserve(id);
    xid = id;
  }

  /** XA START, after {@link #reserve}: {@code begun} is the branch's transaction, and the session's until XA END. */
  public void start(Transaction begun) {
    transaction = (StoreTransaction) begun;
    state = State.ACTIVE;
    rollbackReason = MySqlError.ER_XA_RBROLLBACK;
  }

  /** XA END. */
  public void end(Xid id) {
    if (state != State.ACTIVE && state != State.ROLLBACK_ONLY) {
      throw wrongState();
    }
    checkXid(id);
    noteRollback();
    if (state == State.ROLLBACK_ONLY) {
      throw rollbackReason.exception();
    }
    state = State.IDLE;
  }

  /** A deadlock may have rolled the transaction back under the branch. */
  private void noteRollback() {
    if (transaction != null && !transaction.isActive()) {
      state = State.ROLLBACK_ONLY;
      rollbackReason = MySqlError.ER_XA_RBDEADLOCK;
    }
  }

  private void checkXid(Xid id) {
    if (!id.equals(xid)) {
      throw MySqlError.ER_XAER_NOTA.exception();
    }
  }

  /** XA PREPARE. */
  public void prepare(Xid id) {
    if (state != State.IDLE || transaction == null) {
      throw wrongState();
    }
    checkXid(id);
    try {
      branches.prepare(id, transaction);
    } catch (RuntimeException e) {
      state = State.ROLLBACK_ONLY;
      throw e;
    }
    leave();
  }

  /** XA COMMIT, of this session's branch in one phase, or of a prepared one. */
  public void commit(Xid id, boolean onePhase) {
    if (state == State.NON_EXISTING) {
      if (onePhase) {
        boolean known = branches.prepared().contains(id);
        throw (known ? MySqlError.ER_XAER_INVAL : MySqlError.ER_XAER_NOTA).exception();
      }
      branches.commit(id);
      return;
    }
    checkOwn(id);
    if (state == State.ROLLBACK_ONLY) {
      rollback(id);
      throw rollbackReason.exception();
    }
    StoreTransaction own = transaction;
    if (state != State.IDLE || !onePhase || own == null) {
      throw wrongState();
    }
    leave();
    try {
      own.commit();
    } finally {
      branches.forget(id);
    }
  }

  /** XA ROLLBACK, of this session's branch or of a prepared one. */
  public void rollback(Xid id) {
    if (state == State.NON_EXISTING) {
      branches.rollback(id);
      return;
    }
    checkOwn(id);
    if (state == State.ACTIVE) {
      throw wrongState();
    }
    close();
  }

  /** Another branch's name while one is open is an error of state, as in MySQL. */
  private void checkOwn(Xid id) {
    if (!id.equals(xid)) {
      throw wrongState();
    }
  }

  /** The session's end, or its failure to begin the transaction: the branch is rolled back and forgotten. */
  public void close() {
    Xid id = xid;
    StoreTransaction own = transaction;
    leave();
    if (own != null) {
      own.rollback();
    }
    if (id != null) {
      branches.forget(id);
    }
  }

  private void leave() {
    state = State.NON_EXISTING;
    xid = null;
    transaction = null;
  }
}
