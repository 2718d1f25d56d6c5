package io.vaquita.executor;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.WarningSink.Level;
import io.vaquita.expression.NullRow;
import io.vaquita.planner.physical.Plan;
import io.vaquita.table.TableWriter;
import io.vaquita.value.Row;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** UPDATE of one or several tables. Confined to the statement. */
final class UpdateExecution {
  private final Plan.UpdatePlan plan;
  private final ChangeScope scope;
  private final Target[] targets;
  private long matched;
  private long changed;

  private record Target(int slot, TableWriter writer, RowUpdate update, @Nullable SeenRows seen) {}

  UpdateExecution(Plan.UpdatePlan plan, ChangeScope scope) {
    this.plan = plan;
    this.scope = scope;
    List<Plan.UpdateTarget> wanted = plan.targets();
    this.targets = new Target[wanted.size()];
    boolean joins = targets.length > 1 || PlanWalk.joins(plan.source());
    for (int i = 0; i < targets.length; i++) {
      Plan.UpdateTarget target = wanted.get(i);
      TableWriter writer = scope.changes.writer(target.table());
      RowFinish finish =
          new RowFinish(
              scope, writer.table(), target.rowSlot(), target.generated(), target.checks());
      targets[i] =
          new Target(
              target.slot(),
              writer,
              new RowUpdate(scope, writer, target.slot(), target.assignments(), finish),
              joins ? new SeenRows(writer.table()) : null);
    }
  }

  ChangeResult run() {
    Operator source = Operators.build(plan.source(), scope.execution);
    source.open();
    Row[] found = new Row[targets.length];
    while (source.next()) {
      for (int i = 0; i < targets.length; i++) {
        found[i] = scope.frame.rows[targets[i].slot];
      }
      for (int i = 0; i < targets.length; i++) {
        update(targets[i], found[i]);
        // The next target's assignments read this one's row as it was found.
        scope.frame.rows[targets[i].slot] = found[i];
      }
      Arrays.fill(found, NullRow.INSTANCE);
    }
    source.close();
    scope.execution.context.counters().updated += changed;
    return new ChangeResult(
        changed, matched, 0, 0, 0, 0, "Rows matched: " + matched + "  Changed: " + changed);
  }

  private void update(Target target, Row row) {
    if (row instanceof NullRow || target.seen != null && !target.seen.add(row)) {
      return;
    }
    matched++;
    scope.store.row = matched;
    Row present = row;
    if (target.seen != null) {
      present = target.writer.lockAndRead(row);
      if (present == null) {
        return;
      }
    }
    if (!scope.ignore) {
      count(target.update.apply(present));
      return;
    }
    long savepoint = scope.execution.transaction.savepoint();
    try {
      count(target.update.apply(present));
    } catch (DatabaseException e) {
      if (!InsertExecution.isIgnorable(e)) {
        throw e;
      }
      scope.execution.transaction.rollbackTo(savepoint);
      scope.statement.warn(Level.WARNING, e.number(), e.message());
    }
  }

  private void count(RowUpdate.Outcome outcome) {
    if (outcome == RowUpdate.Outcome.CHANGED) {
      changed++;
    }
  }
}
