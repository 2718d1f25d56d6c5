package io.vaquita.session;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.expression.SqlMode;
import io.vaquita.expression.StatementContext;
import io.vaquita.expression.UserLocks;
import io.vaquita.value.Collation;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import java.time.ZoneId;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the running statement's expressions see of the session. One object a session, made ready for each statement by {@link
 * #begin}. Confined to the session's thread, except for {@link #isKilled}.
 */
final class SessionContext implements StatementContext {
  /**
   * Warnings of expressions that are errors in strict mode wherever they arise in a statement that changes data, in its WHERE too: who
   * compares a string with a number by mistake shall not delete all rows whose strings are no numbers (MySQL manual, "Server SQL Modes").
   */
  private static final Set<Integer> STRICT_ERRORS =
      Stream.of(
              MySqlError.ER_TRUNCATED_WRONG_VALUE,
              MySqlError.ER_WRONG_VALUE_FOR_TYPE,
              MySqlError.ER_WARN_DATA_OUT_OF_RANGE,
              MySqlError.ER_DATETIME_FUNCTION_OVERFLOW,
              MySqlError.ER_CUT_VALUE_GROUP_CONCAT,
              MySqlError.ER_WARN_ALLOWED_PACKET_OVERFLOWED,
              MySqlError.ER_INVALID_ARGUMENT_FOR_LOGARITHM,
              MySqlError.ER_INVALID_JSON_VALUE_FOR_CAST)
          .map(MySqlError::number)
          .collect(Collectors.toUnmodifiableSet());

  private final EngineSession session;
  private final SplittableRandom random;

  private long statementMicros;
  private boolean dataChange;
  private boolean ignore;
  private long deadlineNanos;
  private @Nullable IdentityHashMap<Object, Object> states;
  private final RunQueue.Turn turn;
  private final BooleanSupplier isKilled = this::isKilled;

  SessionContext(EngineSession session) {
    this.session = session;
    this.turn = session.engine().runQueue().newTurn();
    this.random = new SplittableRandom(session.engine().environment().random().nextLong());
  }

  /** A new statement: its time, and nothing remembered of the one before. */
  void begin() {
    takeTime();
    dataChange = false;
    ignore = false;
    deadlineNanos = 0;
    states = null;
    turn.begin();
  }

  /** The statement's time is now, or what SET timestamp says. */
  void takeTime() {
    double fixed = session.fixedTimestamp();
    statementMicros = fixed > 0 ? Math.round(fixed * 1_000_000) : currentMicros();
  }

  /** The statement is over. */
  void end() {
    turn.end();
  }

  /** The statement waits for its client, and others may compute. */
  void pause() {
    turn.pause();
  }

  /** INSERT, UPDATE and their like, with or without IGNORE. */
  void changesData(boolean isIgnore) {
    dataChange = true;
    ignore = isIgnore;
  }

  /** max_execution_time of a SELECT; 0: none. */
  void limitTime(long millis) {
    deadlineNanos =
        millis <= 0
            ? 0
            : session.engine().environment().clock().monotonicNanos() + millis * 1_000_000;
    if (deadlineNanos != 0) {
      session.owner().executionDeadline(deadlineNanos);
    }
  }

  @Override
  public long sqlMode() {
    return session.variables().sqlMode();
  }

  @Override
  public ZoneId timeZone() {
    return session.variables().timeZone();
  }

  @Override
  public long statementMicros() {
    return statementMicros;
  }

  @Override
  public long currentMicros() {
    return session.engine().environment().clock().wallMicros();
  }

  @Override
  public @Nullable Slice loadFile(String name) {
    return new ServerFiles(session.engine())
        .load(name, session.currentSchema(), session.variables().getLong("max_allowed_packet"));
  }

  @Override
  public boolean isStrict() {
    long mode = sqlMode();
    boolean strict =
        SqlMode.STRICT_TRANS_TABLES.isSet(mode) || SqlMode.STRICT_ALL_TABLES.isSet(mode);
    return strict && dataChange && !ignore;
  }

  @Override
  public boolean isDataChange() {
    return dataChange;
  }

  @Override
  public void warn(Level level, int number, String message) {
    if (level == Level.NOTE && !session.variables().isOn("sql_notes")) {
      return;
    }
    if (level == Level.WARNING && STRICT_ERRORS.contains(number) && isStrict()) {
      throw new DatabaseException(number, MySqlError.sqlStateOf(number), message, null);
    }
    session.diagnostics().warn(level, number, message);
  }

  @Override
  public void checkKilled() {
    turn.check(isKilled);
    if (session.isInterrupted()) {
      throw MySqlError.ER_QUERY_INTERRUPTED.exception();
    }
    if (isLate()) {
      throw MySqlError.ER_QUERY_TIMEOUT.exception();
    }
  }

  private boolean isLate() {
    return deadlineNanos != 0
        && session.engine().environment().clock().monotonicNanos() - deadlineNanos > 0;
  }

  @Override
  public boolean isKilled() {
    return session.isInterrupted() || isLate();
  }

  /** Nanoseconds of {@link io.vaquita.environment.Clock#monotonicNanos} at which the statement must end; 0: never. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public String showState(String state) {
    String before = session.activity().state();
    session.setState(state);
    return before;
  }

  @Override
  public boolean sleep(long micros, String state) {
    return session.sleep(micros, state, deadlineNanos);
  }

  @Override
  public Value userVariable(String name) {
    return session.userVariables().get(name);
  }

  @Override
  public void setUserVariable(String name, Value value) {
    session.userVariables().set(name, value);
  }

  @Override
  public Value systemVariable(@Nullable String scope, String name) {
    return session.systemValues().get(scope, name);
  }

  @Override
  public long connectionId() {
    return session.id();
  }

  @Override
  public String user() {
    return session.user();
  }

  @Override
  public String currentUser() {
    return session.account();
  }

  @Override
  public @Nullable String currentSchema() {
    return session.currentSchema();
  }

  @Override
  public Collation connectionCollation() {
    return session.variables().connectionCollation();
  }

  @Override
  public long lastInsertId() {
    return session.lastInsertId();
  }

  @Override
  public void setLastInsertId(long value) {
    session.setLastInsertIdByFunction(value);
  }

  @Override
  public void forgetInsertId() {
    session.variables().set("insert_id", Value.of(0));
  }

  @Override
  public long foundRows() {
    return session.foundRows();
  }

  @Override
  public long rowCount() {
    return session.rowCount();
  }

  @Override
  public int divPrecisionIncrement() {
    return (int) session.variables().getLong("div_precision_increment");
  }

  @Override
  public long groupConcatMaxLength() {
    return session.variables().getLong("group_concat_max_len");
  }

  @Override
  public long maxAllowedPacket() {
    return session.variables().getLong("max_allowed_packet");
  }

  @Override
  public long nextRandom() {
    return random.nextLong();
  }

  @Override
  public UserLocks userLocks() {
    return session.userLocks();
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T state(Object expression, Supplier<T> initial) {
    if (states == null) {
      states = new IdentityHashMap<>();
    }
    Object state = states.get(expression);
    if (state == null) {
      state = initial.get();
      states.put(expression, state);
    }
    return (T) state;
  }
}
