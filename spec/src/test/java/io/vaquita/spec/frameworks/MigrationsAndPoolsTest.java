package io.vaquita.spec.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.jooq.Meta;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** Flyway's migrations, jOOQ's reading of a schema, and HikariCP's pool. */
final class MigrationsAndPoolsTest {
  private static Flyway flyway(FrameworkServer server) {
    return Flyway.configure()
        .dataSource(server.url(), "root", "")
        .locations("classpath:frameworks/migrations")
        .load();
  }

  @Test
  void migrationsRunOnceThoughTwoProgramsStartThem() throws Exception {
    try (FrameworkServer server = new FrameworkServer("shop");
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> both = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        both.add(threads.submit(() -> flyway(server).migrate().migrationsExecuted));
      }
      assertEquals(2, both.get(0).get() + both.get(1).get());
      assertEquals(0, flyway(server).migrate().migrationsExecuted);
      flyway(server).validate();
      try (Connection connection = server.connect()) {
        try (Statement statement = connection.createStatement();
            ResultSet rows =
                statement.executeQuery("SELECT name, total FROM spent ORDER BY name")) {
          assertTrue(rows.next());
          assertEquals("Ana; or not", rows.getString(1));
          assertEquals("10.50", rows.getString(2));
        }
        checkMeta(DSL.using(connection, SQLDialect.MYSQL).meta());
      }
    }
  }

  private static void checkMeta(Meta meta) {
    Table<?> purchase = meta.getTables("purchase").getFirst();
    assertEquals("shop", purchase.getSchema().getName());
    assertEquals(3, purchase.fields().length);
    assertEquals(12, purchase.field("total").getDataType().precision());
    assertTrue(purchase.field("id").getDataType().identity());
    assertEquals("customer", purchase.getReferences().getFirst().getKey().getTable().getName());
    Table<?> customer = meta.getTables("customer").getFirst();
    assertEquals(
        List.of("id", "name", "email", "created"),
        java.util.Arrays.stream(customer.fields()).map(f -> f.getName()).toList());
    assertEquals("id", customer.getPrimaryKey().getFields().getFirst().getName());
    assertTrue(customer.getIndexes().stream().anyMatch(i -> i.getName().equals("customer_email")));
  }

  @Test
  void poolReplacesConnectionsThatWereKilled() throws Exception {
    HikariConfig config = new HikariConfig();
    try (FrameworkServer server = new FrameworkServer("pool")) {
      config.setJdbcUrl(server.url());
      config.setUsername("root");
      config.setMaximumPoolSize(2);
      config.setAutoCommit(false);
      config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
      try (HikariDataSource pool = new HikariDataSource(config);
          Connection killer = server.connect();
          Statement kill = killer.createStatement()) {
        kill.execute("CREATE TABLE n (id INT PRIMARY KEY, n INT)");
        kill.execute("INSERT INTO n VALUES (1, 0)");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          List<Future<?>> all = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            all.add(threads.submit(() -> add(pool)));
          }
          for (Future<?> one : all) {
            one.get();
          }
        }
        List<Long> ids = new ArrayList<>();
        try (ResultSet rows =
            kill.executeQuery(
                "SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND db = 'pool'")) {
          while (rows.next()) {
            ids.add(rows.getLong(1));
          }
        }
        assertTrue(!ids.isEmpty());
        for (long id : ids) {
          kill.execute("KILL " + id);
        }
        // HikariCP trusts a connection for half a second after its use; isValid of ours does not
        try (Connection connection = pool.getConnection()) {
          if (!connection.isValid(5)) {
            pool.evictConnection(connection);
          }
        }
        try (Connection connection = pool.getConnection()) {
          if (!connection.isValid(5)) {
            pool.evictConnection(connection);
          }
        }
        add(pool);
        try (ResultSet rows = kill.executeQuery("SELECT n FROM n")) {
          assertTrue(rows.next());
          assertEquals(21, rows.getInt(1));
        }
      }
    }
  }

  private static Void add(HikariDataSource pool) throws Exception {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE n SET n = n + 1 WHERE id = 1");
      connection.commit();
    }
    return null;
  }
}
