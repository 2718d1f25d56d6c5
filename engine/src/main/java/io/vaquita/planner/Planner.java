package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.planner.physical.Plan;

/** Turns a parsed data statement into a physical plan: binds names and types, rewrites, chooses access paths. Stateless. */
public final class Planner {
  private Planner() {}

  /**
   * The plan of SELECT, INSERT, REPLACE, UPDATE, DELETE or DO (whose rows are to be thrown away). For EXPLAIN, plan the explained
   * statement and hand the plan to ExplainPlan.
   *
   * @throws io.vaquita.error.DatabaseException for names and types that do not fit, as MySQL would answer
   */
  public static Plan plan(DataStatement statement, PlannerContext context) {
    if (context.parameterTypes().isEmpty()
        && statement instanceof DataStatement.DoStatement(var expressions)
        && expressions.isEmpty()) {
      throw MySqlError.ER_EMPTY_QUERY.exception();
    }
    throw MySqlError.ER_NOT_SUPPORTED_YET.exception(
        statement.getClass().getSimpleName() + context.parameterTypes());
  }
}
