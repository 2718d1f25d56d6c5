package io.vaquita.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.JdbcDriver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A test's database by nothing but a URL: {@code jdbc:vaquita:///shop} opens one in memory, with an empty schema, at its first connection
 * and keeps it until the JVM ends. Each URL has its own. It is an address, not another driver: connections are those of Connector/J,
 * or of MariaDB Connector/J where only that is on the class path.
 *
 * <p>After {@code ?} may stand {@code init=script.sql} (a resource of the class path) or {@code init=file:script.sql}, run once before the
 * first connection; all else is left to the real driver. User and password are not looked at: there is one account. A URL of another
 * form, a script that fails and Testcontainers' {@code TC_} parameters are an {@link SQLException} that says what to write. Thread-safe.
 *
 * <pre>{@code
 * spring.datasource.url=jdbc:vaquita:///shop?init=db/schema.sql
 * spring.datasource.driver-class-name=io.vaquita.testkit.TestDriver
 * }</pre>
 */
public final class TestDriver implements Driver {
  private static final String PREFIX = "jdbc:vaquita:";
  private static final String INIT = "init=";

  /** Those of all instances: the driver registry and a pool each make their own. */
  @GuardedBy("TestDriver.class")
  private static final Map<String, TestDatabase> DATABASES = new HashMap<>();

  static {
    try {
      DriverManager.registerDriver(new TestDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** For the driver registry and for pools. */
  public TestDriver() {}

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    Address address = Address.of(url);
    return address.connect(database(url, address), "");
  }

  private static TestDatabase database(String url, Address address) throws SQLException {
    synchronized (TestDriver.class) {
      TestDatabase known = DATABASES.get(url);
      if (known == null) {
        known = address.open();
        DATABASES.put(url, known);
      }
      return known;
    }
  }

  /** What a URL says. Immutable. */
  private record Address(String schema, @Nullable String script, String options) {
    static Address of(String url) throws SQLException {
      String rest = url.substring(PREFIX.length());
      int question = rest.indexOf('?');
      String schema = question < 0 ? rest : rest.substring(0, question);
      if (!schema.startsWith("///") || schema.length() == 3 || schema.indexOf('/', 3) >= 0) {
        throw new SQLException(
            url + " is not of the form jdbc:vaquita:///SCHEMA[?init=SCRIPT&…]", "08001");
      }
      String script = null;
      StringBuilder options = new StringBuilder();
      for (String option : question < 0 ? new String[0] : rest.substring(question + 1).split("&")) {
        if (option.startsWith("TC_")) {
          throw new SQLException(
              option + " is Testcontainers'; a script to begin with is " + INIT + "SCRIPT here",
              "08001");
        }
        if (option.startsWith(INIT)) {
          script = option.substring(INIT.length());
        } else {
          options.append('&').append(option);
        }
      }
      return new Address(schema.substring(3), script, options.toString());
    }

    TestDatabase open() throws SQLException {
      TestDatabase database = TestDatabase.create(schema, driver());
      boolean isReady = false;
      try {
        run(database);
        isReady = true;
      } finally {
        if (!isReady) {
          database.close();
        }
      }
      return database;
    }

    private void run(TestDatabase database) throws SQLException {
      if (script != null) {
        String text = text(script);
        try (Connection connection = connect(database, "&allowMultiQueries=true");
            Statement statement = connection.createStatement()) {
          boolean isRows = statement.execute(text);
          while (isRows || statement.getUpdateCount() != -1) {
            isRows = statement.getMoreResults();
          }
        } catch (SQLException e) {
          throw new SQLException(script + ": " + e.getMessage(), e.getSQLState(), e);
        }
      }
    }

    Connection connect(TestDatabase database, String more) throws SQLException {
      return DriverManager.getConnection(database.url() + options + more);
    }

    private static JdbcDriver driver() {
      try {
        Class.forName("com.mysql.cj.jdbc.Driver");
        return JdbcDriver.CONNECTOR_J;
      } catch (ClassNotFoundException e) {
        return JdbcDriver.MARIADB;
      }
    }

    private static String text(String script) throws SQLException {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      if (loader == null) {
        loader = TestDriver.class.getClassLoader();
      }
      try {
        if (script.startsWith("file:")) {
          return Files.readString(Path.of(script.substring("file:".length())));
        }
        try (InputStream in = loader.getResourceAsStream(script)) {
          if (in == null) {
            throw new SQLException(INIT + script + ": there is no such resource", "08001");
          }
          return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
      } catch (IOException e) {
        throw new SQLException(INIT + script + " cannot be read: " + e, "08001", e);
      }
    }
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("it logs nothing");
  }
}
