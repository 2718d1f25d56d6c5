package io.vaquita.executor;

import io.vaquita.error.MySqlError;
import io.vaquita.planner.physical.Plan;
import io.vaquita.value.Value;

/** Runs INSERT, REPLACE, UPDATE and DELETE. Stateless. */
public final class ChangeExecution {
  private ChangeExecution() {}

  /** Runs the statement as a whole: when it throws, none of its changes are left in the transaction. */
  @SuppressWarnings("DoNotCallSuggester")
  public static ChangeResult run(Plan plan, Value[] parameters, ExecutionContext context) {
    throw MySqlError.ER_NOT_SUPPORTED_YET.exception(
        plan.shape().slots() + parameters.length + " " + context);
  }
}
