package io.vaquita.executor;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.WarningSink.Level;
import io.vaquita.expression.NullRow;
import io.vaquita.planner.physical.Plan;
import io.vaquita.table.TableWriter;
import io.vaquita.value.Row;
import java.util.ArrayList;
import java.util.List;

/** DELETE from one or several tables. Confined to the statement. */
final class DeleteExecution {
  private final Plan.DeletePlan plan;
  private final ChangeScope scope;
  private long deleted;

  DeleteExecution(Plan.DeletePlan plan, ChangeScope scope) {
    this.plan = plan;
    this.scope = scope;
  }

  ChangeResult run() {
    boolean joins = plan.targets().size() > 1 || PlanWalk.joins(plan.source());
    if (joins) {
      runJoined();
    } else {
      runSingle();
    }
    scope.execution.context.counters().deleted += deleted;
    return new ChangeResult(deleted, deleted, 0, 0, 0, 0, "");
  }

  private void runSingle() {
    Plan.DeleteTarget target = plan.targets().getFirst();
    TableWriter writer = scope.changes.writer(target.table());
    Operator source = Operators.build(plan.source(), scope.execution);
    source.open();
    while (source.next()) {
      delete(writer, scope.frame.rows[target.slot()]);
    }
    source.close();
  }

  /** All rows are found before the first goes: the join must not miss what belongs to it. */
  private void runJoined() {
    List<Plan.DeleteTarget> targets = plan.targets();
    List<TableWriter> writers = new ArrayList<>();
    List<SeenRows> seen = new ArrayList<>();
    List<List<Row>> rows = new ArrayList<>();
    for (Plan.DeleteTarget target : targets) {
      writers.add(scope.changes.writer(target.table()));
      seen.add(new SeenRows(writers.getLast().table()));
      rows.add(new ArrayList<>());
    }
    Operator source = Operators.build(plan.source(), scope.execution);
    source.open();
    while (source.next()) {
      for (int i = 0; i < targets.size(); i++) {
        Row row = scope.frame.rows[targets.get(i).slot()];
        if (!(row instanceof NullRow) && seen.get(i).add(row)) {
          rows.get(i).add(row);
        }
      }
    }
    source.close();
    for (int i = 0; i < targets.size(); i++) {
      for (Row row : rows.get(i)) {
        Row present = writers.get(i).lockAndRead(row);
        if (present != null) {
          delete(writers.get(i), present);
        }
      }
    }
  }

  private void delete(TableWriter writer, Row row) {
    if (!scope.ignore) {
      writer.delete(row);
      deleted++;
      return;
    }
    long savepoint = scope.execution.transaction.savepoint();
    try {
      writer.delete(row);
      deleted++;
    } catch (DatabaseException e) {
      if (!InsertExecution.isIgnorable(e)) {
        throw e;
      }
      scope.execution.transaction.rollbackTo(savepoint);
      scope.statement.warn(Level.WARNING, e.number(), e.message());
    }
  }
}
