package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.expression.NullRow;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import org.jspecify.annotations.Nullable;

/** For each left row opens the right input anew. */
final class NestedLoopJoinOperator extends Operator {
  private final JoinKind kind;
  private final Operator left;
  private final Operator right;
  private final int[] rightSlots;
  private final @Nullable Expression condition;
  private boolean hasLeftRow;
  private boolean matched;

  NestedLoopJoinOperator(Execution execution, PhysicalNode.NestedLoopJoin node) {
    super(execution);
    this.kind = node.kind();
    this.left = Operators.build(node.left(), execution);
    this.right = Operators.build(node.right(), execution);
    this.rightSlots = SlotRows.toArray(node.rightSlots());
    this.condition = node.condition();
  }

  @Override
  void open() {
    left.open();
    hasLeftRow = false;
  }

  @Override
  boolean next() {
    while (true) {
      if (!hasLeftRow) {
        if (!left.next()) {
          return false;
        }
        hasLeftRow = true;
        matched = false;
        right.open();
      }
      if (nextMatch()) {
        return true;
      }
      hasLeftRow = false;
      if (!matched && (kind == JoinKind.LEFT || isAnti())) {
        clearRight();
        return true;
      }
    }
  }

  private boolean isAnti() {
    return kind == JoinKind.ANTI || kind == JoinKind.NULL_AWARE_ANTI;
  }

  /** Looks for the next right row that makes a row of the join; false when the left row is done. */
  private boolean nextMatch() {
    while (right.next()) {
      execution.countRow();
      if (condition != null && !condition.evaluateBoolean(frame)) {
        if (!frame.isNull || kind != JoinKind.NULL_AWARE_ANTI) {
          continue;
        }
      }
      matched = true;
      if (isAnti()) {
        return false;
      }
      if (kind == JoinKind.SEMI) {
        hasLeftRow = false;
      }
      return true;
    }
    return false;
  }

  private void clearRight() {
    for (int slot : rightSlots) {
      frame.rows[slot] = NullRow.INSTANCE;
    }
  }

  @Override
  void close() {
    left.close();
    right.close();
  }
}
