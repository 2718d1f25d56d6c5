package io.vaquita.executor;

import io.vaquita.error.MySqlError;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.QueryPlan;
import io.vaquita.value.Value;

/** Runs INSERT, REPLACE, UPDATE and DELETE. Stateless. */
public final class ChangeExecution {
  private ChangeExecution() {}

  /** Runs the statement as a whole: when it throws, none of its changes are left in the transaction. */
  public static ChangeResult run(Plan plan, Value[] parameters, ExecutionContext context) {
    return switch (plan) {
      case QueryPlan q -> throw new IllegalArgumentException("a query changes nothing");
      case Plan.InsertPlan p -> throw MySqlError.ER_NOT_SUPPORTED_YET.exception("INSERT");
      case Plan.UpdatePlan p -> throw MySqlError.ER_NOT_SUPPORTED_YET.exception("UPDATE");
      case Plan.DeletePlan p -> throw MySqlError.ER_NOT_SUPPORTED_YET.exception("DELETE");
    };
  }
}
