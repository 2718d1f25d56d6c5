package io.vaquita.executor;

import io.vaquita.error.MySqlError;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import io.vaquita.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * WITH RECURSIVE. The anchor's rows are round 0; each further round runs the recursive part over the rows of the round before, until
 * one gives no new row. Rows are given out as they are made, so that a LIMIT above ends an endless recursion.
 */
final class RecursiveUnionOperator extends Operator {
  private final PhysicalNode.RecursiveUnion node;
  private final RowKeyMaker keys;
  private final KeyBuffer key = new KeyBuffer();
  private final @Nullable KeySet seen;
  private @Nullable Operator current;
  private RowList produced;
  private long round;
  private long roundsMax;

  RecursiveUnionOperator(Execution execution, PhysicalNode.RecursiveUnion node) {
    super(execution);
    this.node = node;
    this.keys = new RowKeyMaker(node.types());
    this.produced = new RowList(execution);
    this.seen = node.distinct() ? new KeySet(execution) : null;
  }

  @Override
  void open() {
    close();
    produced = new RowList(execution);
    round = 0;
    Value depth = execution.statement.systemVariable(null, "cte_max_recursion_depth");
    roundsMax = depth instanceof Value.LongValue v ? v.value() : 1000;
    current = Operators.build(node.anchor(), execution);
    current.open();
  }

  @Override
  boolean next() {
    while (current != null) {
      while (current.next()) {
        Row row = frame.rows[node.slot()];
        if (isNew(row)) {
          produced.add(row);
          return true;
        }
      }
      nextRound();
    }
    return false;
  }

  private boolean isNew(Row row) {
    if (seen == null) {
      return true;
    }
    keys.write(row, key);
    return seen.add(key);
  }

  private void nextRound() {
    if (current != null) {
      current.close();
      current = null;
    }
    if (produced.size() == 0) {
      return;
    }
    if (++round > roundsMax) {
      throw MySqlError.ER_CTE_MAX_RECURSION_DEPTH.exception(round);
    }
    execution.setWorkingTable(node.workingTable(), produced);
    produced = new RowList(execution);
    Operator next = Operators.build(node.recursive(), execution);
    next.open();
    current = next;
  }

  @Override
  void close() {
    if (current != null) {
      current.close();
      current = null;
    }
    if (seen != null) {
      seen.clear();
    }
  }
}
