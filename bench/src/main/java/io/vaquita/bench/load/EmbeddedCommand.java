package io.vaquita.bench.load;

import com.sun.management.OperatingSystemMXBean;
import io.vaquita.Database;
import io.vaquita.Durability;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.bench.Directories;
import io.vaquita.bench.Figures;
import io.vaquita.value.Value;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench embedded}: databases inside one process. Used once. */
@Command(
    name = "embedded",
    description = {
      "Point selects, inserts and scans a second inside one process, one thread: Vaquita's own"
          + " interface, Connector/J over Vaquita's in-process sockets, H2 in MySQL mode over JDBC,"
          + " and whatever else is on the class path by --jdbc; and the processor time of each operation. H2 on files does"
          + " not sync at a commit; beside it stands Vaquita with Durability.WRITTEN."
    },
    mixinStandardHelpOptions = true)
public final class EmbeddedCommand implements Callable<Integer> {
  @Option(names = "--rows", paramLabel = "N", description = "Rows of the table (${DEFAULT-VALUE}).")
  private int rows = 200_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of a measurement (${DEFAULT-VALUE}).")
  private int seconds = 5;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(
      names = "--jdbc",
      paramLabel = "NAME=URL",
      description = "Another database by its JDBC URL, such as that of the in-process driver.")
  private List<String> more = new ArrayList<>();

  /** Statements of Connector/J that the server prepares, as H2's are: otherwise it sends texts. */
  private static final String PREPARED = "&useServerPrepStmts=true&cachePrepStmts=true";

  private final Figures figures = new Figures();

  /** The first round only lets the JVM compile, so that whoever comes first is not the slowest. */
  private boolean isWarmUp;

  /** A statement prepared once and run with one number; gives a number back. */
  private interface Prepared extends AutoCloseable {
    long run(long parameter) throws SQLException;

    @Override
    void close() throws SQLException;
  }

  /** One connection to a database. */
  private interface Subject extends AutoCloseable {
    void execute(String sql) throws SQLException;

    Prepared prepare(String sql, boolean isQuery) throws SQLException;

    @Override
    void close() throws SQLException;
  }

  /** As picocli fills it. */
  public EmbeddedCommand() {}

  @Override
  public Integer call() throws Exception {
    for (int round = 0; round <= rounds; round++) {
      isWarmUp = round == 0;
      Path directory = Directories.make(Path.of(System.getProperty("java.io.tmpdir")));
      try {
        try (Database database = Database.inMemory()) {
          measure("Vaquita in memory", new Direct(database));
          measure("Vaquita in memory, Connector/J", new Jdbc(database.connectUrl() + PREPARED));
        }
        try (Database database = Database.open(directory.resolve("synced"))) {
          measure("Vaquita on files", new Direct(database));
        }
        try (Database database =
            Database.builder()
                .directory(directory.resolve("written"))
                .durability(Durability.WRITTEN)
                .open()) {
          measure("Vaquita on files, WRITTEN", new Direct(database));
        }
        measure("H2 in memory", new Jdbc("jdbc:h2:mem:bench;MODE=MySQL"));
        measure("H2 on files", new Jdbc("jdbc:h2:file:" + directory.resolve("h2") + ";MODE=MySQL"));
        for (String subject : more) {
          int equals = subject.indexOf('=');
          measure(subject.substring(0, equals), new Jdbc(subject.substring(equals + 1)));
        }
      } finally {
        Directories.delete(directory);
      }
    }
    figures.print("embedded, " + rows + " rows, 1 thread");
    return 0;
  }

  private void measure(String name, Subject opened) throws SQLException {
    try (Subject subject = opened) {
      subject.execute("CREATE SCHEMA IF NOT EXISTS d");
      subject.execute("CREATE TABLE d.t (id BIGINT PRIMARY KEY, k INT, c VARCHAR(120))");
      StringBuilder sql = new StringBuilder();
      for (int i = 0; i < rows; i += 100) {
        sql.setLength(0);
        sql.append("INSERT INTO d.t VALUES ");
        for (int k = i; k < i + 100; k++) {
          sql.append(k == i ? "(" : ",(").append(k).append(',').append(k % 1000);
          sql.append(",'row number ").append(k).append(" of the table')");
        }
        subject.execute(sql.toString());
      }
      SplittableRandom random = new SplittableRandom(1);
      rate(name, "point select", subject, "SELECT k FROM d.t WHERE id = ?", true, random);
      rate(name, "range of 100", subject, RANGE, true, random);
      scan(name, subject);
      inserts(name, subject);
      subject.execute("DROP TABLE d.t");
    }
  }

