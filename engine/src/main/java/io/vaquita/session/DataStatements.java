package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.executor.ChangeExecution;
import io.vaquita.executor.ChangeResult;
import io.vaquita.executor.ExecutionContext;
import io.vaquita.executor.QueryExecution;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Frame;
import io.vaquita.parser.Digest;
import io.vaquita.parser.ParsedStatement;
import io.vaquita.parser.Parser;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.planner.Planner;
import io.vaquita.planner.PlannerContext;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.QueryPlan;
import io.vaquita.transaction.IsolationLevel;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.SqlText;
import io.vaquita.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plans and runs statements that read or change rows. Confined to the session's thread. */
final class DataStatements {
  static final Value[] NO_PARAMETERS = new Value[0];
  private static final int TABLELESS_KEY_LENGTH_MAX = 512;

  private final EngineSession session;
  private boolean warnsOfHints = true;

  /** The query that ran last, and its columns. */
  private @Nullable QueryPlan lastQuery;

  private List<Result.Column> lastColumns = List.of();

  DataStatements(EngineSession session) {
    this.session = session;
  }

  /** A statement text whose literals were taken out. */
  record CachedStatement(Digest digest, PlanCache.Key key, Value[] literals) {}

  /** The cacheable form of a text, or null where it must be parsed as it is. */
  @Nullable CachedStatement find(String sql) {
    if (!session.temporaryTables().isEmpty()
        || session.variables().isGuarded()
        || sql.indexOf('@') >= 0) {
      // temporary tables hide others in this session only, variables' types differ from run to
      // run, and limits of this session are in no plan
      return null;
    }
    Digest digest = Digest.of(sql, 0, session.variables().sqlMode());
    if (digest == null || digest.next() >= 0) {
      return null;
    }
    Value[] literals = new Value[digest.count()];
    for (int i = 0; i < literals.length; i++) {
      literals[i] = literal(digest, i);
    }
    PlanCache.Key key =
        new PlanCache.Key(
            digest.key(),
            session.currentSchema(),
            session.variables().sqlMode(),
            session.variables().connectionCollation(),
            session.variables().timeZone(),
            session.context().divPrecisionIncrement());
    return new CachedStatement(digest, key, literals);
  }

  private Value literal(Digest digest, int index) {
    return switch (digest.kind(index)) {
      case INTEGER -> Value.of(digest.longValue(index));
      case UNSIGNED -> Value.ofUnsigned(digest.longValue(index));
      case DECIMAL -> Value.of(digest.decimalValue(index));
      case DOUBLE -> Value.of(digest.doubleValue(index));
      case STRING ->
          new Value.StringValue(
              Slice.of(SqlText.encode(digest.stringValue(index))),
              session.variables().connectionCollation());
    };
  }

  Result run(CachedStatement cached, String sql) {
    session.diagnostics().clear();
    PlanCache plans = session.engine().plans();
    PlanCache.Entry entry = plans.get(cached.key());
    if (entry != null && fits(entry)) {
      session.status().command(CommandNames.of(entry.plan));
      session.engine().counters().planCacheHits.increment();
      if (entry.valuesMatter()) {
        return runByValues(sql);
      }
      session.runner().changesBeginAt(session.transactions().forStatement().savepoint());
      if (session.metadata().lock(entry.plan)) {
        return run(entry.plan, cached.literals());
      }
    }
    session.engine().counters().planCacheMisses.increment();
    ParsedStatement parsed = Parser.parse(sql, cached.digest(), session.variables().sqlMode());
    DataStatement statement = (DataStatement) parsed.syntax();
    session.status().command(CommandNames.of(statement));
    Plan plan = planLocked(statement, cached.literals());
    if (isShared(plan, cached)) {
      PlanCache.Entry made = entry(plan);
      plans.put(cached.key(), made);
      if (made.valuesMatter()) {
        return runByValues(sql);
      }
    }
    return result(statement, run(plan, cached.literals()));
  }

  private boolean isShared(Plan plan, CachedStatement statement) {
    // what was warned of while constants were folded must be warned of again, so it is planned
    // again
    boolean isQuiet = session.diagnostics().count() == 0;
    // without a table a plan costs little, so long texts (mostly literals of a SELECT list) do not
    // pay
    boolean pays =
        !plan.shape().tables().isEmpty()
            || statement.key().digest().length() <= TABLELESS_KEY_LENGTH_MAX;
    return isQuiet && pays && plan.shape().isReusable();
  }

