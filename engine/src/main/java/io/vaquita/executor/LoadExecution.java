package io.vaquita.executor;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.executor.file.FieldReader;
import io.vaquita.executor.file.FieldWidths;
import io.vaquita.planner.physical.Plan;
import io.vaquita.table.TableAccessor;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LOAD DATA: an INSERT or REPLACE whose values are a file's fields. Rows are made and written one by one while the file is read.
 * Confined to the statement.
 *
 * <p>The plan is that of an INSERT whose values stand for the fields and are not evaluated, and whose ON DUPLICATE KEY UPDATE holds
 * the assignments of SET: they read and change the row being made.
 */
public final class LoadExecution {
  private final LoadSource source;
  private final ChangeScope scope;
  private final InsertExecution insert;
  private final FieldReader reader;
  private final List<ColumnStore> assignments = new ArrayList<>();
  private final @Nullable FieldStore[] stores;
  private final Collation collation;
  private final int existingSlot;

  /** NOT NULL columns of this row that a field gave NULL. */
  private final List<ColumnDefinition> nulls = new ArrayList<>();

  /** The row's number in warnings, from 1. */
  private long row = 1;

  private LoadExecution(Plan.InsertPlan plan, LoadSource source, ChangeScope scope) {
    this.source = source;
    this.scope = scope;
    this.insert = new InsertExecution(plan, scope, source.columns());
    this.reader = new FieldReader(source.in(), source.format(), source.lineBytesMax());
    this.collation = Collations.defaultFor(source.format().characterSet());
    TableAccessor table = insert.table();
    for (Plan.ColumnAssignment assignment : plan.onDuplicate()) {
      int ordinal = assignment.column();
      assignments.add(
          new ColumnStore(
              plan.table().columns().get(ordinal), table.conversion(ordinal), assignment.value()));
    }
    this.existingSlot = plan.existingSlot();
    this.stores = new FieldStore[source.targets().size()];
    for (int i = 0; i < stores.length; i++) {
      if (source.targets().get(i) instanceof LoadSource.Target.Column(int ordinal)) {
        stores[i] =
            new FieldStore(
                plan.table().columns().get(ordinal),
                table.conversion(ordinal),
                source.format().characterSet());
      }
    }
  }

  /** Loads the file as a whole: when it throws, none of its rows are left in the transaction. */
  public static ChangeResult run(
      Plan.InsertPlan plan, LoadSource source, Value[] parameters, ExecutionContext context) {
    long savepoint = context.transaction().savepoint();
    ChangeScope scope =
        new ChangeScope(plan, StatementKind.LOAD, plan.ignore(), true, parameters, context);
    try {
      return new LoadExecution(plan, source, scope).load();
    } catch (RuntimeException e) {
      context.transaction().rollbackTo(savepoint);
      throw e;
    } finally {
      scope.execution.close();
    }
  }

  private ChangeResult load() {
    try {
      boolean more = true;
      for (long i = 0; i < source.linesSkipped() && more; i++) {
        more = reader.nextLine();
      }
      if (source.format().hasFixedWidths()) {
        loadFixed();
      } else {
        loadDelimited();
      }
    } catch (IOException e) {
      throw MySqlError.EE_READ.exception(source.name(), 5, String.valueOf(e.getMessage()));
    }
    return insert.loaded();
  }

  private void loadDelimited() throws IOException {
    while (true) {
      int fields = 0;
      while (fields < stores.length && reader.readField()) {
        if (fields == 0) {
          begin();
        }
        field(fields++);
      }
      if (fields == 0) {
        return;
      }
      for (int i = fields; i < stores.length; i++) {
        missing(i);
      }
      if (!end()) {
        return;
      }
    }
  }

  private void begin() {
    scope.execution.countRow();
    insert.beginRow();
    scope.store.row = row;
    scope.frame.rows[existingSlot] = insert.row();
    nulls.clear();
  }

  private void field(int i) {
    FieldStore store = stores[i];
    if (store == null) {
      setVariable(i, reader.isNull() ? Value.NullValue.NULL : text(reader.field()));
    } else if (!reader.isNull()) {
      store.store(reader.field(), insert.row(), scope.store);
    } else if (store.column().nullable()) {
      insert.row().setNull(store.column().ordinal());
    } else {
      nullToNotNull(store.column());
    }
  }

