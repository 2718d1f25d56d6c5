package io.vaquita.catalog;

import java.util.List;

/** A foreign key of the child table that holds it. Immutable. Columns are ordinals of the child, names of the parent. */
public record ForeignKeyDefinition(
    String name,
    List<Integer> columns,
    String parentSchema,
    String parentTable,
    List<String> parentColumns,
    Action onDelete,
    Action onUpdate) {

  /** NO_ACTION is checked at once, as RESTRICT is. */
  public enum Action {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
  }

  public ForeignKeyDefinition {
    columns = List.copyOf(columns);
    parentColumns = List.copyOf(parentColumns);
  }
}
