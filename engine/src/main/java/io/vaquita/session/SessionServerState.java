package io.vaquita.session;

import io.vaquita.Frontend;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.introspection.ServerState;
import io.vaquita.parser.Parser;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.QueryPlan;
import io.vaquita.session.variable.SessionVariables;
import io.vaquita.session.variable.SystemVariable;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.temporal.TimeZones;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one session may see of the server in virtual tables. Confined to the session's thread. */
final class SessionServerState implements ServerState {
  private final EngineSession session;
  private final Engine engine;

  SessionServerState(EngineSession session) {
    this.session = session;
    this.engine = session.engine();
  }

  @Override
  public CatalogSnapshot catalog() {
    return engine.catalog().snapshot();
  }

  @Override
  public long rowCount(TableDefinition table) {
    return engine.store().entryCount(table.clustered().tree());
  }

  @Override
  public List<ColumnDefinition> viewColumns(ViewDefinition view) {
    try {
      QueryPlan plan =
          (QueryPlan)
              session
                  .runner()
                  .data()
                  .plan(
                      new DataStatement.SelectStatement(Parser.parseQuery(view.sql(), 0)),
                      List.of());
      List<ColumnDefinition> columns = new ArrayList<>();
      for (int i = 0; i < plan.outputs().size(); i++) {
        OutputColumn output = plan.outputs().get(i);
        columns.add(
            new ColumnDefinition(
                view.columnNames().get(i),
                i,
                output.expression().type(),
                output.expression().isNullable(),
                new ColumnDefinition.Default.None(),
                false,
                false,
                null,
                false,
                ""));
      }
      return columns;
    } catch (DatabaseException e) {
      // as MySQL: a view over what is gone has no columns, and using it tells why
      return List.of();
    }
  }

  @Override
  public long nextAutoIncrement(TableDefinition table) {
    return engine.nextAutoIncrement(table);
  }

  @Override
  public List<ProcessEntry> processes() {
    Frontend frontend = engine.frontend();
    List<ProcessEntry> processes = new ArrayList<>();
    long now = engine.environment().clock().wallMicros();
    for (EngineSession each : engine.sessions().all()) {
      String waiting = waitingState(each, frontend);
      Activity activity = activity(each, waiting);
      processes.add(
          new ProcessEntry(
              each.id(),
              each.options().user(),
              each.options().clientAddress(),
              each.visibleSchema(),
              each.isKilled() ? "Killed" : activity.command(),
              Math.max(0, (now - activity.sinceMicros()) / 1_000_000),
              waiting != null ? waiting : activity.state(),
              activity.statement()));
    }
    if (frontend != null) {
      for (Frontend.Arrival arrival : frontend.arrivals()) {
        processes.add(
            new ProcessEntry(
                arrival.connectionId(),
                "unauthenticated user",
                arrival.host(),
                null,
                "Connect",
                arrival.seconds(),
                "Receiving from client",
                null));
      }
    }
    return processes;
  }

  /** What a session waits for; null when it computes or rests. */
  private static @Nullable String waitingState(EngineSession each, @Nullable Frontend frontend) {
    String waiting = each.owner().waitingState();
    if (waiting != null) {
      return waiting;
    }
    if (each.transactions().isCommitting()) {
      return TransactionScope.COMMIT_STATE;
    }
    return frontend == null ? null : frontend.socketState(each.id());
  }

  /** A statement that has ended, but whose last rows the client has yet to take, is still what its session does. */
  private static Activity activity(EngineSession each, @Nullable String waiting) {
    Activity activity = each.activity();
    if (!Frontend.SENDING.equals(waiting) || !activity.command().equals("Sleep")) {
      return activity;
    }
    StatementEvent last = each.statements().statement();
    return last == null ? activity : new Activity(last.command, "", last.text, last.beganMicros);
  }

  @Override
  public List<TemporaryTableEntry> temporaryTables() {
    List<TemporaryTableEntry> entries = new ArrayList<>();
    for (EngineSession each : engine.sessions().all()) {
      for (TableDefinition table : each.temporaryTables().all()) {
        entries.add(new TemporaryTableEntry(each.id(), table.id(), table.columns().size()));
      }
    }
    return entries;
  }

  @Override
  public Map<String, String> variables(boolean global) {
    Map<String, String> values = new TreeMap<>();
    for (SystemVariable variable : SystemVariables.all()) {
      if (global && variable.hasGlobal()) {
        values.put(variable.name(), VariableValues.show(variable, engine.globals().get(variable)));
      } else if (!global) {
        values.put(
            variable.name(),
            VariableValues.show(variable, session.systemValues().get(null, variable.name())));
      }
    }
    return values;
  }

  @Override
  public Map<String, String> persistedVariables() {
    return engine.persisted().all();
  }

