package io.vaquita.executor;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.Plan;
import io.vaquita.table.BulkLoad;
import io.vaquita.table.IndexScan;
import io.vaquita.table.KeyRange;
import io.vaquita.table.RowFilter;
import io.vaquita.table.TableAccessor;
import io.vaquita.table.TableWriter;
import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Value;
import io.vaquita.value.ValueRow;
import io.vaquita.value.conversion.StoreConversion;
import io.vaquita.value.conversion.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The work of ALTER TABLE and CREATE INDEX on rows: copies a table into the new trees of its next version, or builds one index. Reads the
 * newest committed rows without locks: the caller holds the metadata lock that keeps others away. Confined to one statement.
 */
public final class TableRebuild {
  private static final Value[] NO_PARAMETERS = {};

  private final ExecutionContext context;
  private final ChangeScope scope;
  private final int rowSlot;

  /** @param rowSlot where the row that expressions of the new version read is put */
  public TableRebuild(ExecutionContext context, int rowSlot) {
    this.context = context;
    this.rowSlot = rowSlot;
    Plan.Shape shape =
        new Plan.Shape(rowSlot + 1, List.of(), 0, 0, 0, List.of(), false, 0, Plan.PlanNotes.NONE);
    Plan plan = new Plan.DeletePlan(shape, false, EMPTY, List.of());
    this.scope = new ChangeScope(plan, StatementKind.INSERT, false, true, NO_PARAMETERS, context);
  }

  private static final io.vaquita.planner.physical.PhysicalNode EMPTY =
      new io.vaquita.planner.physical.PhysicalNode.Empty("", 0);

  /**
   * Copies all rows and returns how many; the commit writes them. 1062 then, when a unique index does not hold; conversions fail or warn
   * as an assignment does.
   *
   * @param origins for each new column the ordinal of the old one, or -1
   * @param expressions by new ordinal: DEFAULT (expr) and generated columns, bound over the row slot; null elsewhere
   * @param checks CHECK constraints of the new version, bound likewise
   */
  public long copy(
      TableDefinition from,
      TableDefinition to,
      List<Integer> origins,
      List<@Nullable Expression> expressions,
      List<Plan.BoundCheck> checks) {
    TableAccessor source = context.tables().unshared(from);
    TableWriter writer = scope.changes.newTableWriter(to);
    TableAccessor target = writer.table();
    RowFinish finish = new RowFinish(scope, target, rowSlot, expressions, checks);
    AutoIncrement autoIncrement =
        target.autoIncrementColumn() < 0
            ? null
            : new AutoIncrement(scope, writer, AutoIncrement.ONE_BY_ONE);
    IndexScan scan = allRows(source);
    long rows = 0;
    try (BulkLoad load = scope.changes.newTable(to)) {
      while (scan.next()) {
        scope.execution.countRow();
        scope.store.row = ++rows;
        ValueRow row = new ValueRow(to.columns().size());
        scope.frame.rows[rowSlot] = row;
        for (ColumnDefinition column : to.columns()) {
          fill(row, column, target, scan.row(), source, origins.get(column.ordinal()), expressions);
        }
        if (autoIncrement != null) {
          autoIncrement.apply(row);
        }
        byte[] bytes = finish.finish(row);
        if (bytes != null) {
          load.add(bytes, finish.moved());
        }
      }
      load.finish();
    }
    return rows;
  }

  private IndexScan allRows(TableAccessor table) {
    IndexScan scan =
        new IndexScan(
            table, table.clustered(), context.transaction().currentView(), true, RowFilter.ALL);
    scan.open(KeyRange.ALL, false);
    return scan;
  }

  private void fill(
      ValueRow row,
      ColumnDefinition column,
      TableAccessor target,
      Row old,
      TableAccessor source,
      int origin,
      List<@Nullable Expression> expressions) {
    int ordinal = column.ordinal();
    if (column.generated() != null) {
      return;
    }
    StoreConversion conversion = target.conversion(ordinal);
    if (origin >= 0) {
      convert(row, column, conversion, old, source.types().get(origin), origin);
      return;
    }
    switch (column.defaultValue()) {
      case ColumnDefinition.Default.Literal(var value) -> row.set(ordinal, value);
      case ColumnDefinition.Default.Now ignored -> StatementTime.set(row, column, scope.statement);
      case ColumnDefinition.Default.ExpressionText ignored -> {
        Expression e = expressions.get(ordinal);
        if (e != null) {
          new ColumnStore(column, conversion, e).store(scope.frame, row, scope.store);
        }
      }
      case ColumnDefinition.Default.None ignored -> {
        if (!column.nullable() && !column.autoIncrement()) {
          row.set(ordinal, Values.implicitDefault(column.type()));
        }
      }
    }
  }

  private void convert(
      ValueRow row,
      ColumnDefinition column,
      StoreConversion conversion,
      Row old,
      DataType oldType,
      int origin) {
    int ordinal = column.ordinal();
    if (old.isNull(origin)) {
      if (!column.nullable() && !column.autoIncrement()) {
        if (scope.store.isStrict()) {
          throw MySqlError.ER_INVALID_USE_OF_NULL.exception();
        }
        scope.statement.warn(MySqlError.WARN_DATA_TRUNCATED, column.name(), scope.store.row);
        row.set(ordinal, Values.implicitDefault(column.type()));
      }
      return;
    }
    if (oldType.equals(column.type())) {
      row.set(ordinal, Values.stored(old, origin, oldType));
      return;
    }
    Value value = Values.evaluated(old, origin, oldType, scope.statement.timeZone());
    row.set(ordinal, conversion.convert(value, scope.store));
  }

  /** Fills indexes of {@code table} out of its rows, which stay where they are. Returns how many rows there are. */
  public long buildIndexes(TableDefinition table, List<IndexDefinition> indexes) {
    if (indexes.isEmpty()) {
      return 0;
    }
    long rows = 0;
    try (BulkLoad load = scope.changes.newIndexes(table, indexes)) {
      IndexScan scan = allRows(load.table());
      while (scan.next()) {
        scope.execution.countRow();
        rows++;
        load.addEntries(scan.row());
      }
      load.finish();
    }
    return rows;
  }
}
