package io.vaquita.table;

import io.vaquita.catalog.ForeignKeyDefinition;
import io.vaquita.catalog.ForeignKeyDefinition.Action;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.codec.RowBuilder;
import io.vaquita.error.MySqlError;
import io.vaquita.transaction.LockWait;
import io.vaquita.transaction.TableLockMode;
import io.vaquita.value.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What foreign keys demand when rows of one table are written: checked row by row, at once. Confined to one statement.
 *
 * <p>RESTRICT looks for children before the parent's row goes; cascades run after it is gone, so that a row that refers to itself does not
 * cascade for ever. A chain of cascades has an end, and an update does not come back to a table that it has updated: as in InnoDB.
 */
final class ForeignKeyChecks {
  /** A change of a row that has so many before it is one too many. */
  private static final int CASCADE_DEPTH_MAX = 15;

  private final TableChanges changes;
  private final TableAccessor table;
  private final List<ForeignKeyLookup> parents = new ArrayList<>();
  private final List<ForeignKeyLookup> children = new ArrayList<>();
  private boolean isResolved;

  ForeignKeyChecks(TableChanges changes, TableAccessor table, boolean isOff) {
    this.isResolved = isOff;
    this.changes = changes;
    this.table = table;
  }

  private boolean isOff() {
    if (!isResolved) {
      isResolved = true;
      resolve();
    }
    return parents.isEmpty() && children.isEmpty();
  }

  private void resolve() {
    TableDefinition own = table.definition();
    List<ForeignKeyCatalog.Child> referring =
        changes.tables().foreignKeys().children(changes.catalog(), own);
    if (own.temporary()
        || own.foreignKeys().isEmpty() && referring.isEmpty()
        || !changes.checksForeignKeys()) {
      return;
    }
    for (ForeignKeyDefinition key : own.foreignKeys()) {
      TableDefinition parent = changes.table(key.parentSchema(), key.parentTable());
      parents.add(ForeignKeyLookup.ofParent(changes, table, key, parent));
      if (parent != null) {
        changes.transaction().lockTable(parent.id(), TableLockMode.IS);
      }
    }
    for (ForeignKeyCatalog.Child child : referring) {
      children.add(ForeignKeyLookup.ofChild(changes, table, child));
    }
  }

  void afterInsert(Row row) {
    if (isOff()) {
      return;
    }
    for (ForeignKeyLookup parent : parents) {
      checkParent(parent, row);
    }
  }

  private void checkParent(ForeignKeyLookup parent, Row row) {
    if (!parent.hasNull(row) && !parent.exists(row)) {
      throw parent.failure(MySqlError.ER_NO_REFERENCED_ROW_2);
    }
  }

  void beforeDelete(Row row) {
    if (isOff()) {
      return;
    }
    for (ForeignKeyLookup child : children) {
      if (restricts(child.key().onDelete())) {
        checkNoChild(child, row);
      }
    }
  }

  private static boolean restricts(Action action) {
    return switch (action) {
      case NO_ACTION, RESTRICT, SET_DEFAULT -> true;
      case CASCADE, SET_NULL -> false;
    };
  }

  private void checkNoChild(ForeignKeyLookup child, Row row) {
    if (child.hasNull(row)) {
      return;
    }
    changes.transaction().lockTable(child.other().definition().id(), TableLockMode.IS);
    if (child.exists(row)) {
      throw child.failure(MySqlError.ER_ROW_IS_REFERENCED_2);
    }
  }

  void afterDelete(Row row, @Nullable Cascade cause) {
    if (isOff()) {
      return;
    }
    for (ForeignKeyLookup child : children) {
      Action action = child.key().onDelete();
      if (!restricts(action) && !child.hasNull(row)) {
        Cascade step = Cascade.after(cause, table.definition().id(), false);
        cascade(child, row, action == Action.CASCADE ? null : row, null, step);
      }
    }
  }

  void beforeUpdate(Row oldRow, Row newRow) {
    if (isOff()) {
      return;
    }
    for (ForeignKeyLookup child : children) {
      if (restricts(child.key().onUpdate()) && child.differs(oldRow, newRow)) {
        checkNoChild(child, oldRow);
      }
    }
  }

  void afterUpdate(Row oldRow, Row newRow, @Nullable Cascade cause) {
    if (isOff()) {
      return;
    }
    for (ForeignKeyLookup child : children) {
      Action action = child.key().onUpdate();
      if (!restricts(action) && !child.hasNull(oldRow) && child.differsInBytes(oldRow, newRow)) {
        Cascade step = Cascade.after(cause, table.definition().id(), true);
        cascade(child, oldRow, oldRow, action == Action.CASCADE ? newRow : null, step);
      }
    }
    for (ForeignKeyLookup parent : parents) {
      if (parent.differs(oldRow, newRow)) {
        checkParent(parent, newRow);
      }
    }
  }

  /**
   * Changes the children of a row.
   *
   * @param updated null: the children are deleted
   * @param source the row whose values they get; null: NULL
   */
  private void cascade(
      ForeignKeyLookup child,
      Row parentRow,
      @Nullable Row updated,
      @Nullable Row source,
      Cascade step) {
    TableWriter writer = changes.writer(child.other().definition());
    changes.transaction().lockTable(child.other().definition().id(), TableLockMode.IX);
    for (Row row : child.lockRows(parentRow)) {
      Row present = writer.lockAndRead(row);
      if (present == null) {
        continue;
      }
      check(child, updated != null, step);
      if (updated == null) {
        writer.delete(present, step);
      } else {
        RowBuilder builder = child.other().newRowBuilder();
        byte[] bytes = changed(builder, child, present, source);
        Duplicate duplicate = writer.update(present, bytes, builder.moved(), step);
        if (duplicate != null) {
          throw duplicate.exception();
        }
      }
    }
  }

  private static void check(ForeignKeyLookup child, boolean isUpdate, Cascade step) {
    if (isUpdate && step.updates(child.other().definition().id())) {
      throw child.failure(MySqlError.ER_ROW_IS_REFERENCED_2);
    }
    if (step.depth() >= CASCADE_DEPTH_MAX) {
      throw MySqlError.ER_FK_DEPTH_EXCEEDED.exception(CASCADE_DEPTH_MAX);
    }
  }

  private static byte[] changed(
      RowBuilder builder, ForeignKeyLookup child, Row row, @Nullable Row source) {
    builder.copyAll(row);
    List<Integer> columns = child.key().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (source == null) {
        builder.setNull(columns.get(i));
      } else {
        builder.copy(columns.get(i), source, child.ownColumn(i));
      }
    }
    return builder.build();
  }

  /** How rows in the other table are waited for: foreign keys know no NOWAIT. */
  static final LockWait WAIT = LockWait.WAIT;
}
