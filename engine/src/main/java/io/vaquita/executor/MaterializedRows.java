package io.vaquita.executor;

import io.vaquita.value.Row;
import org.jspecify.annotations.Nullable;

/** The kept rows of one derived table, shared by all its uses in a statement. Confined to the statement's thread. */
final class MaterializedRows {
  @Nullable RowList rows;

  /** The outer rows that {@link #rows} were made with, by identity. */
  Row[] madeWith = {};
}
