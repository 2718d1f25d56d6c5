package io.vaquita.server;

import io.vaquita.Access;
import io.vaquita.ClientFiles;
import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Frontend;
import io.vaquita.JdbcDriver;
import io.vaquita.LockWait;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.MySqlError;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A database of a few commands, for tests of what is around it: {@code rows N BYTES} gives rows, {@code sleep} waits until it is
 * cancelled, {@code echo} gives its parameters or text back, anything else is OK. Thread-safe.
 */
final class FakeDatabase implements Database {
  final Map<String, String> variables = new ConcurrentHashMap<>();
  final AtomicInteger openSessions = new AtomicInteger();
  final AtomicInteger cancelled = new AtomicInteger();

  /** How often a session was told that its client has to take something first. */
  final AtomicInteger clientsAwaited = new AtomicInteger();

  final Queue<String> warnings = new ConcurrentLinkedQueue<>();

  /** Runs on a connection's thread between the last byte of a statement's reply and its next read; takes the statement. */
  volatile Consumer<String> afterReply = statement -> {};

  /** Runs before a connection gets its number, on the accepting thread. */
  volatile Runnable beforeConnectionId = () -> {};

  /** Runs when somebody, such as the watcher, asks whether a session was interrupted. */
  volatile Runnable beforeIsInterrupted = () -> {};

  private final AtomicLong lastId = new AtomicLong();
  private final AtomicLong version = new AtomicLong();

  @Override
  public Session connect(ConnectOptions options) {
    if ("missing".equals(options.schema())) {
      throw MySqlError.ER_BAD_DB_ERROR.exception("missing");
    }
    openSessions.incrementAndGet();
    return new FakeSession(options);
  }

  @Override
  public long nextConnectionId() {
    beforeConnectionId.run();
    return lastId.incrementAndGet();
  }

  @Override
  public String globalVariable(String name) {
    return variables.getOrDefault(name, "");
  }

