package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.planner.ExplainPlan;
import io.vaquita.planner.Planner;
import io.vaquita.planner.PlannerContext;
import io.vaquita.planner.physical.Plan;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** EXPLAIN of a data statement: its plan as rows or as a tree. Stateless. */
final class ExplainStatements {
  private static final DataType TEXT = DataType.varchar(1024, Collations.UTF8MB4_0900_AI_CI);
  private static final DataType NUMBER = DataType.BIGINT;

  /** Of {@link ExplainPlan#COLUMNS}; id, rows and filtered are numbers to clients. */
  private static final List<DataType> TYPES =
      List.of(
          NUMBER, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, NUMBER, DataType.DOUBLE, TEXT);

  private ExplainStatements() {}

  static Result run(
      DataStatement.ExplainStatement explain, PlannerContext context, EngineSession session) {
    if (!(explain.statement() instanceof DataStatement statement)) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("EXPLAIN of this statement");
    }
    if (explain.analyze()) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("EXPLAIN ANALYZE");
    }
    String format = explain.format() == null ? "TRADITIONAL" : explain.format();
    Plan plan = Planner.planForExplain(statement, context);
    return switch (format) {
      case "TRADITIONAL" -> rows(plan, session);
      case "TREE" ->
          new ListResult(
              session,
              List.of("EXPLAIN"),
              List.of(TEXT),
              List.<Value[]>of(new Value[] {text(ExplainPlan.tree(plan))}));
      default -> throw MySqlError.ER_NOT_SUPPORTED_YET.exception("EXPLAIN FORMAT=" + format);
    };
  }

  private static Result rows(Plan plan, EngineSession session) {
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
        : type.kind() == TypeKind.DOUBLE ? Value.of(Double.parseDouble(text)) : text(text);
  }

  private static Value text(String text) {
    return new Value.StringValue(Slice.utf8(text), Collations.UTF8MB4_0900_AI_CI);
  }
}
