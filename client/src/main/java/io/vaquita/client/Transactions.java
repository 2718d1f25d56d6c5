package io.vaquita.client;

import io.vaquita.client.failure.LikelyCause;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in transactions: commit when it returns, rollback when it throws, and again from the beginning after a deadlock (1213) or a
 * lock wait timeout (1205).
 *
 * <ul>
 *   <li>1213: the server has rolled the whole transaction back. 1205: it has rolled back one statement only, and the transaction still
 *       holds its locks; it is rolled back here before the next attempt. MariaDB's 1020 (a row changed since the snapshot) is treated as
 *       1205.
 *   <li>The work runs several times then: what it does outside the database must bear that. It should not catch these two errors.
 *   <li>Nothing is retried once COMMIT was sent and the connection was lost: {@link CommitOutcomeUnknownException}.
 *   <li>A call inside the work, on the same {@code Transactions}, is part of the same transaction, behind a savepoint; only the
 *       outermost one retries.
 * </ul>
 *
 * <p>Thread-safe. The transaction follows the thread by a {@link ScopedValue}, so that threads forked in a structured scope see it, and
 * pools cannot leak it.
 *
 * <pre>{@code
 * Transactions transactions = Transactions.over(source);
 * transactions.run(Isolation.REPEATABLE_READ, tx -> {
 *   try (var update = tx.connection().prepareStatement("UPDATE stock SET pieces = pieces - 1 WHERE id = ?")) {
 *     update.setInt(1, id);
 *     update.executeUpdate();
 *   }
 * });
 * }</pre>
 */
public final class Transactions {
  private static final int CHANGED_SINCE_SNAPSHOT = 1020;

  private final DataSource source;
  private final RetryPolicy policy;
  private final ScopedValue<Transaction> running = ScopedValue.newInstance();

  /** What is done in a transaction, and gives a value. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object, X extends Exception> {
    /** Does it, with the transaction's connection; an exception rolls back. */
    T run(Transaction transaction) throws SQLException, X;
  }

  /** What is done in a transaction, without a value. */
  @FunctionalInterface
  public interface Action<X extends Exception> {
    /** Does it, with the transaction's connection; an exception rolls back. */
    void run(Transaction transaction) throws SQLException, X;
  }

  private Transactions(DataSource source, RetryPolicy policy) {
    this.source = source;
    this.policy = policy;
  }

  /** With the default retries. */
  public static Transactions over(DataSource source) {
    return over(source, RetryPolicy.defaults());
  }

  /** With retries of one's own. */
  public static Transactions over(DataSource source, RetryPolicy policy) {
    return new Transactions(source, policy);
  }

  /**
   * Runs the work and gives its value.
   *
   * @throws CommitOutcomeUnknownException when the connection was lost during COMMIT
   * @throws SQLException what the work or the server threw, after the last attempt
   */
  public <T extends @Nullable Object, X extends Exception> T inTransaction(
      Isolation level, Work<T, X> work) throws SQLException, X {
    if (running.isBound()) {
      return running.get().nested(work);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return once(level, work, attempt);
      } catch (SQLException e) {
        if (attempt >= policy.attempts() || !mayBeTriedAgain(e)) {
          throw LikelyCause.explained(e);
        }
        pause(attempt);
      }
    }
  }

  /** At the connection's own isolation level. */
  public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
      throws SQLException, X {
    return inTransaction(Isolation.DEFAULT, work);
  }

  /** As {@link #inTransaction(Isolation, Work)}, without a value. */
  public <X extends Exception> void run(Isolation level, Action<X> action) throws SQLException, X {
    Work<Boolean, X> work =
        transaction -> {
          action.run(transaction);
          return true;
        };
    inTransaction(level, work);
  }

  private static boolean mayBeTriedAgain(SQLException error) {
    if (error instanceof CommitOutcomeUnknownException) {
      return false;
    }
    LikelyCause cause = LikelyCause.of(error);
    return cause == LikelyCause.DEADLOCK
        || cause == LikelyCause.LOCK_WAIT_TIMEOUT
        || error.getErrorCode() == CHANGED_SINCE_SNAPSHOT;
  }

  /** A random part of the longest pause; an interrupted thread does not wait. */
  private void pause(int failed) {
    long longest = policy.pauseAfter(failed).toNanos();
    if (longest > 0) {
      LockSupport.parkNanos(this, ThreadLocalRandom.current().nextLong(longest));
    }
  }

  private <T extends @Nullable Object, X extends Exception> T once(
      Isolation level, Work<T, X> work, int attempt) throws SQLException, X {
    try (Connection connection = source.getConnection()) {
      boolean wasAutoCommit = connection.getAutoCommit();
      int levelBefore = level == Isolation.DEFAULT ? 0 : connection.getTransactionIsolation();
      if (level != Isolation.DEFAULT && level.jdbcLevel() != levelBefore) {
        connection.setTransactionIsolation(level.jdbcLevel());
      }
      connection.setAutoCommit(false);
      boolean isSettled = false;
      try {
        T result = bound(new Transaction(connection, attempt), work);
        commit(connection);
        isSettled = true;
        return result;
      } catch (CommitOutcomeUnknownException e) {
        isSettled = true;
        throw e;
      } finally {
        if (!isSettled) {
          rollback(connection);
        }
        restore(connection, wasAutoCommit, level, levelBefore);
      }
    }
  }

  /** The two kinds of exceptions that a work throws, through a call that knows one. */
  private <T extends @Nullable Object, X extends Exception> T bound(
      Transaction transaction, Work<T, X> work) throws SQLException, X {
    Outcome<T, X> outcome = new Outcome<>();
    ScopedValue.where(running, transaction).run(() -> outcome.take(work, transaction));
    return outcome.get();
  }

  /** What a work came to. Confined to one call. */
  private static final class Outcome<T extends @Nullable Object, X extends Exception> {
    private @Nullable T result;
    private @Nullable Exception thrown;

    void take(Work<T, X> work, Transaction transaction) {
      try {
        result = work.run(transaction);
      } catch (Exception e) {
        thrown = e;
      }
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    T get() throws SQLException, X {
      switch (thrown) {
        case null -> {
          return result;
        }
        case SQLException e -> throw e;
        case RuntimeException e -> throw e;
        case Exception e -> throw (X) e;
      }
    }
  }

  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      LikelyCause cause = LikelyCause.of(e);
      boolean isAnswer = cause == null || !cause.endsTheConnection();
      throw isAnswer && !(e instanceof java.sql.SQLTimeoutException)
          ? e
          : new CommitOutcomeUnknownException(e);
    }
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // the connection is lost, and the server rolls back by itself
    }
  }

  private static void restore(
      Connection connection, boolean wasAutoCommit, Isolation level, int levelBefore) {
    try {
      connection.setAutoCommit(wasAutoCommit);
      if (level != Isolation.DEFAULT && level.jdbcLevel() != levelBefore) {
        connection.setTransactionIsolation(levelBefore);
      }
    } catch (SQLException e) {
      // a lost connection has no settings; a pool finds out at its next use
    }
  }
}
