package io.vaquita.expression.operator;

import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.JsonExpression;
import io.vaquita.value.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A string as a JSON string, where it meets a document: it is not parsed. Immutable. */
public final class JsonScalar extends JsonExpression {
  private final Expression operand;

  public JsonScalar(Expression operand) {
    super(operand.isNullable());
    this.operand = operand;
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    Slice text = operand.evaluateBytes(frame);
    return text == null ? null : Conversion.textToJsonScalar(text, operand.type());
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new JsonScalar(children.getFirst());
  }

  @Override
  public String describe() {
    return operand.describe();
  }
}
