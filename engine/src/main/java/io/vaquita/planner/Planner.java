package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.Into;
import io.vaquita.parser.syntax.QuerySyntax.SelectElement;
import io.vaquita.parser.syntax.QuerySyntax.SelectItem;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.QueryPlan;
import java.util.ArrayList;
import java.util.List;

/** Turns a parsed data statement into a physical plan: binds names and types, rewrites, chooses access paths. Stateless. */
public final class Planner {
  private Planner() {}

  /**
   * The plan of SELECT, INSERT, REPLACE, UPDATE, DELETE or DO (whose rows are to be thrown away).
   *
   * @throws io.vaquita.error.DatabaseException for names and types that do not fit, as MySQL would answer
   */
  public static Plan plan(DataStatement statement, PlannerContext context) {
    return plan(statement, new StatementBinding(context, false));
  }

  /** As {@link #plan}, with the notes that EXPLAIN shows; for the statement that is explained. */
  public static Plan planForExplain(DataStatement statement, PlannerContext context) {
    return plan(statement, new StatementBinding(context, true));
  }

  private static Plan plan(DataStatement statement, StatementBinding binding) {
    Plan plan = bindAndPlan(statement, binding);
    binding.hintNames.warn(binding);
    return plan;
  }

  private static Plan bindAndPlan(DataStatement statement, StatementBinding binding) {
    return switch (statement) {
      case DataStatement.SelectStatement(QuerySyntax query) -> select(query, binding);
      case DataStatement.DoStatement(List<ExpressionSyntax> expressions) ->
          select(asSelect(expressions), binding);
      case DataStatement.InsertStatement i -> new InsertBinder(binding, i).plan();
      case DataStatement.UpdateStatement u ->
          new ChangeBinder(binding, u.with(), u.block(), "UPDATE").update(u);
      case DataStatement.DeleteStatement d ->
          new ChangeBinder(binding, d.with(), d.block(), "DELETE").delete(d);
      case DataStatement.LoadDataStatement ignored -> throw notYet("LOAD DATA");
      case DataStatement.ExplainStatement ignored -> throw notYet("EXPLAIN of EXPLAIN");
      case DataStatement.ExplainConnection ignored -> throw notYet("EXPLAIN FOR CONNECTION");
    };
  }

  private static RuntimeException notYet(String what) {
    return MySqlError.ER_NOT_SUPPORTED_YET.exception(what);
  }

  private static QuerySyntax asSelect(List<ExpressionSyntax> expressions) {
    List<SelectElement> elements = new ArrayList<>();
    for (ExpressionSyntax e : expressions) {
      elements.add(new SelectItem(e, null, ""));
    }
    return QuerySyntax.Select.of(elements, null, null);
  }

  private static QueryPlan select(QuerySyntax query, StatementBinding binding) {
    BoundQuery bound = new QueryBinder(binding, null, "SIMPLE", false).bind(query);
    QueryPlanner planner = QueryPlanner.begin(binding);
    PhysicalNode root = planner.plan(bound);
    Into into = SyntaxTraits.into(query);
    boolean locks = false;
    boolean countsAll = false;
    if (query instanceof QuerySyntax.Select s) {
      locks = !s.locking().isEmpty();
      countsAll = s.options().contains("SQL_CALC_FOUND_ROWS");
    }
    long maxMillis = bound instanceof SelectBlock s ? s.hints().maxExecutionMillis() : 0;
    return new QueryPlan(
        shape(binding, planner),
        root,
        bound.outputs(),
        into instanceof Into.Variables v ? intoVariables(v, bound.outputs().size()) : List.of(),
        into instanceof Into.OutFile file ? file : null,
        countsAll,
        locks,
        maxMillis);
  }

  private static List<String> intoVariables(Into.Variables into, int columns) {
    if (into.names().size() != columns) {
      throw MySqlError.ER_WRONG_NUMBER_OF_COLUMNS_IN_SELECT.exception();
    }
    return into.names();
  }

  static Plan.Shape shape(StatementBinding binding, QueryPlanner planner) {
    List<Plan.SubqueryPlan> subqueries = planner.subqueries();
    return new Plan.Shape(
        binding.slotCount(),
        subqueries,
        binding.materializationCount(),
        binding.workingTableCount(),
        binding.context.parameterTypes().size(),
        binding.tables(),
        binding.isReusable(),
        binding.cost(),
        binding.notes());
  }
}
