package io.vaquita.expression.operator;

import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.JsonExpression;
import io.vaquita.expression.JsonValues;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A string as a JSON string and a truth value as a JSON boolean, where they meet a document. Immutable. */
public final class JsonScalar extends JsonExpression {
  private final Expression operand;

  public JsonScalar(Expression operand) {
    super(operand.isNullable());
    this.operand = operand;
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    if (operand.type().domain() != TypeKind.Domain.STRING) {
      return JsonValues.ofNullable(operand, frame);
    }
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
