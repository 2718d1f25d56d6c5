package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.Session.Prepared;
import io.vaquita.error.MySqlError;
import io.vaquita.parser.ParsedStatement;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.StatementHints;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.QueryPlan;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement: its syntax tree, and the plan of its last run, which serves as long as catalog, settings and the types of the
 * parameters are the same. Confined to its session.
 */
final class PreparedStatement implements Prepared {
  private final EngineSession session;
  private final String sql;
  private final ParsedStatement parsed;
  private final List<Result.Column> columns;
  private final int command;

  /** Its SET_VAR hints; what they are warned of was told when it was prepared. */
  private final StatementHints settings;

  private PlanCache.@Nullable Entry planned;
  private List<DataType> plannedTypes = List.of();
  private long plannedVariables = -1;
  private @Nullable String plannedSchema;

  PreparedStatement(EngineSession session, String sql, ParsedStatement parsed) {
    this.session = session;
    this.sql = sql;
    this.parsed = parsed;
    this.columns = describe();
    this.command = CommandNames.of(parsed.syntax());
    this.settings =
        parsed.hints().isEmpty()
            ? StatementHints.NONE
            : new StatementHints(parsed.hints().settings(), List.of());
  }

  /** Plans once with parameters of unknown types, so that mistakes show at PREPARE and clients learn the columns. */
  private List<Result.Column> describe() {
    if (parsed.parameterCount() > 65535) {
      throw MySqlError.ER_PS_MANY_PARAM.exception();
    }
    return switch (parsed.syntax()) {
      case DataStatement.ExplainStatement explain -> List.of();
      case DataStatement.LoadDataStatement load -> throw MySqlError.ER_UNSUPPORTED_PS.exception();
      case DataStatement data -> {
        DataType unknown = DataType.varchar(65535 / 4, session.variables().connectionCollation());
        Plan first =
            session
                .runner()
                .data()
                .plan(data, Collections.nCopies(parsed.parameterCount(), unknown));
        yield first instanceof QueryPlan query
                && query.intoVariables().isEmpty()
                && query.outFile() == null
            ? RowsResult.columns(query.outputs())
            : List.of();
      }
      default -> List.of();
    };
  }

  String sql() {
    return sql;
  }

  @Override
  public int parameterCount() {
    return parsed.parameterCount();
  }

  @Override
  public List<Result.Column> columns() {
    return columns;
  }

  @Override
  public Result execute(@Nullable Object... parameters) {
    return execute(session.javaParameters().values(parameters));
  }

  @Override
  public Result execute(List<Value> parameters) {
    return execute(DataStatements.toArray(parameters));
  }

  private Result execute(Value[] parameters) {
    session.status().questions++;
    session.status().command(StatusCounters.STMT_EXECUTE);
    session.runner().begin(sql, "Execute");
    if (parameters.length != parsed.parameterCount()) {
      throw session.runner().failed(MySqlError.ER_WRONG_ARGUMENTS.exception("EXECUTE"));
    }
    try {
      return run(parameters);
    } catch (RuntimeException e) {
      throw session.runner().failed(e);
    }
  }

  /** As {@link #execute}, inside a statement that has begun: EXECUTE. */
  Result run(Value[] values) {
    if (parsed.syntax() instanceof DataStatement data
        && !(data instanceof DataStatement.ExplainStatement)) {
      session.diagnostics().clear();
      session.status().command(command);
      session.hinted().begin(settings);
      DataStatements statements = session.runner().data();
      Plan reused = planned(data, values);
      session.runner().changesBeginAt(session.transactions().forStatement().savepoint());
      if (session.metadata().lock(reused)) {
        return statements.result(data, statements.run(reused, values));
      }
      return statements.run(data, values);
    }
    return session.runner().run(parsed, values);
  }

  private Plan planned(DataStatement statement, Value[] values) {
    PlanCache.Entry known = planned;
    DataStatements statements = session.runner().data();
    boolean reusable =
        known != null
            && statements.fits(known)
            && plannedVariables == session.variablesVersion()
            && Objects.equals(plannedSchema, session.currentSchema())
            && session.temporaryTables().isEmpty()
            && DataStatements.areOfTypes(values, plannedTypes);
    if (known == null || !reusable) {
      List<DataType> types = DataStatements.typesOf(values);
      statements.setWarnsOfHints(false);
      try {
        known = statements.entry(statements.plan(statement, types));
      } finally {
        statements.setWarnsOfHints(true);
      }
      planned = known;
      plannedTypes = types;
      plannedVariables = session.variablesVersion();
      plannedSchema = session.currentSchema();
    }
    return known.plan;
  }

  @Override
  public void close() {
    session.status().command(StatusCounters.STMT_CLOSE);
    planned = null;
  }
}
