package io.vaquita.testkit;

import io.vaquita.ConnectOptions;
import io.vaquita.LockWait;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One session of an {@link Interleaving}; its steps run one after the other on a thread of its own. Thread-safe. What a step throws comes
 * out of {@link #run} and {@link Step#get} as it was, and a step that does not end is an {@link AssertionError} that shows who waits for whom.
 *
 * <pre>{@code
 * Actor alice = play.actor("alice");
 * alice.run("START TRANSACTION");
 * Step<?> update = alice.start("UPDATE stock SET pieces = 0");
 * }</pre>
 */
public final class Actor implements AutoCloseable {
  private final Interleaving play;
  private final String name;
  private final Connection connection;
  private final long connectionId;
  private final ExecutorService thread;

  /** What an actor does in a step. */
  @FunctionalInterface
  public interface Deed<T extends @Nullable Object> {
    /** Does it, on the actor's thread. */
    T on(Connection connection) throws Exception;
  }

  Actor(Interleaving play, String name, Connection connection) throws SQLException {
    this.play = play;
    this.name = name;
    this.connection = connection;
    this.thread =
        Executors.newSingleThreadExecutor(Thread.ofVirtual().name("actor-" + name).factory());
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT CONNECTION_ID()")) {
      rows.next();
      this.connectionId = rows.getLong(1);
    }
  }

  /** As it was given, and as messages show it. */
  public String name() {
    return name;
  }

  /** CONNECTION_ID(). */
  public long connectionId() {
    return connectionId;
  }

  /** Runs a statement that is not expected to wait, and gives the first column of its first row as text; null without rows. */
  public @Nullable String run(String sql) throws Exception {
    return start(sql).get();
  }

  /** Begins a statement and goes on. */
  @SuppressWarnings(
      "NullAway") // the checker does not follow a nullable type argument into the lambda
  public Step<@Nullable String> start(String sql) {
    return begin(sql, c -> first(c, sql));
  }

  /** Begins any work on the actor's connection and goes on. */
  public <T extends @Nullable Object> Step<T> start(Deed<T> deed) {
    return begin("its deed", deed);
  }

  private <T extends @Nullable Object> Step<T> begin(String what, Deed<T> deed) {
    Future<T> future = thread.submit(() -> deed.on(connection));
    return new Step<>(play, this, what, future);
  }

  private static @Nullable String first(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return null;
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  @Nullable LockWait lockWait() {
    return play.database().database().awaitBlocked(connectionId, () -> true, Duration.ZERO);
  }

  void describeWait(StringBuilder text) {
    LockWait wait = lockWait();
    if (wait != null) {
      text.append("  ").append(name).append(" waits for ").append(wait.mode()).append(" on ");
      text.append(wait.target()).append(", blocked by ");
      text.append(wait.blockedBy().stream().map(play::nameOf).toList()).append('\n');
    }
  }

  /** Kills what runs, rolls back and closes the connection. */
  @Override
  public void close() {
    thread.shutdownNow();
    try (Session session = play.database().database().connect(ConnectOptions.local())) {
      session.execute("KILL " + connectionId).close();
    } catch (DatabaseException e) {
      // it has ended by itself
    }
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // it is closed
    }
  }
}
