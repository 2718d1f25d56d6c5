package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Subquery;
import io.vaquita.expression.SubqueryExpression;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subquery as a value: its only row's only column, NULL without rows, 1242 with more. Immutable. */
public final class ScalarSubquery extends Expression implements SubqueryExpression {
  private final int index;
  private final Expression output;

  ScalarSubquery(int index, Expression output) {
    super(output.type(), true);
    this.index = index;
    this.output = output;
  }

  @Override
  public int index() {
    return index;
  }

  /** Moves to the only row; false, closed and NULL when there is none. */
  private boolean open(Subquery subquery, Frame frame) {
    subquery.open(frame);
    if (!subquery.next(frame)) {
      subquery.close(frame);
      frame.isNull = true;
      return false;
    }
    return true;
  }

  /** Called after the value was read: there must be no second row. */
  private static void finish(Subquery subquery, Frame frame) {
    boolean isNull = frame.isNull;
    boolean another;
    try {
      another = subquery.next(frame);
    } finally {
      subquery.close(frame);
    }
    if (another) {
      throw MySqlError.ER_SUBQUERY_NO_1_ROW.exception();
    }
    frame.isNull = isNull;
  }

  @Override
  public long evaluateLong(Frame frame) {
    Subquery subquery = frame.subqueries[index];
    if (!open(subquery, frame)) {
      return 0;
    }
    long v = output.evaluateLong(frame);
    finish(subquery, frame);
    return v;
  }

  @Override
  public double evaluateDouble(Frame frame) {
    Subquery subquery = frame.subqueries[index];
    if (!open(subquery, frame)) {
      return 0;
    }
    double v = output.evaluateDouble(frame);
    finish(subquery, frame);
    return v;
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    Subquery subquery = frame.subqueries[index];
    if (!open(subquery, frame)) {
      return null;
    }
    BigDecimal v = output.evaluateDecimal(frame);
    finish(subquery, frame);
    return v;
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    Subquery subquery = frame.subqueries[index];
    if (!open(subquery, frame)) {
      return null;
    }
    Slice v = output.evaluateBytes(frame);
    finish(subquery, frame);
    return v;
  }

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    Subquery subquery = frame.subqueries[index];
    if (!open(subquery, frame)) {
      return 0;
    }
    long v = output.evaluateTemporal(frame, kind);
    finish(subquery, frame);
    return v;
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    Subquery subquery = frame.subqueries[index];
    if (!open(subquery, frame)) {
      return null;
    }
    Slice v = output.evaluateJson(frame);
    finish(subquery, frame);
    return v;
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    Subquery subquery = frame.subqueries[index];
    if (!open(subquery, frame)) {
      return false;
    }
    boolean v = output.evaluateBoolean(frame);
    finish(subquery, frame);
    return v;
  }

  @Override
  public Value evaluate(Frame frame) {
    Subquery subquery = frame.subqueries[index];
    if (!open(subquery, frame)) {
      return Value.NullValue.NULL;
    }
    Value v = output.evaluate(frame);
    finish(subquery, frame);
    return v;
  }

  @Override
  public Dependence dependence() {
    return Dependence.ROW;
  }

  @Override
  public int coercibility() {
    return output.coercibility();
  }

  @Override
  public List<Expression> children() {
    return List.of();
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return this;
  }

  @Override
  public String describe() {
    return "(/* select#" + (index + 2) + " */ ...)";
  }
}
