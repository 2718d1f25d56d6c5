package io.vaquita.expression.aggregate;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The different rows of argument values seen so far, each as bytes that are equal exactly for equal values. Not thread-safe. */
final class DistinctRows {
  private final Expression[] expressions;
  private final Set<Slice> seen = new HashSet<>();
  private final TextBuffer key = new TextBuffer(64);

  DistinctRows(List<Expression> expressions) {
    this.expressions = expressions.toArray(Expression[]::new);
  }

  /** Whether the current row is new. A row with a NULL never is: it does not count. */
  boolean add(Frame frame) {
    key.clear();
    for (Expression e : expressions) {
      append(e, frame);
      if (frame.isNull) {
        return false;
      }
    }
    return seen.add(key.toSlice());
  }

  void clear() {
    seen.clear();
  }

  private void append(Expression e, Frame frame) {
    switch (e.type().domain()) {
      case INTEGER -> appendLong(e.evaluateLong(frame));
      case DOUBLE -> {
        double d = e.evaluateDouble(frame);
        appendLong(Double.doubleToLongBits(d == 0 ? 0.0 : d));
      }
      case TEMPORAL -> {
        TypeKind kind = e.type().kind();
        appendLong(
            e.evaluateTemporal(frame, kind == TypeKind.TIMESTAMP ? TypeKind.DATETIME : kind));
      }
      case DECIMAL -> {
        BigDecimal d = e.evaluateDecimal(frame);
        if (d != null) {
          appendBytes(Slice.utf8(d.signum() == 0 ? "0" : d.stripTrailingZeros().toString()));
        }
      }
      case STRING, NULL -> {
        Slice s = e.evaluateBytes(frame);
        if (s != null) {
          appendBytes(Slice.of(e.type().collation().sortKey(s)));
        }
      }
      case JSON -> {
        Slice s = e.evaluateJson(frame);
        if (s != null) {
          appendBytes(s);
        }
      }
    }
  }

  private void appendLong(long v) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      key.append((byte) (v >>> shift));
    }
  }

  private void appendBytes(Slice s) {
    appendLong(s.length());
    key.append(s);
  }
}
