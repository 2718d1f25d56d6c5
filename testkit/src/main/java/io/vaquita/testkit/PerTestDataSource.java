package io.vaquita.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.JdbcDriver;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that outlives tests and yet gives each of them a database of its own: for programs that are started once and tested many
 * times, as Spring's contexts are. Before the first test its connections lead to a database that the program migrates and fills; from {@link
 * #beginTest} to {@link #endTest} to a copy of that. In Spring's tests a bean of this class is told by itself, see {@link
 * io.vaquita.testkit.spring.PerTestListener}.
 *
 * <p>Thread-safe; but there is one copy at a time, so tests that share it must not run at once. Connections are not pooled: they cost
 * little inside a process, and a pool would keep those of the test before. Errors: {@link #beginTest} throws when another test has its
 * copy, connections as the driver does.
 *
 * <pre>{@code
 * @TestConfiguration
 * class ShopDatabase {
 *   @Bean
 *   PerTestDataSource dataSource() {
 *     return PerTestDataSource.create("shop", JdbcDriver.CONNECTOR_J);
 *   }
 * }
 * }</pre>
 */
public final class PerTestDataSource implements DataSource, AutoCloseable {
  private final TestDatabase prepared;
  private final DataSource source = new UrlDataSource(() -> current().url());

  @GuardedBy("this")
  private @Nullable TestDatabase copy;

  private PerTestDataSource(TestDatabase prepared) {
    this.prepared = prepared;
  }

  /** Over a new database with an empty schema. */
  public static PerTestDataSource create(String schema, JdbcDriver driver) {
    return new PerTestDataSource(TestDatabase.create(schema, driver));
  }

  /** The database that connections lead to now. */
  public synchronized TestDatabase current() {
    return copy == null ? prepared : copy;
  }

  /**
   * From now on connections lead to a copy of what has been committed before the tests. Connections that are open stay where they are.
   *
   * @throws IllegalStateException while another test has its copy
   */
  public synchronized void beginTest() {
    if (copy != null) {
      throw new IllegalStateException(
          "another test uses this data source: tests that share one must run one after the other");
    }
    copy = prepared.fork();
  }

  /** Forgets what the test did: its copy is closed, with all connections to it. Does nothing where no test has begun. */
  public void endTest() {
    TestDatabase ended;
    synchronized (this) {
      ended = copy;
      copy = null;
    }
    if (ended != null) {
      ended.close();
    }
  }

  /** Closes all that it has opened. */
  @Override
  public void close() {
    endTest();
    prepared.close();
  }

  @Override
  public Connection getConnection() throws SQLException {
    return source.getConnection();
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return source.getConnection(user, password);
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
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || source.isWrapperFor(type);
  }
}
