package io.vaquita.executor;

import io.vaquita.expression.Frame;
import io.vaquita.expression.StatementContext;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.RowLocking;
import io.vaquita.transaction.IsolationLevel;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all operators of one running statement share: frame, context, materialized rows. Confined to the statement's thread. */
final class Execution implements AutoCloseable {
  private static final int ROWS_BETWEEN_KILL_CHECKS = 256;
  private static final @Nullable MaterializedRows[] NONE = {};
  private static final @Nullable RowList[] NO_LISTS = {};

  final ExecutionContext context;
  final Plan.Shape shape;
  final Frame frame;
  final StatementContext statement;
  final Transaction transaction;
  private final @Nullable MaterializedRows[] materializations;
  private final @Nullable RowList[] workingTables;
  final Spilling spilling;
  private int accesses;
  private int rowsUntilKillCheck = ROWS_BETWEEN_KILL_CHECKS;

  final StatementKind kind;

  /** Only for EXPLAIN ANALYZE. */
  final @Nullable PlanMeasures measures;

  Execution(Plan.Shape shape, StatementKind kind, Value[] parameters, ExecutionContext context) {
    this(shape, kind, parameters, context, null);
  }

  Execution(
      Plan.Shape shape,
      StatementKind kind,
      Value[] parameters,
      ExecutionContext context,
      @Nullable PlanMeasures measures) {
    this.measures = measures;
    this.context = context;
    this.spilling =
        new Spilling(context.environment(), context.temporaryDirectory(), context.memoryBytesMax());
    this.kind = kind;
    this.shape = shape;
    this.statement = context.statement();
    this.transaction = context.transaction();
    List<Plan.SubqueryPlan> subqueries = shape.subqueries();
    this.frame = new Frame(shape.slots(), parameters, subqueries.size(), context.statement());
    for (int i = 0; i < subqueries.size(); i++) {
      frame.subqueries[i] = new SubqueryRunner(this, subqueries.get(i));
    }
    this.materializations =
        shape.materializations() == 0 ? NONE : new MaterializedRows[shape.materializations()];
    this.workingTables = shape.workingTables() == 0 ? NO_LISTS : new RowList[shape.workingTables()];
  }

  /**
   * To be called for every row that a leaf reads, every pair that a join looks at and every comparison of a sort, so that KILL and time
   * limits end the statement soon and long statements take turns.
   */
  void countRow() {
    if (--rowsUntilKillCheck <= 0) {
      rowsUntilKillCheck = ROWS_BETWEEN_KILL_CHECKS;
      statement.checkKilled();
    }
  }

  /** A table is read by its order or by ranges of an index: the first one of the statement, or one that is joined. */
  void countAccess(boolean isFull, boolean isRange) {
    RowCounters counters = context.counters();
    if (accesses++ == 0) {
      counters.scans += isFull ? 1 : 0;
      counters.ranges += isRange ? 1 : 0;
    } else {
      counters.fullJoins += isFull ? 1 : 0;
      counters.fullRangeJoins += isRange ? 1 : 0;
    }
  }

  /**
   * The locks that a table access takes at this transaction's isolation level. What a data-changing statement only reads is read shared
   * from REPEATABLE READ on, so that it sees and keeps the newest rows; below, only DELETE, LOAD DATA, UPDATE of several
   * tables and a locking clause lock it.
   */
  RowLocking.Mode lockMode(RowLocking planned) {
    if (planned.mode() == RowLocking.Mode.EXCLUSIVE) {
      return planned.mode();
    }
    IsolationLevel level = transaction.isolationLevel();
    boolean low =
        level == IsolationLevel.READ_COMMITTED || level == IsolationLevel.READ_UNCOMMITTED;
    return switch (kind) {
      case QUERY -> context.locksPlainReads() ? RowLocking.Mode.SHARED : planned.mode();
      case INSERT, UPDATE ->
          low && planned.mode() != RowLocking.Mode.SHARED
              ? RowLocking.Mode.NONE
              : RowLocking.Mode.SHARED;
      case LOAD, DELETE -> RowLocking.Mode.SHARED;
    };
  }

  MaterializedRows materialization(int number) {
    MaterializedRows rows = materializations[number];
    if (rows == null) {
      rows = new MaterializedRows();
      materializations[number] = rows;
    }
    return rows;
  }

  RowList workingTable(int number) {
    RowList rows = workingTables[number];
    if (rows == null) {
      throw new IllegalStateException("working table " + number + " outside its recursive part");
    }
    return rows;
  }

  void setWorkingTable(int number, @Nullable RowList rows) {
    workingTables[number] = rows;
  }

  @Override
  public void close() {
    for (io.vaquita.expression.Subquery s : frame.subqueries) {
      if (s instanceof SubqueryRunner runner) {
        runner.end();
      }
    }
    context.counters().temporaryFiles += spilling.fileCount();
    spilling.close();
  }
}
