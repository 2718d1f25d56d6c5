package io.vaquita.testkit;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.JdbcDriver;
import io.vaquita.Session;
import javax.sql.DataSource;

/**
 * A database in memory for a test, with a schema. Thread-safe. For frameworks that want properties: {@link #url} with user {@code root}
 * and no password. Errors are {@link io.vaquita.error.DatabaseException}s, of connections the driver's; after {@link #close} 1053.
 *
 * <pre>{@code
 * try (TestDatabase prepared = TestDatabase.create(); TestDatabase copy = prepared.fork()) {
 *   use(copy.dataSource());
 * }
 * }</pre>
 */
public final class TestDatabase implements AutoCloseable {
  private final Database database;
  private final String schema;
  private final JdbcDriver driver;

  private TestDatabase(Database database, String schema, JdbcDriver driver) {
    this.database = database;
    this.schema = schema;
    this.driver = driver;
  }

  /** A new database with an empty schema. */
  public static TestDatabase create(String schema, JdbcDriver driver) {
    Database database = Database.inMemory();
    try (Session session = database.connect(ConnectOptions.local())) {
      session.execute("CREATE DATABASE IF NOT EXISTS `" + schema.replace("`", "``") + "`").close();
    }
    return new TestDatabase(database, schema, driver);
  }

  /** A new database with an empty schema {@code test}, for Connector/J. */
  public static TestDatabase create() {
    return create("test", JdbcDriver.CONNECTOR_J);
  }

  /** The database itself: for sessions without a driver, further schemas, a port. */
  public Database database() {
    return database;
  }

  /** The schema that {@link #url} and {@link #dataSource} begin with. */
  public String schema() {
    return schema;
  }

  /** A JDBC URL with the schema; no port is opened for it. Good until this is closed. */
  public String url() {
    String url = database.connectUrl(driver);
    int options = url.indexOf('?');
    return url.substring(0, options) + schema + url.substring(options);
  }

  /** Connections of the driver's own, not pooled. */
  public DataSource dataSource() {
    return new UrlDataSource(this::url);
  }

  /** An independent copy of everything committed, in a moment. It is closed on its own. */
  public TestDatabase fork() {
    return new TestDatabase(database.fork(), schema, driver);
  }

  /** Sessions that run in a written order. */
  public Interleaving interleaving() {
    return new Interleaving(this);
  }

  /** Ends all connections and forgets the data; copies live on. */
  @Override
  public void close() {
    database.close();
  }
}