  @Override
  public Map<String, String> status(boolean global) {
    Map<String, String> values = new TreeMap<>();
    engine.counters().status(values::put);
    long[] all = engine.statusTotals().values(engine.sessions());
    StatusCounters.show(global ? all : session.status().sinceFlush(), values::put);
    values.put("Queries", Long.toString(all[StatusCounters.QUESTIONS]));
    values.put(
        "Last_query_cost",
        String.format(Locale.ROOT, "%.6f", global ? 0.0 : session.status().lastQueryCost));
    long now = engine.environment().clock().wallMicros();
    values.put("Uptime", Long.toString((now - engine.startedMicros()) / 1_000_000));
    values.put(
        "Uptime_since_flush_status",
        Long.toString((now - engine.statusFlushedMicros()) / 1_000_000));
    values.put("Threads_connected", Integer.toString(engine.sessions().count()));
    values.put("Innodb_deadlocks", Long.toString(engine.locks().deadlockCount()));
    // of a session without a socket; the server before the database knows better of the others
    values.put("Compression", "OFF");
    values.put("Compression_algorithm", "");
    values.put("Compression_level", "0");
    values.put("Ssl_cipher", "");
    values.put("Ssl_version", "");
    engine.statusSources().forEach(s -> s.status(values::put));
    Frontend frontend = engine.frontend();
    if (!global && frontend != null) {
      frontend.status(session.id(), values::put);
    }
    return values;
  }

  @Override
  public List<LockView> locks() {
    return new LockViews(engine).locks();
  }

  @Override
  public List<HeldView> heldLocks() {
    return engine.locks().held().stream().map(LockViews::view).toList();
  }

  @Override
  public List<LockWaitView> lockWaits() {
    return new LockViews(engine).waits();
  }

  @Override
  public List<DeadlockView> deadlocks() {
    return new LockViews(engine).deadlocks();
  }

  @Override
  public @Nullable ForeignKeyFailure foreignKeyFailure() {
    return engine.foreignKeyFailure();
  }

  @Override
  public long nextTransactionNumber() {
    return engine.transactionNumbers().get() + 1;
  }

  @Override
  public @Nullable StoreView store() {
    var now = engine.store().statistics();
    if (now.cacheBudgetBytes() == 0) {
      return null;
    }
    return new StoreView(
        engine.store().position(),
        now.checkpointPosition(),
        now.logSyncs(),
        now.cacheBudgetBytes(),
        now.cachedBytes(),
        now.dirtyBytes(),
        now.pagesRead(),
        now.pagesWritten());
  }

  @Override
  public List<TransactionView> transactions() {
    List<TransactionView> views = new ArrayList<>();
    for (EngineSession each : engine.sessions().all()) {
      TransactionScope scope = each.transactions();
      Transaction transaction = scope.visible();
      if (transaction != null && transaction.hasBegun()) {
        Activity activity = each.activity();
        StatementEvent event = each.statements().statement();
        Transaction.Operation operation = transaction.operation();
        SessionVariables settings = each.variables();
        views.add(
            new TransactionView(
                each.id(),
                scope.number(engine.transactionNumbers(), each.id()),
                scope.visibleStartMicros(),
                transaction.rowChanges(),
                transaction.isolationLevel().name().replace('_', ' '),
                transaction.isReadOnly(),
                each.owner().isBlocked(),
                activity.statement(),
                operation == null ? null : operation.label(),
                event == null ? 0 : event.number,
                settings.isOn("unique_checks"),
                settings.isOn("foreign_key_checks"),
                activity.statement() != null
                    && !scope.isMultiStatement()
                    && !transaction.hasChanges()));
      }
    }
    return views;
  }

  @Override
  public List<StatementView> statements(boolean history) {
    List<StatementView> views = new ArrayList<>();
    for (EngineSession each : engine.sessions().all()) {
      StatementEvent current = each.statements().statement();
      if (history) {
        each.statements().history().forEach(event -> views.add(view(each.id(), event)));
      } else if (current != null) {
        views.add(view(each.id(), current));
      }
    }
    return views;
  }

  private StatementView view(long connectionId, StatementEvent event) {
    long start = engine.startedMicros();
    long ended = event.endedMicros();
    Diagnostics.Condition error = ended == 0 ? null : event.error();
    return new StatementView(
        connectionId,
        event.number,
        event.command,
        event.text,
        event.schema,
        event.beganMicros - start,
        ended == 0 ? -1 : ended - start,
        nowMicros() - start,
        error == null ? 0 : error.number(),
        error == null ? null : error.sqlState(),
        error == null ? null : error.message(),
        ended == 0 ? 0 : event.warnings(),
        ended == 0 ? 0 : event.rowsAffected());
  }

  @Override
  public long nowMicros() {
    return engine.environment().clock().wallMicros();
  }

  @Override
  public long packedTime(long wallMicros) {
    return TimeZones.toDateTime(wallMicros, session.variables().timeZone());
  }

  @Override
  public Map<Long, Map<String, String>> connectAttributes() {
    Map<Long, Map<String, String>> all = new TreeMap<>();
    for (EngineSession each : engine.sessions().all()) {
      all.put(each.id(), new TreeMap<>(each.options().attributes()));
    }
    return all;
  }

  @Override
  public List<Map<String, @Nullable Object>> frontendRows(String schema, String table) {
    Frontend frontend = engine.frontend();
    if (frontend == null) {
      session
          .context()
          .warn(
              WarningSink.Level.NOTE,
              MySqlError.ER_UNKNOWN_ERROR.number(),
              "no server stands before this database, so there are no rows");
      return List.of();
    }
    Frontend.View view = frontend.view(schema, table);
    String notice = view.notice();
    if (notice != null) {
      session.context().warn(WarningSink.Level.NOTE, MySqlError.ER_UNKNOWN_ERROR.number(), notice);
    }
    return view.rows();
  }

  @Override
  public long connectionId() {
    return session.id();
  }

  @Override
  public String grantee() {
    return "'" + session.options().user() + "'@'" + session.options().host() + "'";
  }
}
