package io.vaquita.client;

import io.vaquita.client.failure.LikelyCause;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool that guards its connections. Over any {@link DataSource} that opens real connections (Connector/J's, MariaDB Connector/J's), for
 * MySQL, MariaDB and Vaquita.
 *
 * <ul>
 *   <li>One connection, one user at a time: use by a second thread during a call throws {@link SharedConnectionException}, use after the
 *       connection was handed back throws {@link ReturnedConnectionException}, both with both stack traces, and neither reaches the driver.
 *   <li>Connections that crossed a process boundary (a checkpoint that was restored) are dropped without a COM_QUIT, so that the other
 *       owner's session lives, and opened anew.
 *   <li>Deadlines for borrowing, connecting, reading and for statements.
 *   <li>When a connection comes back: statements closed, an open transaction rolled back and reported, named locks released, the
 *       session reset where statements changed it, JDBC settings as before.
 *   <li>Errors about connections and locks say their likely cause ({@link io.vaquita.client.failure.Explained}).
 * </ul>
 *
 * <p>Thread-safe. Fair: borrowers are served in the order in which they came. {@code unwrap} hands out the driver's own object, which is
 * not guarded; large objects (Blob, InputStream) are the driver's own too.
 *
 * <pre>{@code
 * MysqlDataSource driver = new MysqlDataSource();
 * driver.setUrl("jdbc:mysql://127.0.0.1:3306/shop?user=root");
 * try (var source = GuardedDataSource.over(driver);
 *     Connection connection = source.getConnection()) {
 *   …
 * }
 * }</pre>
 */
public final class GuardedDataSource implements DataSource, AutoCloseable {
  private final DataSource source;
  private final ConnectionPool pool;
  private final GuardedCalls calls;

  /** Kept here because the context that calls it does not. */
  private final CheckpointHook checkpoints;

  private GuardedDataSource(DataSource source, GuardOptions options) {
    this.source = source;
    ProcessIdentity.Source identity = new ProcessIdentity.Source();
    this.pool = new ConnectionPool(source, options, identity);
    this.calls = new GuardedCalls(options);
    this.checkpoints = new CheckpointHook(pool, identity);
    checkpoints.register();
  }

  /** With the default options. Opens no connection yet. */
  public static GuardedDataSource over(DataSource source) {
    return over(source, GuardOptions.defaults());
  }

  /** Opens no connection yet. */
  public static GuardedDataSource over(DataSource source, GuardOptions options) {
    return new GuardedDataSource(source, options);
  }

  /**
   * Borrows a connection; {@link Connection#close} hands it back.
   *
   * @throws PoolExhaustedException when none became free within {@code borrowTimeout}
   * @throws io.vaquita.client.failure.ConnectTimeoutException when the server did not answer in time
   * @throws SQLException what the driver says, explained
   */
  @Override
  public Connection getConnection() throws SQLException {
    try {
      return calls.guard(pool.borrow());
    } catch (SQLException e) {
      throw LikelyCause.explained(e);
    }
  }

  /** Not supported: all connections of a pool are of one account. */
  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    throw new SQLFeatureNotSupportedException("a pool has the connections of one account");
  }

  /** How many connections are lent, idle and waited for. */
  public PoolState state() {
    return pool.state();
  }

  /** Closes idle connections now and lent ones when they come back. Borrowers get an error. */
  @Override
  public void close() {
    pool.close();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "connectTimeout of the options says how long a login may take");
  }

  @Override
  public int getLoginTimeout() {
    return (int) pool.options().connectTimeout().toSeconds();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this)
        ? type.cast(this)
        : type.isInstance(source) ? type.cast(source) : source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || type.isInstance(source) || source.isWrapperFor(type);
  }
}