  private void nullToNotNull(ColumnDefinition column) {
    if (column.autoIncrement()) {
      insert.row().setNull(column.ordinal());
    } else if (column.type().kind() == TypeKind.TIMESTAMP) {
      StatementTime.set(insert.row(), column, scope.statement);
    } else {
      insert.row().setNull(column.ordinal());
      nulls.add(column);
    }
  }

  /** A later field or SET may have given the column a value. */
  private void settleNulls() {
    for (ColumnDefinition column : nulls) {
      if (insert.row().isNull(column.ordinal())) {
        complain(MySqlError.ER_WARN_NULL_TO_NOTNULL, column.name(), row);
        FieldStore.setZero(column, insert.row());
      }
    }
  }

  /** The line ended before: a column without a default of its own is NULL, others are what their type calls empty. */
  private void missing(int i) {
    FieldStore store = stores[i];
    if (store == null) {
      setVariable(i, Value.NullValue.NULL);
      return;
    }
    ColumnDefinition column = store.column();
    boolean isNull =
        column.nullable()
            && !source.format().hasFixedWidths()
            && (column.defaultValue() instanceof ColumnDefinition.Default.None
                || column.defaultValue() instanceof ColumnDefinition.Default.Literal(Value v)
                    && v.isNull());
    if (isNull) {
      insert.row().setNull(column.ordinal());
    } else if (column.type().kind() == TypeKind.TIMESTAMP && !column.nullable()) {
      StatementTime.set(insert.row(), column, scope.statement);
    } else {
      FieldStore.setZero(column, insert.row());
    }
    complain(MySqlError.ER_WARN_TOO_FEW_RECORDS, row);
  }

  private void setVariable(int i, Value value) {
    if (source.targets().get(i) instanceof LoadSource.Target.Variable(String name)) {
      scope.statement.setUserVariable(name, value);
    }
  }

  /** The reader's bytes are used again, the variable's stay. */
  private Value text(Slice field) {
    Slice kept = FieldStore.decode(field, source.format().characterSet());
    return new Value.StringValue(Slice.of(kept.toBytes()), collation);
  }

  /** Writes the row; false when the file has no further line. */
  private boolean end() throws IOException {
    for (ColumnStore assignment : assignments) {
      insert.store(assignment);
    }
    settleNulls();
    if (!insert.endRow()) {
      return reader.nextLine();
    }
    boolean more = reader.nextLine();
    if (more && reader.isCut()) {
      complain(MySqlError.ER_WARN_TOO_MANY_RECORDS, row);
    }
    row++;
    return more;
  }

  private void complain(MySqlError error, Object... arguments) {
    if (scope.store.isStrict()) {
      throw error.exception(arguments);
    }
    scope.statement.warn(error, arguments);
  }

  // ---- fixed widths

  private void loadFixed() throws IOException {
    long[] widths = new long[stores.length];
    long all = 0;
    for (int i = 0; i < stores.length; i++) {
      FieldStore store = stores[i];
      if (store == null) {
        throw MySqlError.ER_LOAD_FROM_FIXED_SIZE_ROWS_TO_VAR.exception();
      }
      if (store.column().type().kind().isLob()) {
        throw MySqlError.ER_BLOBS_AND_NO_TERMINATED.exception();
      }
      widths[i] = FieldWidths.of(store.column().type());
      all += widths[i];
    }
    do {
      if (!reader.readFixed((int) Math.min(all, source.lineBytesMax()))) {
        return;
      }
      begin();
      fixedFields(reader.field(), widths);
    } while (end());
  }

  private void fixedFields(Slice line, long[] widths) {
    int at = 0;
    for (int i = 0; i < stores.length; i++) {
      FieldStore store = stores[i];
      if (at == line.length()) {
        missing(i);
      } else if (store != null) {
        int end = (int) Math.min(line.length(), at + widths[i]);
        store.store(line.sub(at, end), insert.row(), scope.store);
        at = end;
      }
    }
  }
}
