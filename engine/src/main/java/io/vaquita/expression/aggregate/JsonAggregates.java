package io.vaquita.expression.aggregate;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.JsonValues;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonBuilder;
import java.util.ArrayList;
import java.util.List;

/** JSON_ARRAYAGG and JSON_OBJECTAGG. NULL without rows. */
final class JsonAggregates {
  private JsonAggregates() {}

  static final class OfArray extends Accumulator {
    private final Expression argument;
    private final List<Slice> elements = new ArrayList<>();

    OfArray(Expression argument) {
      this.argument = argument;
    }

    @Override
    public void add(Frame frame) {
      elements.add(JsonValues.of(argument, frame));
    }

    @Override
    public Value result(Frame frame) {
      return elements.isEmpty()
          ? Value.NullValue.NULL
          : new Value.JsonValue(JsonBuilder.array(elements));
    }

    @Override
    public void reset() {
      elements.clear();
    }
  }

  /** The last of equal keys wins; a NULL key is error 3158. */
  static final class OfObject extends Accumulator {
    private final Expression key;
    private final Expression value;
    private final List<Slice> keys = new ArrayList<>();
    private final List<Slice> values = new ArrayList<>();

    OfObject(Expression key, Expression value) {
      this.key = key;
      this.value = value;
    }

    @Override
    public void add(Frame frame) {
      Slice name = key.evaluateBytes(frame);
      if (name == null) {
        throw MySqlError.ER_JSON_DOCUMENT_NULL_KEY.exception();
      }
      keys.add(name);
      values.add(JsonValues.of(value, frame));
    }

    @Override
    public Value result(Frame frame) {
      return keys.isEmpty()
          ? Value.NullValue.NULL
          : new Value.JsonValue(JsonBuilder.object(keys, values));
    }

    @Override
    public void reset() {
      keys.clear();
      values.clear();
    }
  }
}
