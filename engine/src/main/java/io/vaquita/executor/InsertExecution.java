package io.vaquita.executor;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.codec.EncodedRow;
import io.vaquita.codec.MovedValues;
import io.vaquita.codec.OutOfRowValues;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink.Level;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.Plan;
import io.vaquita.table.Duplicate;
import io.vaquita.table.TableAccessor;
import io.vaquita.table.TableWriter;
import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.ValueRow;
import io.vaquita.value.conversion.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT and REPLACE. Confined to the statement. */
final class InsertExecution {
  private final Plan.InsertPlan plan;
  private final ChangeScope scope;
  private final TableWriter writer;
  private final TableAccessor table;
  private final ValueRow row;
  private final RowFinish finish;
  private final List<ColumnDefinition> omitted = new ArrayList<>();
  private final @Nullable AutoIncrement autoIncrement;
  private final @Nullable RowUpdate onDuplicate;
  private final boolean loads;
  private final boolean showsDefaults;
  private final boolean setsRowBack;
  private final boolean givesAutoIncrement;
  private long records;
  private long inserted;
  private long deleted;
  private long updated;
  private long touched;

  InsertExecution(Plan.InsertPlan plan, ChangeScope scope) {
    this(plan, scope, null);
  }

  /**
   * @param loaded for LOAD DATA, which makes the rows itself: the columns that fields go to. What the plan has for duplicates are the
   *     assignments of its SET
   */
  InsertExecution(Plan.InsertPlan plan, ChangeScope scope, @Nullable List<Integer> loaded) {
    this.plan = plan;
    this.loads = loaded != null;
    this.showsDefaults = plan.valuesReadRow() || loads && !plan.onDuplicate().isEmpty();
    this.scope = scope;
    this.writer = scope.changes.writer(plan.table());
    this.table = writer.table();
    this.row = new ValueRow(plan.table().columns().size());
    this.finish = new RowFinish(scope, table, plan.rowSlot(), plan.defaults(), plan.checks());
    boolean[] given = new boolean[plan.table().columns().size()];
    if (loaded == null) {
      plan.columns().forEach(c -> given[c] = true);
    } else {
      loaded.forEach(c -> given[c] = true);
      plan.onDuplicate().forEach(a -> given[a.column()] = true);
    }
    for (ColumnDefinition column : plan.table().columns()) {
      if (!given[column.ordinal()] && column.generated() == null && !column.autoIncrement()) {
        omitted.add(column);
      }
    }
    this.autoIncrement =
        table.autoIncrementColumn() < 0 ? null : new AutoIncrement(scope, writer, expectedRows());
    this.onDuplicate =
        loads || plan.onDuplicate().isEmpty()
            ? null
            : new RowUpdate(scope, writer, plan.existingSlot(), plan.onDuplicate(), finish);
    if (plan.replace() || onDuplicate != null) {
      writer.lockDuplicatesExclusively();
    }
    this.setsRowBack = plan.ignore();
    this.givesAutoIncrement =
        table.autoIncrementColumn() >= 0 && given[table.autoIncrementColumn()];
  }

  private long expectedRows() {
    return plan.source() instanceof PhysicalNode.ValuesScan values ? values.rows().size() : 0;
  }

  ChangeResult run() {
    if (plan.source() instanceof PhysicalNode.ValuesScan values) {
      for (List<Expression> expressions : values.rows()) {
        scope.execution.countRow();
        insert(stores(expressions));
      }
    } else {
      runSource();
    }
    return result();
  }

