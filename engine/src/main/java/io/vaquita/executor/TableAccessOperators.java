package io.vaquita.executor;

import io.vaquita.codec.KeyEncoder;
import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.AccessPath;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.RowLocking;
import io.vaquita.table.IndexScan;
import io.vaquita.table.KeyRange;
import io.vaquita.table.LockingScan;
import io.vaquita.table.RowFilter;
import io.vaquita.table.RowScan;
import io.vaquita.table.TableAccessor;
import io.vaquita.table.TableIndex;
import io.vaquita.transaction.LockWait;
import io.vaquita.transaction.TableLockMode;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the operators that read base tables. Stateless. */
final class TableAccessOperators {
  private TableAccessOperators() {}

  static Operator build(Execution execution, PhysicalNode.TableAccess node) {
    TableAccessor table = execution.context.tables().accessor(node.table());
    TableIndex index = table.index(node.index());
    return node.access() instanceof AccessPath.UniqueLookup lookup
        ? new UniqueLookupOperator(execution, node, table, index, lookup)
        : new RangeScanOperator(execution, node, table, index);
  }

  /** The scan with the locks that the node and the statement ask for. */
  static RowScan scan(
      Execution execution, PhysicalNode.TableAccess node, TableAccessor table, TableIndex index) {
    Transaction transaction = execution.transaction;
    RowLocking.Mode mode = execution.lockMode(node.locking());
    RowFilter filter = filter(execution, node);
    if (mode == RowLocking.Mode.NONE) {
      return new IndexScan(table, index, transaction.consistentView(), node.covering(), filter);
    }
    if (node.table().temporary()) {
      return new IndexScan(table, index, transaction.currentView(), node.covering(), filter);
    }
    boolean exclusive = mode == RowLocking.Mode.EXCLUSIVE;
    transaction.lockTable(node.table().id(), exclusive ? TableLockMode.IX : TableLockMode.IS);
    LockWait wait =
        switch (node.locking().onConflict()) {
          case WAIT -> LockWait.WAIT;
          case NOWAIT -> LockWait.NOWAIT;
          case SKIP_LOCKED -> LockWait.SKIP_LOCKED;
        };
    return new LockingScan(
        table,
        index,
        transaction,
        node.covering(),
        exclusive,
        wait,
        execution.kind == StatementKind.UPDATE,
        filter);
  }

  private static RowFilter filter(Execution execution, PhysicalNode.TableAccess node) {
    Expression condition = node.condition();
    int slot = node.slot();
    if (condition == null) {
      return row -> {
        execution.countRow();
        return true;
      };
    }
    return row -> {
      execution.countRow();
      execution.frame.rows[slot] = row;
      return condition.evaluateBoolean(execution.frame);
    };
  }

  /** Reads at most one row by the whole key of a unique index. */
  private static final class UniqueLookupOperator extends Operator {
    private final PhysicalNode.TableAccess node;
    private final TableAccessor table;
    private final TableIndex index;
    private final List<Expression> key;

    /** The one integer part that makes the key, whose lookups take the shortest way; otherwise null. */
    private final @Nullable DataType integerKey;

    private @Nullable KeyRanges ranges;
    private @Nullable RowScan scan;
    private boolean done = true;

    UniqueLookupOperator(
        Execution execution,
        PhysicalNode.TableAccess node,
        TableAccessor table,
        TableIndex index,
        AccessPath.UniqueLookup lookup) {
      super(execution);
      this.node = node;
      this.table = table;
      this.index = index;
      this.key = lookup.key();
      KeyEncoder encoder = index.parts();
      boolean isInteger =
          encoder.partCount() == 1
              && encoder.part(0).type().kind() == TypeKind.INT
              && !encoder.part(0).type().unsigned()
              && !encoder.part(0).nullable()
              && !encoder.part(0).descending()
              && key.getFirst().type().domain() == TypeKind.Domain.INTEGER
              && !key.getFirst().type().unsigned();
      this.integerKey = isInteger ? encoder.part(0).type() : null;
    }

