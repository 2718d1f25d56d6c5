package io.vaquita.expression;

import io.vaquita.value.TypeKind;

/** Whether an expression is NULL, asked in its own domain so that nothing is converted. Stateless. */
public final class Nulls {
  private Nulls() {}

  public static boolean isNull(Expression e, Frame frame) {
    switch (e.type().domain()) {
      case NULL -> frame.isNull = true;
      case INTEGER -> e.evaluateLong(frame);
      case DOUBLE -> e.evaluateDouble(frame);
      case DECIMAL -> e.evaluateDecimal(frame);
      case STRING -> e.evaluateBytes(frame);
      case TEMPORAL -> {
        TypeKind kind = e.type().kind();
        e.evaluateTemporal(frame, kind == TypeKind.TIMESTAMP ? TypeKind.DATETIME : kind);
      }
      case JSON -> e.evaluateJson(frame);
    }
    return frame.isNull;
  }
}
