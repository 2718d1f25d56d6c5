package io.vaquita.executor;

import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.QueryPlan;
import io.vaquita.value.Value;

/** Runs INSERT, REPLACE, UPDATE and DELETE. Stateless. */
public final class ChangeExecution {
  private ChangeExecution() {}

  /** Runs the statement as a whole: when it throws, none of its changes are left in the transaction. */
  public static ChangeResult run(Plan plan, Value[] parameters, ExecutionContext context) {
    long savepoint = context.transaction().savepoint();
    ChangeScope scope = scope(plan, parameters, context);
    try {
      return run(plan, scope);
    } catch (RuntimeException e) {
      context.transaction().rollbackTo(savepoint);
      throw e;
    } finally {
      scope.execution.close();
    }
  }

  private static ChangeScope scope(Plan plan, Value[] parameters, ExecutionContext context) {
    return switch (plan) {
      case QueryPlan q -> throw new IllegalArgumentException("a query changes nothing");
      case Plan.InsertPlan p ->
          new ChangeScope(
              p, StatementKind.INSERT, p.ignore(), !p.isSingleRow(), parameters, context);
      case Plan.UpdatePlan p ->
          new ChangeScope(p, StatementKind.UPDATE, p.ignore(), true, parameters, context);
      case Plan.DeletePlan p ->
          new ChangeScope(p, StatementKind.DELETE, p.ignore(), false, parameters, context);
    };
  }

  private static ChangeResult run(Plan plan, ChangeScope scope) {
    return switch (plan) {
      case QueryPlan q -> throw new IllegalArgumentException("a query changes nothing");
      case Plan.InsertPlan p -> new InsertExecution(p, scope).run();
      case Plan.UpdatePlan p -> new UpdateExecution(p, scope).run();
      case Plan.DeletePlan p -> new DeleteExecution(p, scope).run();
    };
  }
}
