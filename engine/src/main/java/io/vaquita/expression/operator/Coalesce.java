package io.vaquita.expression.operator;

import io.vaquita.expression.Describe;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COALESCE and IFNULL: the first operand that is not NULL; all have the result's domain. Immutable. */
final class Coalesce extends Expression {
  private final String name;
  private final Expression[] operands;
  private final int coercibility;

  Coalesce(String name, List<Expression> operands, DataType type, int coercibility) {
    super(type, allNullable(operands));
    this.name = name;
    this.operands = operands.toArray(Expression[]::new);
    this.coercibility = coercibility;
  }

  private static boolean allNullable(List<Expression> operands) {
    for (Expression e : operands) {
      if (!e.isNullable()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long evaluateLong(Frame frame) {
    for (Expression operand : operands) {
      long v = operand.evaluateLong(frame);
      if (!frame.isNull) {
        return v;
      }
    }
    return 0;
  }

  @Override
  public double evaluateDouble(Frame frame) {
    for (Expression operand : operands) {
      double v = operand.evaluateDouble(frame);
      if (!frame.isNull) {
        return v;
      }
    }
    return 0;
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    for (Expression operand : operands) {
      @Nullable BigDecimal v = operand.evaluateDecimal(frame);
      if (!frame.isNull) {
        return v;
      }
    }
    return null;
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    for (Expression operand : operands) {
      @Nullable Slice v = operand.evaluateBytes(frame);
      if (!frame.isNull) {
        return v;
      }
    }
    return null;
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    for (Expression operand : operands) {
      @Nullable Slice v = operand.evaluateJson(frame);
      if (!frame.isNull) {
        return v;
      }
    }
    return null;
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    for (Expression operand : operands) {
      boolean v = operand.evaluateBoolean(frame);
      if (!frame.isNull) {
        return v;
      }
    }
    return false;
  }

  @Override
  public Value evaluate(Frame frame) {
    for (Expression operand : operands) {
      Value v = operand.evaluate(frame);
      if (!frame.isNull) {
        return v;
      }
    }
    return Value.NullValue.NULL;
  }

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    for (Expression operand : operands) {
      long v = operand.evaluateTemporal(frame, kind);
      if (!frame.isNull) {
        return v;
      }
    }
    return 0;
  }

  @Override
  public int coercibility() {
    return coercibility;
  }

  @Override
  public List<Expression> children() {
    return List.of(operands);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new Coalesce(name, children, type(), coercibility);
  }

  @Override
  public String describe() {
    return Describe.call(name, children());
  }
}
