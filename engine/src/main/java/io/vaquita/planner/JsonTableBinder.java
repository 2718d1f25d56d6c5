package io.vaquita.planner;

import io.vaquita.parser.syntax.TableReference.JsonColumn;
import io.vaquita.planner.physical.JsonTableDefinition;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.value.DataType;
import java.util.ArrayList;
import java.util.List;

/** Binds the columns of one JSON_TABLE and numbers them in the order of the text. Confined to one thread. */
final class JsonTableBinder {
  private final int slot;
  private final StatementBinding statement;
  private final boolean nullable;
  private final List<OutputColumn> columns = new ArrayList<>();

  JsonTableBinder(int slot, StatementBinding statement, boolean nullable) {
    this.slot = slot;
    this.statement = statement;
    this.nullable = nullable;
  }

  List<OutputColumn> columns() {
    return RelationBinder.named(columns, List.of());
  }

  JsonTableDefinition bind(String path, List<JsonColumn> syntax) {
    List<JsonTableDefinition.Column> bound = new ArrayList<>();
    List<JsonTableDefinition> nested = new ArrayList<>();
    for (JsonColumn column : syntax) {
      switch (column) {
        case JsonColumn.Ordinality o ->
            bound.add(
                new JsonTableDefinition.Column(
                    add(o.name(), DataType.INT, nullable),
                    o.name(),
                    DataType.INT,
                    null,
                    false,
                    null,
                    null));
        case JsonColumn.Path p -> {
          DataType type = CastTypes.of(p.type(), statement.context.settings());
          bound.add(
              new JsonTableDefinition.Column(
                  add(p.name(), type, true),
                  p.name(),
                  type,
                  p.path(),
                  p.exists(),
                  p.onEmpty(),
                  p.onError()));
        }
        case JsonColumn.Nested n -> nested.add(bind(n.path(), n.columns()));
      }
    }
    return new JsonTableDefinition(path, List.copyOf(bound), List.copyOf(nested));
  }

  private int add(String name, DataType type, boolean columnNullable) {
    columns.add(QueryBinder.slotColumn(slot, columns.size(), type, columnNullable, name));
    return columns.size() - 1;
  }
}
