package io.vaquita.bench.load;

import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.bench.Figures;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench fork}: copies of a prepared database in memory, and fresh ones. Used once. */
@Command(
    name = "fork",
    description = {
      "Time and memory of fork() of a database in memory, the first statement on the copy, and the"
          + " first statement on a fresh database in a warm JVM."
    },
    mixinStandardHelpOptions = true)
public final class ForkCommand implements Callable<Integer> {
  private static final int ROW_BYTES = 1000;
  private static final int ROWS_A_STATEMENT = 100;
  private static final int FRESH = 200;

  @Option(
      names = "--mib",
      paramLabel = "N",
      description = "Bytes of rows in the database, MiB (${DEFAULT-VALUE}).")
  private int mib = 1024;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "Forks that are open at once (${DEFAULT-VALUE}).")
  private int forks = 1000;

  private final Figures figures = new Figures();

  /** As picocli fills it. */
  public ForkCommand() {}

  @Override
  public Integer call() throws SQLException {
    long rows = (long) mib * 1024 * 1024 / ROW_BYTES;
    String subject = mib + " MiB";
    try (Database database = Database.inMemory()) {
      fill(database, rows);
      long before = usedBytes();
      figures.add("heap, MiB", subject, before / 1048576.0);
      List<Database> open = new ArrayList<>();
      try {
        for (int i = 0; i < forks; i++) {
          long start = System.nanoTime();
          open.add(database.fork());
          figures.add("fork(), µs", subject, (System.nanoTime() - start) / 1e3);
        }
        figures.add("memory a fork, KiB", subject, (usedBytes() - before) / 1024.0 / forks);
        for (int i = 0; i < Math.min(forks, FRESH); i++) {
          long start = System.nanoTime();
          change(open.get(i), i);
          figures.add("first UPDATE on a fork, µs", subject, (System.nanoTime() - start) / 1e3);
        }
      } finally {
        open.forEach(Database::close);
      }
    }
    fresh(subject);
    figures.print("fork");
    return 0;
  }

  private static void fill(Database database, long rows) {
    try (Session session = database.connect()) {
      session.execute("CREATE DATABASE d").close();
      session.execute("CREATE TABLE d.t (id BIGINT PRIMARY KEY, v VARBINARY(2000))").close();
      StringBuilder sql = new StringBuilder();
      for (long id = 0; id < rows; id += ROWS_A_STATEMENT) {
        sql.setLength(0);
        sql.append("INSERT INTO d.t VALUES ");
        for (int i = 0; i < ROWS_A_STATEMENT; i++) {
          sql.append(i == 0 ? "(" : ",(").append(id + i);
          sql.append(",REPEAT('x',").append(ROW_BYTES - 20).append("))");
        }
        session.execute(sql.toString()).close();
      }
    }
  }

  private static void change(Database fork, long id) {
    try (Session session = fork.connect("d")) {
      session.execute("UPDATE t SET v = ? WHERE id = ?", "y", id).close();
    }
  }

  /** From nothing to the first row of a new database, by the direct interface and by the driver. */
  private void fresh(String subject) throws SQLException {
    for (int i = 0; i < FRESH; i++) {
      boolean isWarm = i >= FRESH / 2;
      long start = System.nanoTime();
      try (Database database = Database.inMemory();
          Session session = database.connect()) {
        firstRow(session);
        if (isWarm) {
          figures.add("first row, fresh database, ms", subject, millisSince(start));
        }
      }
      start = System.nanoTime();
      try (Database database = Database.inMemory();
          Connection connection = DriverManager.getConnection(database.connectUrl());
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT 1")) {
        rows.next();
        if (isWarm) {
          figures.add("first row, fresh database, driver, ms", subject, millisSince(start));
        }
      }
    }
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void firstRow(Session session) {
    session.execute("CREATE DATABASE d").close();
    session.execute("CREATE TABLE d.t (id INT PRIMARY KEY, v TEXT)").close();
    session.execute("INSERT INTO d.t VALUES (?, ?)", 1, "one").close();
    try (Result rows = session.execute("SELECT v FROM d.t WHERE id = ?", 1)) {
      rows.next();
    }
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
