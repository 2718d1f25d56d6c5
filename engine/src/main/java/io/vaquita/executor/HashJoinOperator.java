package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.expression.NullRow;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import io.vaquita.value.Row;
import org.jspecify.annotations.Nullable;

/**
 * Joins by equality: a table of the right input by key, probed by each left row. Left rows keep their order, and the matches of one
 * left row come in the right input's order.
 */
final class HashJoinOperator extends Operator {
  private final JoinKind kind;
  private final Operator left;
  private final int[] rightSlots;
  private final @Nullable Expression condition;
  private final KeyMaker leftKeys;
  private final JoinTable table;
  private final KeyBuffer key = new KeyBuffer();
  private boolean hasLeftRow;
  private boolean matched;
  private JoinTable.@Nullable Entry candidate;
  private final PhysicalNode.HashJoin node;

  /** Takes over when the right rows do not fit in memory. */
  private @Nullable PartedJoin parted;

  /** The same for NOT IN. */
  private @Nullable PortionedNotIn portioned;

  HashJoinOperator(Execution execution, PhysicalNode.HashJoin node) {
    super(execution);
    this.node = node;
    this.kind = node.kind();
    this.left = Operators.build(node.left(), execution);
    this.rightSlots = SlotRows.toArray(node.rightSlots());
    this.condition = node.condition();
    this.leftKeys = KeyMaker.ofComparison(node.leftKeys(), node.leftKeys(), node.rightKeys());
    this.table = new JoinTable(execution, node);
  }

  @Override
  void open() {
    table.fill();
    parted = null;
    portioned = null;
    if (table.hasMore()) {
      portioned = new PortionedNotIn(execution, node, table, this::passesNotIn);
      portioned.run(left);
      return;
    }
    if (table.files() != null) {
      parted = new PartedJoin(execution, node, table, leftKeys);
      parted.run(left);
      return;
    }
    left.open();
    hasLeftRow = false;
    candidate = null;
  }

  @Override
  boolean next() {
    if (parted != null) {
      return parted.next();
    }
    if (portioned != null) {
      clearRight();
      return portioned.next();
    }
    while (true) {
      if (!hasLeftRow) {
        if (!left.next()) {
          return false;
        }
        if (kind == JoinKind.NULL_AWARE_ANTI) {
          if (passesNotIn()) {
            clearRight();
            return true;
          }
          continue;
        }
        boolean complete = leftKeys.write(frame, key);
        hasLeftRow = true;
        matched = false;
        candidate = complete ? table.find(key) : null;
      }
      if (nextMatch()) {
        return true;
      }
      hasLeftRow = false;
      if (!matched && (kind == JoinKind.LEFT || kind == JoinKind.ANTI)) {
        clearRight();
        return true;
      }
    }
  }

  private boolean nextMatch() {
    while (candidate != null) {
      execution.countRow();
      putRight(candidate);
      candidate = candidate.next;
      if (condition == null || condition.evaluateBoolean(frame)) {
        matched = true;
        if (kind == JoinKind.ANTI) {
          return false;
        }
        if (kind == JoinKind.SEMI) {
          hasLeftRow = false;
        }
        return true;
      }
    }
    return false;
  }

  /** NOT IN: the frame's left row passes when the comparison is FALSE, not UNKNOWN, for every right row. */
  private boolean passesNotIn() {
    if (leftKeys.write(frame, key)) {
      if (anyHolds(table.find(key)) || anyUnknown(table.incomplete())) {
        return false;
      }
      return true;
    }
    return !anyUnknown(table.all()) && !anyUnknown(table.incomplete());
  }

  private boolean anyHolds(JoinTable.@Nullable Entry first) {
    for (JoinTable.Entry e = first; e != null; e = e.next) {
      if (conditionHolds(e)) {
        return true;
      }
    }
    return false;
  }

  /** Whether some of these rows compares to TRUE or UNKNOWN: each part equal or NULL on a side. */
  private boolean anyUnknown(java.util.List<JoinTable.Entry> entries) {
    for (JoinTable.Entry e : entries) {
      execution.countRow();
      if (table.isNotDifferent(e, leftKeys, frame) && conditionHolds(e)) {
        return true;
      }
    }
    return false;
  }

  private boolean conditionHolds(JoinTable.Entry e) {
    if (condition == null) {
      return true;
    }
    putRight(e);
    return condition.evaluateBoolean(frame);
  }

  private void putRight(JoinTable.Entry e) {
    Row[] rows = e.rows;
    for (int i = 0; i < rightSlots.length; i++) {
      frame.rows[rightSlots[i]] = rows[i];
    }
  }

  private void clearRight() {
    for (int slot : rightSlots) {
      frame.rows[slot] = NullRow.INSTANCE;
    }
  }

  @Override
  void close() {
    left.close();
    table.close();
  }
}
