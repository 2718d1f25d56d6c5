package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import io.vaquita.value.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Reads a table that the session makes up. */
final class VirtualTableScanOperator extends Operator {
  private final PhysicalNode.VirtualTableScan node;
  private Iterator<Row> rows = Collections.emptyIterator();

  VirtualTableScanOperator(Execution execution, PhysicalNode.VirtualTableScan node) {
    super(execution);
    this.node = node;
  }

  @Override
  void open() {
    Map<Integer, Value> equal = new HashMap<>();
    for (PhysicalNode.ColumnHint hint : node.hints()) {
      equal.put(hint.column(), hint.value().evaluate(frame));
    }
    rows = execution.context.virtualTables().rows(node.table(), equal);
  }

  @Override
  boolean next() {
    Expression condition = node.condition();
    while (rows.hasNext()) {
      execution.countRow();
      frame.rows[node.slot()] = rows.next();
      if (condition == null || condition.evaluateBoolean(frame)) {
        return true;
      }
    }
    return false;
  }

  @Override
  void close() {
    rows = Collections.emptyIterator();
  }
}