  /** Reads so much that its literals' values are worth planning for. */
  private Result runByValues(String sql) {
    ParsedStatement parsed = Parser.parse(sql, session.variables().sqlMode());
    return run((DataStatement) parsed.syntax(), NO_PARAMETERS);
  }

  PlanCache.Entry entry(Plan plan) {
    return new PlanCache.Entry(plan, session.engine().catalog().snapshot().version(), rowsOf(plan));
  }

  boolean fits(PlanCache.Entry entry) {
    return entry.fits(
        session.engine().catalog().snapshot().version(),
        () -> session.metadata().isCurrent(entry.plan),
        () -> rowsOf(entry.plan));
  }

  /** Rows of all tables of a plan together. */
  private double rowsOf(Plan plan) {
    CatalogSnapshot catalog = session.engine().catalog().snapshot();
    double rows = 0;
    for (Plan.UsedTable used : plan.shape().tables()) {
      if (catalog.relation(used.schema(), used.name()) instanceof TableDefinition table) {
        rows += session.statistics().rowCount(table);
      }
    }
    return rows;
  }

  /** DO computes and shows nothing. */
  Result result(DataStatement statement, Result result) {
    if (!(statement instanceof DataStatement.DoStatement)) {
      return result;
    }
    try (result) {
      while (result.next()) {
        for (int i = 0; i < result.columns().size(); i++) {
          var _ = result.getValue(i);
        }
      }
    }
    return session.runner().ok();
  }

  Result run(DataStatement statement, Value[] parameters) {
    if (statement instanceof DataStatement.ExplainStatement explain) {
      return new ExplainStatements(session).run(explain, parameters);
    }
    if (statement instanceof DataStatement.ExplainConnection explain) {
      return new ExplainStatements(session).run(explain);
    }
    if (statement instanceof DataStatement.LoadDataStatement load) {
      return new LoadData(session, load).run();
    }
    return result(statement, run(planLocked(statement, parameters), parameters));
  }

  /** A plan whose tables are locked, so that it stays true until the transaction ends. */
  Plan planLocked(DataStatement statement, Value[] parameters) {
    List<DataType> types = typesOf(parameters);
    return locked(() -> plan(statement, types));
  }

  /** What {@code planning} gives once its tables are locked; planned again when they changed before. */
  Plan locked(Supplier<Plan> planning) {
    while (true) {
      Plan plan = planning.get();
      if (plan.shape().tables().isEmpty()) {
        return plan;
      }
      session.runner().changesBeginAt(session.transactions().forStatement().savepoint());
      if (session.metadata().lock(plan)) {
        return plan;
      }
    }
  }

  Plan plan(DataStatement statement, List<DataType> parameterTypes) {
    return planned(catalog -> plan(statement, parameterTypes, catalog));
  }

  /** What {@code planning} gives for the newest catalog; once more for a table that somebody was still making. */
  Plan planned(Function<CatalogSnapshot, Plan> planning) {
    CatalogSnapshot catalog = session.engine().catalog().snapshot();
    while (true) {
      try {
        return planning.apply(catalog);
      } catch (DatabaseException e) {
        CatalogSnapshot newest = session.metadata().madeMeanwhile(e, catalog);
        if (newest == null) {
          throw e;
        }
        catalog = newest;
      }
    }
  }

  /** For what no cache has: the one place where the process list's words cost something. */
  Plan plan(DataStatement statement, List<DataType> parameterTypes, CatalogSnapshot catalog) {
    session.setState("Opening tables");
    DataStatement planned =
        session.variables().isGuarded()
            ? SafetySettings.limited(statement, session.variables())
            : statement;
    return Planner.plan(planned, context(parameterTypes, catalog));
  }

  /** Names in hints that are not there are to be warned of, or were when the statement was prepared. */
  void setWarnsOfHints(boolean warns) {
    warnsOfHints = warns;
  }