  @Override
  public String connectUrl(JdbcDriver driver) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Access.Listener listen(int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Database fork() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addStatusSource(StatusSource source) {}

  @Override
  public @Nullable LockWait awaitBlocked(
      long connectionId, BooleanSupplier otherwise, Duration atMost) {
    return null;
  }

  @Override
  public void attach(@Nullable Frontend frontend) {}

  @Override
  public void close() {}

  void set(String name, String value) {
    variables.put(name, value);
    version.incrementAndGet();
  }

  private final class FakeSession implements Session {
    private final ConnectOptions options;
    private volatile boolean isKilled;
    private volatile boolean isCancelled;
    private volatile String lastStatement = "";
    private boolean isClosed;
    private boolean isMulti;
    private @Nullable String schema;
    private String rest = "";

    FakeSession(ConnectOptions options) {
      this.options = options;
      schema = options.schema();
    }

    @Override
    public long id() {
      return options.connectionId();
    }

    @Override
    public Result execute(String sql) {
      isCancelled = false;
      lastStatement = sql;
      int end = isMulti ? sql.indexOf(';') : -1;
      rest = end < 0 ? "" : sql.substring(end + 1);
      String[] words = (end < 0 ? sql : sql.substring(0, end)).strip().split(" ", 3);
      return switch (words[0]) {
        case "rows" -> new FakeRows(this, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        case "sleep" -> sleep();
        case "echo" -> new FakeValues(List.of(text(sql.substring(5))));
        case "fail" -> throw MySqlError.ER_PARSE_ERROR.exception("syntax", sql, 1);
        case "bug" -> throw new IllegalStateException("a bug");
        default -> new FakeValues(List.of());
      };
    }

    private Result sleep() {
      while (!isCancelled && !isKilled) {
        LockSupport.parkNanos(1_000_000);
      }
      cancelled.incrementAndGet();
      throw MySqlError.ER_QUERY_INTERRUPTED.exception();
    }

    @Override
    public Result execute(String sql, @Nullable Object... parameters) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasNext() {
      return !rest.isEmpty();
    }

    @Override
    public Result executeNext() {
      return execute(rest);
    }

    @Override
    public void allowMultiStatements(boolean allowed) {
      isMulti = allowed;
    }

    @Override
    public void countFoundRows(boolean matched) {}

    @Override
    public void clientFiles(@Nullable ClientFiles files) {}

    @Override
    public Prepared prepare(String sql) {
      int count = (int) sql.chars().filter(c -> c == '?').count();
      return new Prepared() {
        @Override
        public int parameterCount() {
          return count;
        }

        @Override
        public List<Result.Column> columns() {
          return sql.startsWith("rows") ? FakeRows.COLUMNS : List.of();
        }

        @Override
        public Result execute(@Nullable Object... parameters) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Result execute(List<Value> parameters) {
          return count > 0 ? new FakeValues(parameters) : FakeSession.this.execute(sql);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void useSchema(String name) {
      if (name.equals("missing")) {
        throw MySqlError.ER_BAD_DB_ERROR.exception(name);
      }
      schema = name;
    }

    @Override
    public @Nullable String currentSchema() {
      return schema;
    }

    @Override
    public int statusFlags() {
      return 2;
    }

    @Override
    public Map<String, String> takeTrackedChanges() {
      return Map.of();
    }

    @Override
    public String variable(String name) {
      return globalVariable(name);
    }

    @Override
    public long variablesVersion() {
      return version.get();
    }

    @Override
    public void changeUser(ConnectOptions newOptions) {
      schema = newOptions.schema();
    }

    @Override
    public void reset() {}

    @Override
    public void setCommand(String command, String state) {
      if (command.equals("Sleep")) {
        afterReply.accept(lastStatement);
      }
    }

    @Override
    public void awaitsClient() {
      clientsAwaited.incrementAndGet();
    }

    @Override
    public void cancel() {
      isCancelled = true;
    }

    @Override
    public void kill() {
      isKilled = true;
      options.onKill().run();
    }

    @Override
    public boolean isKilled() {
      return isKilled;
    }

    @Override
    public boolean isBlocked() {
      return false;
    }

    @Override
    public boolean isInterrupted() {
      beforeIsInterrupted.run();
      return isKilled || isCancelled;
    }

    @Override
    public void warn(int number, String message) {
      warnings.add(message);
    }

    @Override
    public String lastStatement() {
      return lastStatement;
    }

    @Override
    public void close() {
      if (!isClosed) {
        isClosed = true;
        openSessions.decrementAndGet();
      }
    }
  }

  private static Value text(String text) {
    return new Value.StringValue(Slice.utf8(text), Collations.UTF8MB4_0900_AI_CI);
  }

  /** What all fake results have in common. */
  private abstract static class FakeResult implements Result {
    @Override
    public boolean hasRows() {
      return !columns().isEmpty();
    }

    @Override
    public boolean isNull(int column) {
      return getValue(column).isNull();
    }

    @Override
    public long getLong(int column) {
      return ((Value.LongValue) getValue(column)).value();
    }

    @Override
    public double getDouble(int column) {
      return ((Value.DoubleValue) getValue(column)).value();
    }

    @Override
    public void appendText(int column, TextBuffer out) {
      switch (getValue(column)) {
        case Value.StringValue s -> out.append(s.bytes());
        case Value other -> out.appendAscii(other.toString());
      }
    }

    @Override
    public long affectedRows() {
      return 7;
    }

    @Override
    public long lastInsertId() {
      return 300;
    }

    @Override
    public String info() {
      return "Records: 1";
    }

    @Override
    public int warningCount() {
      return 3;
    }

    @Override
    public void close() {}
  }

  private static final class FakeRows extends FakeResult {
    static final List<Column> COLUMNS =
        List.of(
            new Column("n", "n", "t", "t", "s", DataType.INT, false, 0),
            new Column(
                "text",
                "text",
                "t",
                "t",
                "s",
                DataType.varchar(100, Collations.UTF8MB4_0900_AI_CI),
                true,
                0));

    private final FakeSession session;
    private final int count;
    private final Value text;
    private int row;

    FakeRows(FakeSession session, int count, int bytes) {
      this.session = session;
      this.count = count;
      text = text("x".repeat(bytes));
    }

    @Override
    public List<Column> columns() {
      return COLUMNS;
    }

    @Override
    public boolean next() {
      if (session.isKilled) {
        throw MySqlError.ER_QUERY_INTERRUPTED.exception();
      }
      return row++ < count;
    }

    @Override
    public Value getValue(int column) {
      return column == 0 ? Value.of(row) : text;
    }

    @Override
    public void appendText(int column, TextBuffer out) {
      if (column == 0) {
        out.appendLong(row);
      } else {
        super.appendText(column, out);
      }
    }
  }

  private static final class FakeValues extends FakeResult {
    private final List<Value> values;
    private boolean isDone;

    FakeValues(List<Value> values) {
      this.values = values;
    }

    @Override
    public List<Column> columns() {
      return values.stream().map(FakeValues::column).toList();
    }

    private static Column column(Value value) {
      DataType type =
          switch (value) {
            case Value.LongValue l -> l.unsigned() ? DataType.UNSIGNED_BIGINT : DataType.BIGINT;
            case Value.DoubleValue ignored -> DataType.DOUBLE;
            case Value.TemporalValue t -> DataType.of(t.kind(), 20);
            case Value.StringValue s ->
                s.collation().equals(Collations.BINARY)
                    ? DataType.of(TypeKind.BLOB, 65535)
                    : DataType.varchar(100, s.collation());
            case Value.NullValue ignored -> DataType.NULL;
            case Value.DecimalValue ignored -> DataType.decimal(65, 30, false);
            case Value.JsonValue ignored -> DataType.JSON;
          };
      return new Column("v", "", "", "", "", type, true, 0);
    }

    @Override
    public boolean next() {
      boolean first = !isDone;
      isDone = true;
      return first;
    }

    @Override
    public Value getValue(int column) {
      return values.get(column);
    }

    @Override
    public void appendText(int column, TextBuffer out) {
      if (getValue(column) instanceof Value.DecimalValue d) {
        out.appendAscii(d.value().toPlainString());
      } else {
        super.appendText(column, out);
      }
    }
  }
}
