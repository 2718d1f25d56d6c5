package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.planner.physical.PhysicalNode;
import org.jspecify.annotations.Nullable;

/** LIMIT and OFFSET. With SQL_CALC_FOUND_ROWS it reads and counts what comes after the limit, too. */
final class LimitOperator extends Operator {
  private final PhysicalNode.Limit node;
  private final Operator input;
  private long toSkip;
  private long left;
  private long read;
  private boolean ended;

  LimitOperator(Execution execution, PhysicalNode.Limit node) {
    super(execution);
    this.node = node;
    this.input = Operators.build(node.input(), execution);
  }

  /** LIMIT's numbers are unsigned: those beyond a signed long are as good as endless. */
  static long evaluate(@Nullable Expression e, Frame frame, long absent) {
    if (e == null) {
      return absent;
    }
    long v = e.evaluateLong(frame);
    return frame.isNull ? 0 : v < 0 ? Long.MAX_VALUE : v;
  }

  @Override
  void open() {
    toSkip = evaluate(node.offset(), frame, 0);
    left = evaluate(node.count(), frame, Long.MAX_VALUE);
    read = 0;
    ended = false;
    if (left == 0 && !node.countAll()) {
      ended = true;
    } else {
      input.open();
    }
  }

  @Override
  boolean next() {
    if (ended) {
      return false;
    }
    while (toSkip > 0) {
      if (!readRow()) {
        return false;
      }
      toSkip--;
    }
    if (left > 0) {
      left--;
      return readRow();
    }
    if (node.countAll()) {
      boolean more = true;
      while (more) {
        more = readRow();
      }
    }
    ended = true;
    return false;
  }

  private boolean readRow() {
    if (input.next()) {
      read++;
      return true;
    }
    ended = true;
    return false;
  }

  /** Rows that there would be without the limit. Only with {@code countAll}, after the end. */
  long rowsRead() {
    return read;
  }

  @Override
  void close() {
    input.close();
  }
}
