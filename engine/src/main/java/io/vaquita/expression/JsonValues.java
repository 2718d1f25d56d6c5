package io.vaquita.expression;

import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.json.JsonBuilder;
import io.vaquita.value.json.JsonCast;
import org.jspecify.annotations.Nullable;

/** SQL values as members of JSON documents: JSON_ARRAY, JSON_OBJECT, JSON_SET and the aggregates. Stateless. */
public final class JsonValues {
  private JsonValues() {}

  /** As {@link #of}, but null for NULL. */
  public static @Nullable Slice ofNullable(Expression e, Frame frame) {
    if (Nulls.isNull(e, frame)) {
      return null;
    }
    return of(e, frame);
  }

  /** Text becomes a JSON string, a truth value true or false, NULL the JSON null, a document stays one. */
  public static Slice of(Expression e, Frame frame) {
    if (e instanceof BooleanValued) {
      boolean v = e.evaluateBoolean(frame);
      return frame.isNull ? JsonBuilder.NULL : JsonBuilder.ofBoolean(v);
    }
    Slice json =
        switch (e.type().domain()) {
          case STRING -> {
            Slice text = e.evaluateBytes(frame);
            yield text == null ? null : Conversion.textToJsonScalar(text, e.type());
          }
          case INTEGER -> {
            if (e.type().kind() != TypeKind.BIT) {
              yield e.evaluateJson(frame);
            }
            Slice bits = e.evaluateBytes(frame);
            yield bits == null ? null : JsonBuilder.ofOpaque(JsonCast.FIELD_TYPE_BIT, bits);
          }
          default -> e.evaluateJson(frame);
        };
    frame.isNull = false;
    return json == null ? JsonBuilder.NULL : json;
  }
}
