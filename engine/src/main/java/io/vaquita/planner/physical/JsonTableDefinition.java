package io.vaquita.planner.physical;

import io.vaquita.value.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of JSON_TABLE, with types bound. Immutable. {@code ordinal}: the column of the slot's row. */
public record JsonTableDefinition(
    String path, List<Column> columns, List<JsonTableDefinition> nested) {
  /** {@code path} null: FOR ORDINALITY. onEmpty/onError: NULL, ERROR or DEFAULT with the default's text; null as NULL. */
  public record Column(
      int ordinal,
      String name,
      DataType type,
      @Nullable String path,
      boolean exists,
      @Nullable String onEmpty,
      @Nullable String onError) {}
}
