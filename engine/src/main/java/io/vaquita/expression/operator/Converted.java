package io.vaquita.expression.operator;

import io.vaquita.expression.DecimalExpression;
import io.vaquita.expression.DoubleExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.JsonExpression;
import io.vaquita.expression.LongExpression;
import io.vaquita.expression.StringExpression;
import io.vaquita.expression.TemporalExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operand taken in another domain without a CAST, where values of several types come together. One class a domain; immutable. */
final class Converted {
  private Converted() {}

  static Expression of(Expression operand, DataType type) {
    return switch (type.domain()) {
      case INTEGER -> new ToLong(operand, type);
      case DECIMAL -> new ToDecimal(operand, type);
      case DOUBLE -> new ToDouble(operand, type);
      case STRING -> new ToText(operand, type);
      case TEMPORAL -> new ToTemporal(operand, type);
      case JSON -> new ToJson(operand);
      case NULL -> operand;
    };
  }

  private static final class ToLong extends LongExpression {
    private final Expression operand;

    ToLong(Expression operand, DataType type) {
      super(type, operand.isNullable());
      this.operand = operand;
    }

    @Override
    public long evaluateLong(Frame frame) {
      return operand.evaluateLong(frame);
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new ToLong(children.getFirst(), type());
    }

    @Override
    public String describe() {
      return operand.describe();
    }
  }

  private static final class ToDouble extends DoubleExpression {
    private final Expression operand;

    ToDouble(Expression operand, DataType type) {
      super(type, operand.isNullable());
      this.operand = operand;
    }

    @Override
    public double evaluateDouble(Frame frame) {
      return operand.evaluateDouble(frame);
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new ToDouble(children.getFirst(), type());
    }

    @Override
    public String describe() {
      return operand.describe();
    }
  }

  private static final class ToDecimal extends DecimalExpression {
    private final Expression operand;

    ToDecimal(Expression operand, DataType type) {
      super(type, operand.isNullable());
      this.operand = operand;
    }

    @Override
    public @Nullable BigDecimal evaluateDecimal(Frame frame) {
      BigDecimal v = operand.evaluateDecimal(frame);
      return v == null || v.scale() == type().decimals()
          ? v
          : v.setScale(type().decimals(), java.math.RoundingMode.HALF_UP);
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new ToDecimal(children.getFirst(), type());
    }

    @Override
    public String describe() {
      return operand.describe();
    }
  }

  private static final class ToText extends StringExpression {
    private final Expression operand;

    ToText(Expression operand, DataType type) {
      super(type, operand.isNullable(), operand.coercibility());
      this.operand = operand;
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      return operand.evaluateBytes(frame);
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new ToText(children.getFirst(), type());
    }

    @Override
    public String describe() {
      return operand.describe();
    }
  }

  private static final class ToTemporal extends TemporalExpression {
    private final Expression operand;

    ToTemporal(Expression operand, DataType type) {
      super(type, true);
      this.operand = operand;
    }

    @Override
    protected long evaluatePacked(Frame frame) {
      return operand.evaluateTemporal(
          frame, type().kind() == TypeKind.TIMESTAMP ? TypeKind.DATETIME : type().kind());
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new ToTemporal(children.getFirst(), type());
    }

    @Override
    public String describe() {
      return operand.describe();
    }
  }

  private static final class ToJson extends JsonExpression {
    private final Expression operand;

    ToJson(Expression operand) {
      super(operand.isNullable());
      this.operand = operand;
    }

    @Override
    public @Nullable Slice evaluateJson(Frame frame) {
      return operand.evaluateJson(frame);
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new ToJson(children.getFirst());
    }

    @Override
    public String describe() {
      return operand.describe();
    }
  }
}