  private void runSource() {
    List<DataType> types = PlanWalk.slotTypes(plan.source(), plan.sourceSlot());
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < plan.columns().size(); i++) {
      columns.add(ColumnExpression.of(plan.sourceSlot(), i, types.get(i), true, ""));
    }
    ColumnStore[] stores = stores(columns);
    Operator source = Operators.build(plan.source(), scope.execution);
    source.open();
    while (source.next()) {
      insert(stores);
    }
    source.close();
  }

  private ColumnStore[] stores(List<Expression> expressions) {
    ColumnStore[] stores = new ColumnStore[expressions.size()];
    for (int i = 0; i < stores.length; i++) {
      int ordinal = plan.columns().get(i);
      ColumnDefinition column = plan.table().columns().get(ordinal);
      stores[i] = new ColumnStore(column, table.conversion(ordinal), expressions.get(i));
    }
    return stores;
  }

  private void insert(ColumnStore[] stores) {
    beginRow();
    for (ColumnStore store : stores) {
      store(store);
    }
    endRow();
  }

  /** The row being made, between {@link #beginRow} and {@link #endRow}. */
  ValueRow row() {
    return row;
  }

  void beginRow() {
    records++;
    scope.store.row = records;
    row.clear();
    scope.frame.rows[plan.rowSlot()] = row;
    if (showsDefaults) {
      showDefaults();
    }
  }

  /** Values may name columns that have got none yet: these show their default, or what their type has for one. */
  private void showDefaults() {
    for (ColumnDefinition column : plan.table().columns()) {
      switch (column.defaultValue()) {
        case ColumnDefinition.Default.Literal(var value) -> row.set(column.ordinal(), value);
        case ColumnDefinition.Default.Now ignored ->
            StatementTime.set(row, column, scope.statement);
        case ColumnDefinition.Default.ExpressionText ignored -> showImplicitDefault(column);
        case ColumnDefinition.Default.None ignored -> showImplicitDefault(column);
      }
    }
  }

  private void showImplicitDefault(ColumnDefinition column) {
    if (!column.nullable()) {
      row.set(column.ordinal(), Values.implicitDefault(column.type()));
    }
  }

  void store(ColumnStore store) {
    if (autoIncrement != null && store.column() == table.autoIncrementColumn()) {
      storeAutoIncrement(store);
    } else {
      store.store(scope.frame, row, scope.store);
    }
  }

  /** Writes the row; false when a CHECK refused it and the statement goes on. */
  boolean endRow() {
    if (showsDefaults && autoIncrement != null && !givesAutoIncrement) {
      row.setNull(table.autoIncrementColumn());
    }
    for (ColumnDefinition column : omitted) {
      setDefault(column);
    }
    if (autoIncrement != null) {
      autoIncrement.apply(row);
    }
    byte[] bytes = finish.finish(row);
    if (bytes == null) {
      return false;
    }
    MovedValues moved = finish.moved();
    if (setsRowBack) {
      writeIgnoring(bytes, moved);
    } else {
      write(bytes, moved);
    }
    return true;
  }

  /** NULL asks for a value although the column is NOT NULL. */
  private void storeAutoIncrement(ColumnStore store) {
    var value =
        store.expression().type().kind() == TypeKind.NULL
            ? Value.NullValue.NULL
            : store.expression().evaluate(scope.frame);
    if (value.isNull()) {
      row.setNull(store.column());
    } else {
      store.store(value, row, scope.store);
    }
  }

  private void setDefault(ColumnDefinition column) {
    switch (column.defaultValue()) {
      case ColumnDefinition.Default.Literal(var value) -> row.set(column.ordinal(), value);
      case ColumnDefinition.Default.Now ignored -> StatementTime.set(row, column, scope.statement);
      case ColumnDefinition.Default.ExpressionText ignored -> {
        Expression e = plan.defaults().get(column.ordinal());
        if (e == null) {
          throw new IllegalStateException("no bound default of " + column.name());
        }
        new ColumnStore(column, table.conversion(column.ordinal()), e)
            .store(scope.frame, row, scope.store);
      }
      case ColumnDefinition.Default.None ignored -> setImplicitDefault(column);
    }
  }

  private void setImplicitDefault(ColumnDefinition column) {
    if (column.nullable()) {
      return;
    }
    if (column.type().kind() != TypeKind.ENUM && !loads) {
      if (scope.store.isStrict()) {
        throw MySqlError.ER_NO_DEFAULT_FOR_FIELD.exception(column.name());
      }
      scope.statement.warn(MySqlError.ER_NO_DEFAULT_FOR_FIELD, column.name());
    }
    row.set(column.ordinal(), Values.implicitDefault(column.type()));
  }

  /** INSERT IGNORE: a row that cannot be written leaves a warning and no trace. */
  private void writeIgnoring(byte[] bytes, @Nullable MovedValues moved) {
    long savepoint = scope.execution.transaction.savepoint();
    try {
      write(bytes, moved);
    } catch (DatabaseException e) {
      if (!isIgnorable(e)) {
        throw e;
      }
      scope.execution.transaction.rollbackTo(savepoint);
      if (autoIncrement != null) {
        autoIncrement.refused();
      }
      scope.statement.warn(Level.WARNING, e.number(), e.message());
    }
  }

  /** What IGNORE turns into warnings (manual: "The Effect of IGNORE on Statement Execution"). */
  static boolean isIgnorable(DatabaseException e) {
    return e.is(MySqlError.ER_DUP_ENTRY)
        || e.is(MySqlError.ER_NO_REFERENCED_ROW_2)
        || e.is(MySqlError.ER_ROW_IS_REFERENCED_2)
        || e.is(MySqlError.ER_SUBQUERY_NO_1_ROW);
  }

  private void write(byte[] bytes, @Nullable MovedValues moved) {
    Duplicate duplicate = writer.insert(bytes, moved);
    if (duplicate == null) {
      inserted++;
      touched++;
      if (autoIncrement != null) {
        autoIncrement.stored();
      }
    } else if (onDuplicate != null) {
      updateExisting(onDuplicate, duplicate);
    } else if (plan.replace()) {
      replace(duplicate, bytes, moved);
    } else {
      throw duplicate.exception();
    }
  }

  private void replace(Duplicate first, byte[] bytes, @Nullable MovedValues moved) {
    Duplicate duplicate = first;
    while (duplicate != null) {
      Row existing = writer.lockAndRead(duplicate.existing());
      if (existing != null) {
        if (hasOneUniqueIndex() && isSame(existing, bytes, moved)) {
          break;
        }
        writer.delete(existing);
        deleted++;
      }
      duplicate = writer.insert(bytes, moved);
    }
    inserted++;
    if (autoIncrement != null) {
      autoIncrement.stored();
    }
  }

  /** Where no further duplicate can come, MySQL changes the row in its place, and an equal one not at all. */
  private boolean hasOneUniqueIndex() {
    int count = 0;
    for (IndexDefinition index : plan.table().indexes()) {
      count += index.unique() ? 1 : 0;
    }
    return count == 1;
  }

  private boolean isSame(Row existing, byte[] bytes, @Nullable MovedValues moved) {
    if (!(existing instanceof EncodedRow e)) {
      return false;
    }
    return moved == null && !e.hasOutOfRow()
        ? e.bytes().equals(Slice.of(bytes))
        : table
            .layout()
            .row(bytes, 0, bytes.length, moved == null ? OutOfRowValues.NONE : moved)
            .hasSameColumns(e);
  }

  private void updateExisting(RowUpdate update, Duplicate duplicate) {
    Row existing = writer.lockAndRead(duplicate.existing());
    if (autoIncrement != null) {
      autoIncrement.refused();
    }
    if (existing == null) {
      throw new IllegalStateException("a locked row is gone");
    }
    switch (update.apply(existing)) {
      case CHANGED -> {
        inserted++;
        updated++;
        touched += 2;
        if (autoIncrement != null) {
          autoIncrement.updated(existing);
        }
      }
      case SAME -> touched++;
      case REFUSED -> {}
    }
  }

  TableAccessor table() {
    return table;
  }

  /** The counts as LOAD DATA gives them. */
  ChangeResult loaded() {
    ChangeResult result = result();
    return new ChangeResult(
        result.affectedRows(),
        result.matchedRows(),
        result.generatedId(),
        result.insertId(),
        records,
        records - inserted,
        "Records: " + records + "  Deleted: " + deleted + "  Skipped: " + (records - inserted));
  }

  private ChangeResult result() {
    long affected = inserted + deleted + updated;
    RowCounters counters = scope.execution.context.counters();
    counters.written += inserted - updated;
    counters.updated += updated;
    counters.deleted += deleted;
    long matched = onDuplicate == null ? affected : touched;
    long duplicates = plan.ignore() ? records - inserted : deleted + updated;
    long generated = autoIncrement == null ? 0 : autoIncrement.firstGenerated();
    long given = autoIncrement == null || inserted == 0 ? 0 : autoIncrement.lastGiven();
    String info = plan.isSingleRow() ? "" : "Records: " + records + "  Duplicates: " + duplicates;
    return new ChangeResult(
        affected,
        matched,
        generated,
        generated != 0 ? generated : given,
        records,
        duplicates,
        info);
  }
}
