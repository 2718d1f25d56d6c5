package io.vaquita.executor;

import io.vaquita.planner.physical.JsonTableDefinition;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Slice;
import io.vaquita.value.ValueRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON_TABLE: the rows of one document, made when it is opened.
 *
 * <p>A nested path is joined to its row as an outer join is; several nested paths of one row come one after the other, the columns of the
 * others NULL.
 */
final class JsonTableOperator extends Operator {
  private final PhysicalNode.JsonTableScan node;
  private final int columns;
  private final Level top;
  private List<ValueRow> rows = List.of();
  private int at;

  /** A path with its columns, ready to be read. */
  private record Level(JsonTablePath path, List<JsonTableColumn> columns, List<Level> nested) {}

  JsonTableOperator(Execution execution, PhysicalNode.JsonTableScan node) {
    super(execution);
    this.node = node;
    this.columns = countColumns(node.definition());
    this.top = level(node.definition());
  }

  private static int countColumns(JsonTableDefinition definition) {
    int count = definition.columns().size();
    for (JsonTableDefinition nested : definition.nested()) {
      count += countColumns(nested);
    }
    return count;
  }

  private Level level(JsonTableDefinition definition) {
    List<JsonTableColumn> own = new ArrayList<>();
    for (JsonTableDefinition.Column column : definition.columns()) {
      own.add(new JsonTableColumn(column, execution.statement));
    }
    List<Level> nested = new ArrayList<>();
    for (JsonTableDefinition inner : definition.nested()) {
      nested.add(level(inner));
    }
    return new Level(new JsonTablePath(definition.path()), own, nested);
  }

  @Override
  void open() {
    Slice document = node.document().evaluateJson(frame);
    List<ValueRow> made = new ArrayList<>();
    if (document != null && !frame.isNull) {
      addRows(top, document, null, made);
    }
    rows = made;
    at = 0;
  }

  /** False when the path finds nothing. */
  private boolean addRows(Level level, Slice json, @Nullable ValueRow outer, List<ValueRow> into) {
    long number = 0;
    for (Slice match : level.path.all(json)) {
      execution.countRow();
      ValueRow row = outer == null ? new ValueRow(columns) : outer.copy();
      number++;
      for (JsonTableColumn column : level.columns) {
        column.set(row, match, number, frame);
      }
      boolean any = false;
      for (Level nested : level.nested) {
        any |= addRows(nested, match, row, into);
      }
      if (!any) {
        into.add(row);
      }
    }
    return number > 0;
  }

  @Override
  boolean next() {
    if (at >= rows.size()) {
      return false;
    }
    frame.rows[node.slot()] = rows.get(at++);
    return true;
  }

  @Override
  void close() {
    rows = List.of();
    at = 0;
  }
}
