package io.vaquita.session;

import io.vaquita.ClientFiles;
import io.vaquita.ConnectOptions;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.MySqlError;
import io.vaquita.executor.VirtualTables;
import io.vaquita.expression.SqlMode;
import io.vaquita.expression.UserLocks;
import io.vaquita.introspection.VirtualRows;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.planner.TableStatistics;
import io.vaquita.session.variable.SessionVariables;
import io.vaquita.session.variable.SystemVariable;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.store.CommitPatience;
import io.vaquita.transaction.TemporaryStore;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection's state and its way into the engine. Confined to the session's thread, except for {@link #cancel}, {@link #kill},
 * {@link #activity} and what {@link OwnerInfo} answers.
 */
final class EngineSession implements Session {
  private static final int IN_TRANSACTION = 0x0001;
  private static final int AUTOCOMMIT = 0x0002;
  private static final int NO_BACKSLASH_ESCAPES = 0x0200;
  private static final int IN_READ_ONLY_TRANSACTION = 0x2000;

  private final Engine engine;
  private final long id;
  private final SessionVariables variables;
  private final UserVariables userVariables = new UserVariables();
  private final Diagnostics diagnostics;
  private final SystemValues systemValues = new SystemValues(this);
  private final TransactionScope transactions;
  private final TemporaryTableSet temporaryTables = new TemporaryTableSet();
  private final TemporaryStore temporaryStore;
  private final StoreStatistics temporaryStatistics;
  private final SessionLockInfo lockInfo = new SessionLockInfo(this);
  private final LockOwner owner;
  private final UserLocks userLocks;
  private final MetadataLocking metadata = new MetadataLocking(this);
  private final TableLocks tableLocks = new TableLocks(this);
  private final HandlerStatements handlers = new HandlerStatements(this);
  private final SessionContext context;
  private final StatementRunner runner;
  private final SessionActivity activity;
  private final SessionInterrupts interrupts;
  private final HintedVariables hinted = new HintedVariables(this);
  private final StatusCounters status = new StatusCounters();
  private final TrackedChanges tracked = new TrackedChanges();
  private final PreparedTexts preparedTexts = new PreparedTexts();

  private volatile ConnectOptions options;
  private volatile boolean closed;

  /** Written by the session's thread, read by the process lists of others. */
  private volatile @Nullable String currentSchema;

  private @Nullable ClientFiles clientFiles;
  private long lastInsertId;
  private long foundRows;
  private long rowCount;
  private double fixedTimestamp;
  private long variablesVersion;

  EngineSession(Engine engine, long id, ConnectOptions options) {
    this.engine = engine;
    this.id = id;
    this.options = options;
    this.variables = new SessionVariables(engine.globals());
    this.diagnostics = new Diagnostics(() -> variables.getLong("max_error_count"));
    this.owner = engine.locks().newOwner(id, lockInfo);
    this.interrupts =
        new SessionInterrupts(
            engine.environment().clock(),
            owner,
            () -> variables.getLong("lock_wait_timeout") * 1000);
    this.activity = new SessionActivity(engine.environment().clock());
    this.userLocks = new SessionUserLocks(this);
    this.temporaryStore = new TemporaryStore(engine.store());
    this.temporaryStatistics = new StoreStatistics(temporaryStore::snapshot, engine.tables());
    this.transactions =
        new TransactionScope(
            engine.transactions(),
            owner,
            variables,
            engine.globals(),
            temporaryStore,
            interrupts.commitPatience(),
            () -> activity.now().sinceMicros(),
            status.rows);
    this.context = new SessionContext(this);
    this.runner = new StatementRunner(this);
    start(options);
  }

  private void start(ConnectOptions options) {
    Collation collation = Collations.byId(options.collationId());
    if (collation != null && isForClients(collation)) {
      Value set = SystemVariables.text(collation.characterSet().name());
      variables.set("character_set_client", set);
      variables.set("character_set_results", set);
      variables.set("character_set_connection", set);
      variables.set("collation_connection", SystemVariables.text(collation.name()));
    }
    if (options.interactive()) {
      variables.set("wait_timeout", variables.get("interactive_timeout"));
    }
    String schema = options.schema();
    if (schema != null && !schema.isEmpty()) {
      useSchema(schema);
    }
    tracked.clear();
  }

  private static boolean isForClients(Collation collation) {
    return switch (collation.characterSet().name()) {
      case "ucs2", "utf16", "utf16le", "utf32" -> false;
      default -> true;
    };
  }

  // ---- what the statement's parts ask for

  Engine engine() {
    return engine;
  }

  SessionVariables variables() {
    return variables;
  }

  UserVariables userVariables() {
    return userVariables;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  SystemValues systemValues() {
    return systemValues;
  }

  TransactionScope transactions() {
    return transactions;
  }

  /** What is committed of the session's temporary tables. */
  TemporaryStore temporaryStore() {
    return temporaryStore;
  }

  /** Commits of this session wait for their turn until KILL, or for lock_wait_timeout. */
  CommitPatience commitPatience() {
    return interrupts.commitPatience();
  }

  /** Amounts of rows, of temporary tables too. */
  TableStatistics statistics() {
    return temporaryTables.isEmpty()
        ? engine.statistics()
        : new SessionStatistics(engine.statistics(), temporaryStatistics);
  }

  TemporaryTableSet temporaryTables() {
    return temporaryTables;
  }

  LockOwner owner() {
    return owner;
  }

  UserLocks userLocks() {
    return userLocks;
  }

  TableLocks tableLocks() {
    return tableLocks;
  }

  HandlerStatements handlers() {
    return handlers;
  }

  MetadataLocking metadata() {
    return metadata;
  }

  SessionContext context() {
    return context;
  }

  /** The rows of information_schema and its like, as this session may see them. */
  VirtualTables virtualRows() {
    VirtualRows rows = new VirtualRows(new SessionServerState(this));
    return rows::rows;
  }

  StatusCounters status() {
    return status;
  }

  HintedVariables hinted() {
    return hinted;
  }

  StatementRunner runner() {
    return runner;
  }

  ConnectOptions options() {
    return options;
  }

  Activity activity() {
    return activity.now();
  }

  SessionActivity statements() {
    return activity;
  }

  void setActivity(String command, String state, @Nullable String statement) {
    if (command.equals("Sleep") && statement == null) {
      context.end();
      hinted.restore();
      if (activity.end(diagnostics, rowCount) > variables.longQueryMicros()) {
        status.slowQueries++;
      }
    } else {
      activity.begin(command, state, statement, currentSchema);
    }
  }

  /** The same command in another state: what a statement waits for. */
  void setState(String state) {
    activity.setState(state);
  }

  Value evaluate(ExpressionSyntax expression) {
    return runner.evaluate(expression);
  }

  void setVariable(SystemVariable variable, Value value) {
    variables.set(variable, value);
    variablesChanged();
    tracked.changed(variable, value, variables.getText("session_track_system_variables"));
  }

  /** Plans that hang on variables are to be made anew. */
  void variablesChanged() {
    variablesVersion++;
  }

  long lastInsertId() {
    return lastInsertId;
  }

  void setLastInsertId(long value) {
    lastInsertId = value;
  }

  /** LAST_INSERT_ID(expr): also the OK packet's last_insert_id. */
  void setLastInsertIdByFunction(long value) {
    lastInsertId = value;
    runner.insertIdByFunction(value);
  }

  long foundRows() {
    return foundRows;
  }

  void setFoundRows(long value) {
    foundRows = value;
  }

  long rowCount() {
    return rowCount;
  }

  void setRowCount(long value) {
    rowCount = value;
  }

  /** SET timestamp, in seconds; 0: the clock. */
  double fixedTimestamp() {
    return fixedTimestamp;
  }

  void fixTimestamp(double seconds) {
    fixedTimestamp = seconds;
  }

  String user() {
    ConnectOptions o = options;
    return o.user() + "@" + o.host();
  }

  String account() {
    return user();
  }

  /** The statement that runs, or the last one that did; any thread may ask. */
  @Nullable String statement() {
    return activity.now().statement();
  }

  /** What its transaction is and does, as reports of locks show it. */
  OwnerInfo.@Nullable Work work() {
    return lockInfo.work();
  }

  // ---- KILL and waiting

  /** Forgets a KILL QUERY that came while nothing ran. */
  void beginInterruptible() {
    interrupts.beginStatement();
  }

  @Override
  public boolean isInterrupted() {
    return interrupts.isInterrupted();
  }

  @Override
  public boolean isBlocked() {
    return owner.isBlocked();
  }

  /** Parks for at most so long; false when KILL or the time limit ended it. A caller's thread that is interrupted is a KILL QUERY, as in a wait for a lock. */
  boolean sleep(long micros, String state, long deadlineNanos) {
    String before = activity.now().state();
    setState(state);
    if (!interrupts.sleep(micros, deadlineNanos)) {
      cancel();
    }
    setState(before);
    return !context.isKilled();
  }

  @Override
  public void awaitsClient() {
    context.pause();
  }

  @Override
  public void cancel() {
    interrupts.cancel();
  }

  @Override
  public void kill() {
    interrupts.kill();
    options.onKill().run();
  }

  @Override
  public boolean isKilled() {
    return interrupts.isKilled();
  }

  @Override
  public void warn(int number, String message) {
    diagnostics.post(number, message);
  }

  @Override
  public String lastStatement() {
    return activity.lastStatement();
  }

  // ---- Session

  @Override
  public long id() {
    return id;
  }

  @Override
  public Result execute(String sql) {
    return runner.execute(sql);
  }

  @Override
  public boolean hasNext() {
    return runner.hasNext();
  }

  @Override
  public Result executeNext() {
    return runner.executeNext();
  }

  @Override
  public void allowMultiStatements(boolean allowed) {
    runner.allowMultiStatements(allowed);
  }

  @Override
  public void countFoundRows(boolean matched) {
    runner.countFoundRows(matched);
  }

  @Override
  public void clientFiles(@Nullable ClientFiles files) {
    clientFiles = files;
  }

  @Nullable ClientFiles clientFiles() {
    return clientFiles;
  }

  @Override
  public Result execute(String sql, @Nullable Object... parameters) {
    return preparedTexts.get(sql, variables.sqlMode(), this::prepare).execute(parameters);
  }

  /** Takes Java's values as parameters, by this session's settings. */
  JavaParameters javaParameters() {
    return new JavaParameters(variables.connectionCollation(), variables.timeZone());
  }

  @Override
  public Prepared prepare(String sql) {
    return runner.prepare(sql);
  }

  @Override
  public void useSchema(String name) {
    if (name.isEmpty()) {
      throw MySqlError.ER_NO_DB_ERROR.exception();
    }
    var schema = engine.catalog().snapshot().schema(name);
    if (schema == null) {
      throw MySqlError.ER_BAD_DB_ERROR.exception(name);
    }
    setCurrentSchema(schema.name());
  }

  void setCurrentSchema(@Nullable String name) {
    currentSchema = name;
    tracked.schemaChanged(name);
  }

  @Override
  public @Nullable String currentSchema() {
    return currentSchema;
  }

  /** The current schema, for any thread. */
  @Nullable String visibleSchema() {
    return currentSchema;
  }

  @Override
  public int statusFlags() {
    int flags = variables.autocommit() ? AUTOCOMMIT : 0;
    if (transactions.isOpen()) {
      flags |= IN_TRANSACTION;
      if (transactions.isReadOnlyOpen()) {
        flags |= IN_READ_ONLY_TRANSACTION;
      }
    }
    if (variables.isSet(SqlMode.NO_BACKSLASH_ESCAPES)) {
      flags |= NO_BACKSLASH_ESCAPES;
    }
    return flags;
  }

  @Override
  public Map<String, String> takeTrackedChanges() {
    return tracked.take();
  }

  @Override
  public String variable(String name) {
    SystemVariable variable = SystemVariables.find(name);
    return variable == null ? "" : VariableValues.text(systemValues.get(null, name));
  }

  @Override
  public long variablesVersion() {
    return variablesVersion;
  }

  @Override
  public void changeUser(ConnectOptions newOptions) {
    clean();
    options = newOptions;
    currentSchema = null;
    start(newOptions);
  }

  @Override
  public void reset() {
    clean();
  }

  /** What COM_RESET_CONNECTION and the end have in common. */
  private void clean() {
    runner.reset();
    preparedTexts.clear();
    handlers.forget();
    try {
      ReleaseStep.runAll(this);
    } finally {
      forgetSettings();
    }
  }

  private void forgetSettings() {
    userVariables.clear();
    diagnostics.clear();
    variables.reset();
    variablesVersion++;
    lastInsertId = 0;
    foundRows = 0;
    rowCount = 0;
    fixedTimestamp = 0;
    tracked.clear();
  }

  @Override
  public void setCommand(String command, String state) {
    setActivity(command, state, null);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      clean();
    } finally {
      engine.sessions().remove(this);
      engine.statusTotals().add(status);
    }
  }
}