    @Override
    void open() {
      done = false;
    }

    @Override
    boolean next() {
      if (done) {
        return false;
      }
      done = true;
      execution.context.counters().readKey++;
      byte[] wanted = keyBytes();
      if (wanted == null) {
        return false;
      }
      RowScan s = scan;
      if (s == null) {
        s = scan(execution, node, table, index);
        scan = s;
      }
      Row row = s.find(wanted);
      if (row == null) {
        return false;
      }
      frame.rows[node.slot()] = row;
      return true;
    }

    private byte @Nullable [] keyBytes() {
      if (integerKey != null) {
        long v = key.getFirst().evaluateLong(frame);
        return frame.isNull || v != (int) v ? null : index.parts().encodeLong(v);
      }
      KeyRanges r = ranges;
      if (r == null) {
        r = new KeyRanges(index, frame);
        ranges = r;
      }
      return r.key(key);
    }

    @Override
    void close() {
      done = true;
    }
  }

  /** Reads ranges of an index, or all of it, forward or backward. */
  private static final class RangeScanOperator extends Operator {
    private final PhysicalNode.TableAccess node;
    private final TableAccessor table;
    private final TableIndex index;
    private List<KeyRange> ranges = List.of();
    private int at;
    private @Nullable RowScan scan;
    private @Nullable Row found;
    private final RowCounters counters;

    /** All rows of the table in no order that anybody asked for. */
    private final boolean isTableScan;

    RangeScanOperator(
        Execution execution, PhysicalNode.TableAccess node, TableAccessor table, TableIndex index) {
      super(execution);
      this.node = node;
      this.table = table;
      this.index = index;
      this.counters = execution.context.counters();
      boolean isFull = node.access() instanceof AccessPath.FullScan;
      this.isTableScan = isFull && index.isClustered() && !node.reverse();
      execution.countAccess(isFull, isRange(node.access()));
    }

    @Override
    void open() {
      ranges =
          switch (node.access()) {
            case AccessPath.FullScan ignored -> List.of(KeyRange.ALL);
            case AccessPath.Ranges r -> new KeyRanges(index, frame).ranges(r.ranges());
            case AccessPath.UniqueLookup ignored ->
                throw new IllegalStateException("a lookup is no range");
          };
      at = 0;
      if (!ranges.isEmpty()) {
        if (scan == null) {
          scan = scan(execution, node, table, index);
        }
        openRange(scan);
      }
    }

    private void openRange(RowScan s) {
      KeyRange range = ranges.get(node.reverse() ? ranges.size() - 1 - at : at);
      found = null;
      counters.readKey++;
      if (range == KeyRange.ALL) {
        counters.readFirst += node.reverse() ? 0 : 1;
        counters.readLast += node.reverse() ? 1 : 0;
        counters.readRandomNext += isTableScan ? 1 : 0;
      }
      if (range.isPoint()) {
        found = s.find(range.from());
      } else {
        s.open(range, node.reverse());
      }
    }

    @Override
    boolean next() {
      RowScan s = scan;
      while (s != null && at < ranges.size()) {
        Row row = found;
        if (row != null) {
          found = null;
          frame.rows[node.slot()] = row;
          return true;
        }
        if (!ranges.get(node.reverse() ? ranges.size() - 1 - at : at).isPoint() && s.next()) {
          countNext();
          frame.rows[node.slot()] = s.row();
          return true;
        }
        if (++at < ranges.size()) {
          openRange(s);
        }
      }
      return false;
    }

    /** EXPLAIN's range: more than one run of equal entries. */
    private static boolean isRange(AccessPath access) {
      return access instanceof AccessPath.Ranges r
          && (r.ranges().size() > 1
              || r.ranges().getFirst().low() != null
              || r.ranges().getFirst().high() != null);
    }

    private void countNext() {
      if (isTableScan) {
        counters.readRandomNext++;
      } else if (node.reverse()) {
        counters.readPrevious++;
      } else {
        counters.readNext++;
      }
    }

    @Override
    void close() {
      at = ranges.size();
    }
  }
}