  /** A second's operations, and the processor time of one, with all that threads of the JVM do for it: collecting garbage, compiling. */
  private void add(String row, String name, Span span, long unitsEach) {
    if (!isWarmUp) {
      double units = (double) span.count * unitsEach;
      figures.add(row + "/s", name, units * 1e9 / span.nanos());
      figures.add(row + ", CPU ns", name, span.cpuNanos() / units);
    }
  }

  /** A measurement that runs. */
  private static final class Span {
    private static final OperatingSystemMXBean SYSTEM =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long start = System.nanoTime();
    private final long cpuStart = SYSTEM.getProcessCpuTime();
    long count;

    long nanos() {
      return System.nanoTime() - start;
    }

    long cpuNanos() {
      return SYSTEM.getProcessCpuTime() - cpuStart;
    }
  }

  private static final String RANGE = "SELECT SUM(k) FROM d.t WHERE id BETWEEN ? AND ? + 99";

  private void rate(
      String name,
      String row,
      Subject subject,
      String sql,
      boolean isQuery,
      SplittableRandom random)
      throws SQLException {
    try (Prepared prepared = subject.prepare(sql, isQuery)) {
      for (int warm = 0; warm < 2; warm++) {
        Span span = new Span();
        while (span.nanos() < seconds * 1_000_000_000L) {
          prepared.run(random.nextInt(rows));
          span.count++;
        }
        if (warm == 1) {
          add(row, name, span, 1);
        }
      }
    }
  }

  private void scan(String name, Subject subject) throws SQLException {
    try (Prepared prepared =
        subject.prepare("SELECT COUNT(*) FROM d.t WHERE c LIKE '%9% of%' AND id >= ?", true)) {
      Span span = new Span();
      while (span.count < 3 || span.nanos() < seconds * 1_000_000_000L) {
        prepared.run(0);
        span.count++;
      }
      add("scan with LIKE, rows", name, span, rows);
    }
  }

  private void inserts(String name, Subject subject) throws SQLException {
    try (Prepared prepared =
        subject.prepare("INSERT INTO d.t VALUES (?, 1, 'a row of its own')", false)) {
      Span span = new Span();
      while (span.nanos() < seconds * 1_000_000_000L) {
        prepared.run(rows + span.count);
        span.count++;
      }
      add("autocommit insert", name, span, 1);
    }
  }

  /** Vaquita's own interface. */
  private static final class Direct implements Subject {
    private final Session session;

    Direct(Database database) {
      session = database.connect();
    }

    @Override
    public void execute(String sql) {
      session.execute(sql).close();
    }

    @Override
    public Prepared prepare(String sql, boolean isQuery) {
      Session.Prepared prepared = session.prepare(sql);
      int count = prepared.parameterCount();
      return new Prepared() {
        @Override
        public long run(long parameter) {
          List<Value> values = new ArrayList<>(count);
          for (int i = 0; i < count; i++) {
            values.add(Value.of(parameter));
          }
          try (Result result = prepared.execute(values)) {
            return isQuery && result.next() ? result.getLong(0) : result.affectedRows();
          }
        }

        @Override
        public void close() {
          prepared.close();
        }
      };
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /** Anything with a driver. */
  private static final class Jdbc implements Subject {
    private final Connection connection;

    Jdbc(String url) throws SQLException {
      connection = DriverManager.getConnection(url);
    }

    @Override
    public void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public Prepared prepare(String sql, boolean isQuery) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      int count = statement.getParameterMetaData().getParameterCount();
      return new Prepared() {
        @Override
        public long run(long parameter) throws SQLException {
          for (int i = 1; i <= count; i++) {
            statement.setLong(i, parameter);
          }
          if (!isQuery) {
            return statement.executeUpdate();
          }
          try (ResultSet result = statement.executeQuery()) {
            return result.next() ? result.getLong(1) : -1;
          }
        }

        @Override
        public void close() throws SQLException {
          statement.close();
        }
      };
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
