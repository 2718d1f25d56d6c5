package io.vaquita.table;

import org.jspecify.annotations.Nullable;

/**
 * A change of a parent's row that goes on to its children, and the change that it comes from itself. Immutable.
 *
 * @param tableId the parent's
 * @param isUpdate false: the row was deleted
 * @param cause null: the statement changed the row
 * @param depth how many changes lie before the children's
 */
record Cascade(long tableId, boolean isUpdate, @Nullable Cascade cause, int depth) {
  static Cascade after(@Nullable Cascade cause, long tableId, boolean isUpdate) {
    return new Cascade(tableId, isUpdate, cause, cause == null ? 1 : cause.depth + 1);
  }

  /** Whether this change, or one that led to it, updates rows of a table: then they must not be updated by it in turn. */
  boolean updates(long table) {
    for (Cascade at = this; at != null; at = at.cause) {
      if (at.isUpdate && at.tableId == table) {
        return true;
      }
    }
    return false;
  }
}
