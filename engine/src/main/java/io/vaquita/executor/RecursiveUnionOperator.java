package io.vaquita.executor;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Frame;
import io.vaquita.expression.SqlMode;
import io.vaquita.expression.StatementContext;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import io.vaquita.value.Value;
import io.vaquita.value.ValueRow;
import io.vaquita.value.conversion.StoreContext;
import io.vaquita.value.conversion.StoreConversion;
import org.jspecify.annotations.Nullable;

/**
 * WITH RECURSIVE. The anchor's rows are round 0; each further round runs the recursive part over the rows of the round before, until
 * one gives no new row. Rows are given out as they are made, so that a LIMIT above ends an endless recursion. Columns are as the anchor
 * gives them: values of the recursive part are stored into them as into a table's, so that what does not fit is an error in strict mode.
 */
final class RecursiveUnionOperator extends Operator {
  private final PhysicalNode.RecursiveUnion node;
  private final RowKeyMaker keys;
  private final KeyBuffer key = new KeyBuffer();
  private final @Nullable KeySet seen;
  private @Nullable Operator current;
  private final ColumnStore[] stores;
  private final StoreContext store;
  private RowList produced;
  private long round;
  private long roundsMax;

  RecursiveUnionOperator(Execution execution, PhysicalNode.RecursiveUnion node) {
    super(execution);
    this.node = node;
    this.keys = new RowKeyMaker(node.types());
    this.produced = new RowList(execution);
    this.stores = stores(node);
    this.store = store(frame);
    this.seen = node.distinct() ? new KeySet(execution) : null;
  }

  private static ColumnStore[] stores(PhysicalNode.RecursiveUnion node) {
    ColumnStore[] stores = new ColumnStore[node.types().size()];
    for (int i = 0; i < stores.length; i++) {
      StoreConversion conversion =
          new StoreConversion(node.names().get(i), node.types().get(i), true);
      stores[i] = new ColumnStore(i, conversion, node.recursive().expressions().get(i));
    }
    return stores;
  }

  /** Without strict mode MySQL cuts values in silence. */
  private static StoreContext store(Frame frame) {
    StatementContext statement = frame.statement;
    // also where only rows are read, which StatementContext#isStrict is not about
    boolean isStrict =
        SqlMode.STRICT_TRANS_TABLES.isSet(statement.sqlMode())
            || SqlMode.STRICT_ALL_TABLES.isSet(statement.sqlMode());
    return new StoreContext(
        isStrict ? statement : (level, number, message) -> {},
        isStrict,
        false,
        statement.sqlMode(),
        statement.timeZone(),
        Conversion.currentDate(frame));
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
        Row row = round == 0 ? frame.rows[node.slot()] : stored();
        frame.rows[node.slot()] = row;
        if (isNew(row)) {
          produced.add(row);
          return true;
        }
      }
      nextRound();
    }
    return false;
  }

  private Row stored() {
    ValueRow row = new ValueRow(stores.length);
    for (ColumnStore each : stores) {
      each.store(frame, row, store);
    }
    return row;
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
    Operator next = Operators.build(node.recursive().input(), execution);
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