  PlannerContext context(List<DataType> parameterTypes, CatalogSnapshot catalog) {
    return new PlannerContext(
        catalog,
        BindSettings.of(session.context()),
        session.context(),
        session.temporaryTables(),
        parameterTypes,
        session.systemValues(),
        session.statistics(),
        warnsOfHints);
  }

  static List<DataType> typesOf(Value[] parameters) {
    List<DataType> types = new ArrayList<>(parameters.length);
    for (Value value : parameters) {
      types.add(SystemValues.typeOf(value));
    }
    return types;
  }

  /** Runs a plan in the session's transaction. */
  Result run(Plan plan, Value[] parameters) {
    if (session.variables().isGuarded()) {
      SafetySettings.check(plan, session.variables());
    }
    if (session.metadata().isWrite(plan)) {
      session.transactions().checkWritable();
    }
    Transaction transaction = session.transactions().forStatement();
    session.metadata().checkDefinitions(plan, transaction);
    transaction.beginStatement();
    session.runner().changesBeginAt(transaction.savepoint());
    session.setState(state(plan));
    ExecutionContext context = executionContext(transaction, session.engine().catalog().snapshot());
    return switch (plan) {
      case QueryPlan query -> query(query, parameters, context);
      case Plan.InsertPlan insert -> change(insert, insert.ignore(), parameters, context);
      case Plan.UpdatePlan update -> change(update, update.ignore(), parameters, context);
      case Plan.DeletePlan delete -> change(delete, delete.ignore(), parameters, context);
    };
  }

  /** The process list's word for what the statement does, row lock waits included. */
  private static String state(Plan plan) {
    return switch (plan) {
      case QueryPlan query -> "executing";
      case Plan.InsertPlan insert ->
          insert.source() instanceof PhysicalNode.ValuesScan ? "update" : "executing";
      case Plan.UpdatePlan update -> "updating";
      case Plan.DeletePlan delete -> "updating";
    };
  }

  ExecutionContext executionContext(Transaction transaction, CatalogSnapshot catalog) {
    Engine engine = session.engine();
    return new ExecutionContext(
        session.context(),
        transaction,
        engine.tables(),
        catalog,
        session.virtualRows(),
        engine.environment(),
        engine.temporaryDirectory(),
        transaction.isolationLevel() == IsolationLevel.SERIALIZABLE
            && session.transactions().isMultiStatement(),
        session.variables().getLong("operator_memory_size"),
        session.status().rows);
  }

  private Result query(QueryPlan plan, Value[] parameters, ExecutionContext context) {
    session.status().lastQueryCost = plan.shape().cost();
    session
        .context()
        .limitTime(
            plan.maxExecutionMillis() > 0
                ? plan.maxExecutionMillis()
                : session.variables().getLong("max_execution_time"));
    OutFile file = plan.outFile() == null ? null : new OutFile(session, plan.outFile());
    Path place = file == null ? null : file.place();
    QueryExecution query = QueryExecution.open(plan, parameters, context);
    RowsResult rows = rows(query, plan);
    if (file != null && place != null) {
      return file.write(rows, place);
    }
    return plan.intoVariables().isEmpty() ? rows : into(rows, plan.intoVariables());
  }

  /** The same list again when a query is repeated, so that whoever sent its columns before knows them. */
  private List<Result.Column> columns(QueryPlan plan) {
    if (lastQuery != plan) {
      lastColumns = List.copyOf(RowsResult.columns(plan.outputs()));
      lastQuery = plan;
    }
    return lastColumns;
  }

  /** The rows of a query that has begun, for the client. */
  RowsResult rows(QueryExecution query, QueryPlan plan) {
    return new RowsResult(query, columns(plan), session.diagnostics(), new Ending(plan));
  }

  /** The end of a query's statement. */
  private final class Ending implements RowsResult.Ending {
    private final QueryPlan plan;

    Ending(QueryPlan plan) {
      this.plan = plan;
    }

    /**
     * SLEEP() that was interrupted returns, and fails the statement only where it stands in a row that was read from somewhere; but a killed
     * connection is never told of a success.
     */
    @Override
    public void lastRow() {
      if (session.isKilled() || session.context().isKilled() && !isOneRowOfItsOwn(plan.root())) {
        session.context().checkKilled();
      }
    }

