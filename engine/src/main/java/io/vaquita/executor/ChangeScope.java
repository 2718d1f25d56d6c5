package io.vaquita.executor;

import io.vaquita.expression.Frame;
import io.vaquita.expression.SqlMode;
import io.vaquita.expression.StatementContext;
import io.vaquita.planner.physical.Plan;
import io.vaquita.table.TableChanges;
import io.vaquita.value.Value;
import io.vaquita.value.conversion.StoreContext;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TimeZones;

/** What all parts of one data-changing statement share. Confined to the statement's thread. */
final class ChangeScope {
  final Execution execution;
  final Frame frame;
  final StatementContext statement;
  final TableChanges changes;
  final StoreContext store;
  final boolean ignore;

  ChangeScope(
      Plan plan,
      StatementKind kind,
      boolean ignore,
      boolean nullAsDefault,
      Value[] parameters,
      ExecutionContext context) {
    this.execution = new Execution(plan.shape(), kind, parameters, context);
    this.frame = execution.frame;
    this.statement = context.statement();
    this.ignore = ignore;
    this.changes =
        new TableChanges(
            context.tables(),
            context.catalog(),
            context.transaction(),
            () -> number("foreign_key_checks", 1) != 0);
    boolean strict = statement.isStrict() && !ignore;
    long now = TimeZones.toDateTime(statement.statementMicros(), statement.timeZone());
    this.store =
        new StoreContext(
            statement,
            strict,
            ignore || nullAsDefault && !strict,
            statement.sqlMode(),
            statement.timeZone(),
            PackedTemporal.datePart(now));
  }

  /** A session variable that is a number. */
  long number(String variable, long otherwise) {
    return statement.systemVariable(null, variable) instanceof Value.LongValue v
        ? v.value()
        : otherwise;
  }

  boolean hasMode(SqlMode mode) {
    return mode.isSet(statement.sqlMode());
  }
}
