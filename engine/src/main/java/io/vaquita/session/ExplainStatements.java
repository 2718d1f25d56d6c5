package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.environment.Clock;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.executor.PlanMeasures;
import io.vaquita.executor.QueryExecution;
import io.vaquita.expression.BindSettings;
import io.vaquita.parser.Parser;
import io.vaquita.parser.SyntaxPrinter;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.planner.ExplainPlan;
import io.vaquita.planner.Planner;
import io.vaquita.planner.PlannerContext;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.QueryPlan;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN of a data statement: its plan as rows, as a tree or as JSON; ANALYZE runs it and says what was seen; FOR CONNECTION plans what
 * another session runs at the moment. Confined to one statement.
 */
final class ExplainStatements {
  private static final DataType TEXT = DataType.varchar(1024, Collations.UTF8MB4_0900_AI_CI);
  private static final DataType NUMBER = DataType.BIGINT;

  /** Of SHOW WARNINGS after EXPLAIN: the statement written out. */
  private static final int STATEMENT_NOTE = 1003;

  private static final DataType PERCENT =
      new DataType(TypeKind.DOUBLE, 5, 2, false, false, Collations.BINARY, List.of());

  /** Of {@link ExplainPlan#COLUMNS}; id, rows and filtered are numbers to clients. */
  private static final List<DataType> TYPES =
      List.of(NUMBER, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, NUMBER, PERCENT, TEXT);

  private final EngineSession session;

  ExplainStatements(EngineSession session) {
    this.session = session;
  }

  Result run(DataStatement.ExplainStatement explain, Value[] parameters) {
    if (!(explain.statement() instanceof DataStatement statement)) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("EXPLAIN of this statement");
    }
    PlannerContext context =
        context(explain.schema(), parameters, session.engine().catalog().snapshot());
    if (explain.analyze()) {
      return analyze(explain, statement, context, parameters);
    }
    Plan plan =
        session
            .runner()
            .data()
            .planned(
                catalog ->
                    Planner.planForExplain(
                        statement, context(explain.schema(), parameters, catalog)));
    note(statement, context.schema());
    return show(plan, format(explain.format()), explain.variable());
  }

  private PlannerContext context(
      @Nullable String schema, Value[] parameters, CatalogSnapshot catalog) {
    PlannerContext own =
        session.runner().data().context(DataStatements.typesOf(parameters), catalog);
    if (schema == null) {
      return own;
    }
    if (own.catalog().schema(schema) == null) {
      throw MySqlError.ER_BAD_DB_ERROR.exception(schema);
    }
    return own.withSettings(own.settings().withSchema(schema));
  }

  private String format(@Nullable String asked) {
    return asked != null ? asked : session.variables().getText("explain_format");
  }

  private Result show(Plan plan, String format, @Nullable String variable) {
    return switch (format) {
      case "TRADITIONAL" -> rows(plan);
      case "TREE" -> text(ExplainPlan.tree(plan));
      case "JSON" -> {
        if (session.variables().getLong("explain_json_format_version") != 1) {
          throw MySqlError.ER_NOT_SUPPORTED_YET.exception("explain_json_format_version 2");
        }
        yield variable == null ? text(ExplainPlan.json(plan)) : into(variable, plan);
      }
      default -> throw new IllegalStateException("EXPLAIN FORMAT=" + format);
    };
  }

  private Result into(String variable, Plan plan) {
    session.userVariables().set(variable, value(ExplainPlan.json(plan)));
    return session.runner().ok();
  }

  private Result text(String text) {
    return new ListResult(
        session, List.of("EXPLAIN"), List.of(TEXT), List.<Value[]>of(new Value[] {value(text)}));
  }

  private Result rows(Plan plan) {
    List<Value[]> rows = new ArrayList<>();
    for (ExplainPlan.Row row : ExplainPlan.rows(plan)) {
      List<@Nullable String> texts = row.texts();
      Value[] values = new Value[texts.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(texts.get(i), TYPES.get(i));
      }
      rows.add(values);
    }
    return new ListResult(session, ExplainPlan.COLUMNS, TYPES, rows);
  }

  private static Value value(@Nullable String text, DataType type) {
    if (text == null) {
      return Value.NullValue.NULL;
    }
    return type.kind() == TypeKind.BIGINT
        ? Value.of(Long.parseLong(text))
        : type.kind() == TypeKind.DOUBLE ? Value.of(new BigDecimal(text)) : value(text);
  }

  private static Value value(String text) {
    return new Value.StringValue(Slice.utf8(text), Collations.UTF8MB4_0900_AI_CI);
  }

  /** The statement as it was bound, for SHOW WARNINGS; what the planner made of it afterwards is in the plan. */
  private void note(DataStatement statement, @Nullable String schema) {
    if (statement instanceof DataStatement.SelectStatement(var query)) {
      String sql = SyntaxPrinter.query(ViewStatements.qualified(session, query, schema));
      session.diagnostics().warn(WarningSink.Level.NOTE, STATEMENT_NOTE, "/* select#1 */ " + sql);
    }
  }

  // ---- ANALYZE

  private Result analyze(
      DataStatement.ExplainStatement explain,
      DataStatement statement,
      PlannerContext context,
      Value[] parameters) {
    String format = explain.format();
    if (format != null && !format.equals("TREE")) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("EXPLAIN ANALYZE with " + format + " format");
    }
    if (!(statement instanceof DataStatement.SelectStatement)) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("EXPLAIN ANALYZE on this query");
    }
    DataStatements data = session.runner().data();
    QueryPlan plan = (QueryPlan) data.locked(() -> Planner.planForExplain(statement, context));
    note(statement, context.schema());
    Transaction transaction = session.transactions().forStatement();
    transaction.beginStatement();
    session.context().limitTime(session.variables().getLong("max_execution_time"));
    Clock clock = session.engine().environment().clock();
    PlanMeasures measures = new PlanMeasures(clock);
    try (QueryExecution query =
        QueryExecution.open(
            plan, parameters, data.executionContext(transaction, context.catalog()), measures)) {
      while (query.next()) {
        session.context().checkKilled();
      }
    }
    session.transactions().endStatement();
    return text(ExplainPlan.analyzed(plan, measures));
  }

  // ---- FOR CONNECTION

  /**
   * The plan of what another session runs, made anew from its text in its schema and SQL mode. What a session that runs nothing has is
   * an empty answer, as with MySQL.
   */
  Result run(DataStatement.ExplainConnection explain) {
    EngineSession other = session.engine().sessions().get(explain.id());
    String sql = other.statement();
    if (sql == null) {
      return session.runner().ok();
    }
    if (!(parse(sql, other) instanceof DataStatement statement)
        || statement instanceof DataStatement.ExplainStatement
        || statement instanceof DataStatement.ExplainConnection) {
      throw MySqlError.ER_EXPLAIN_NOT_SUPPORTED.exception();
    }
    PlannerContext own =
        context(null, DataStatements.NO_PARAMETERS, session.engine().catalog().snapshot());
    BindSettings settings = BindSettings.of(other.context());
    Plan plan = Planner.planForExplain(statement, own.withSettings(settings));
    return show(plan, format(explain.format()), null);
  }

  private static StatementSyntax parse(String sql, EngineSession other) {
    try {
      return Parser.parse(sql, 0, other.context().sqlMode()).syntax();
    } catch (DatabaseException e) {
      throw MySqlError.ER_EXPLAIN_NOT_SUPPORTED.exception();
    }
  }
}