    /** Of a query without FROM, or what an aggregation without groups makes once all is read: as MySQL, which looks after each row read. */
    private static boolean isOneRowOfItsOwn(PhysicalNode root) {
      PhysicalNode node = root;
      while (node instanceof PhysicalNode.Limit limit) {
        node = limit.input();
      }
      return node instanceof PhysicalNode.SingleRow
          || node instanceof PhysicalNode.Aggregation all && all.groupBy().isEmpty();
    }

    @Override
    public void succeeded(QueryExecution query) {
      session.setFoundRows(plan.calculatesFoundRows() ? query.foundRows() : query.rowCount());
      session.setRowCount(-1);
      session.transactions().endStatement();
      session.setActivity("Sleep", "", null);
    }

    @Override
    public DatabaseException failed(RuntimeException error) {
      return session.runner().failed(error);
    }
  }

  /** SELECT … INTO @a, @b: one row at most. */
  private Result into(RowsResult rows, List<String> variables) {
    try (rows) {
      if (rows.columns().size() != variables.size()) {
        throw MySqlError.ER_WRONG_NUMBER_OF_COLUMNS_IN_SELECT.exception();
      }
      if (!rows.next()) {
        session.context().warn(MySqlError.ER_SP_FETCH_NO_DATA);
        return session.runner().ok();
      }
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < variables.size(); i++) {
        values.add(rows.isNull(i) ? Value.NullValue.NULL : rows.getValue(i));
      }
      if (rows.next()) {
        throw MySqlError.ER_TOO_MANY_ROWS.exception();
      }
      for (int i = 0; i < variables.size(); i++) {
        session.userVariables().set(variables.get(i), values.get(i));
      }
      return session.runner().ok(1, 0, "");
    }
  }

  private Result change(Plan plan, boolean ignore, Value[] parameters, ExecutionContext context) {
    session.context().changesData(ignore);
    ChangeResult result = ChangeExecution.run(plan, parameters, context);
    return changed(result);
  }

  /** The end of a statement that changed rows. */
  Result changed(ChangeResult result) {
    // SLEEP() only returns when it is interrupted: what a killed or late statement did must not
    // last
    session.context().checkKilled();
    session.transactions().endStatement();
    long byFunction = session.runner().insertIdByFunction();
    if (result.generatedId() != 0) {
      session.setLastInsertId(result.generatedId());
    }
    long insertId = byFunction != 0 ? byFunction : result.insertId();
    long affected =
        session.runner().countsFoundRows() ? result.matchedRows() : result.affectedRows();
    String info =
        result.info().isEmpty()
            ? ""
            : result.info() + "  Warnings: " + session.diagnostics().count();
    return session.runner().ok(affected, insertId, info);
  }

  PreparedStatement prepare(String sql, ParsedStatement parsed) {
    return new PreparedStatement(session, sql, parsed);
  }

  /** Evaluates an expression that stands alone; subqueries in it are run as a query of one row would. */
  Value evaluate(ExpressionSyntax expression) {
    QuerySyntax.Select select =
        QuerySyntax.Select.of(
            List.of(new QuerySyntax.SelectItem(expression, null, "")), null, null);
    QueryPlan plan = (QueryPlan) plan(new DataStatement.SelectStatement(select), List.of());
    if (plan.shape().subqueries().isEmpty()) {
      Frame frame = new Frame(plan.shape().slots(), NO_PARAMETERS, 0, session.context());
      return plan.outputs().getFirst().expression().evaluate(frame);
    }
    Transaction transaction = session.transactions().forStatement();
    transaction.beginStatement();
    try (QueryExecution query =
        QueryExecution.open(
            plan,
            NO_PARAMETERS,
            executionContext(transaction, session.engine().catalog().snapshot()))) {
      query.next();
      return query.isNull(0) ? Value.NullValue.NULL : query.getValue(0);
    } finally {
      session.transactions().endStatement();
    }
  }

  static Value[] toArray(List<Value> values) {
    return values.isEmpty() ? NO_PARAMETERS : values.toArray(new Value[0]);
  }

  /** Whether values have these types: most of the time the same objects. */
  static boolean areOfTypes(Value[] values, List<DataType> types) {
    if (values.length != types.size()) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if (!SystemValues.typeOf(values[i]).equals(types.get(i))) {
        return false;
      }
    }
    return true;
  }
}
