package io.vaquita.value.conversion;

import io.vaquita.error.MySqlError;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonCast;
import io.vaquita.value.json.JsonParseException;
import io.vaquita.value.json.JsonParser;
import java.math.BigDecimal;

/** Into JSON: text is parsed (3140 when it is none), other values become JSON scalars. Immutable. */
final class JsonConversion extends ColumnConversion {
  JsonConversion(String column, DataType type) {
    super(column, type);
  }

  @Override
  Value ofLong(long value, boolean unsigned, StoreContext context) {
    return ofValue(new Value.LongValue(value, unsigned));
  }

  private static Value ofValue(Value value) {
    return new Value.JsonValue(JsonCast.ofValue(value));
  }

  @Override
  Value ofDouble(double value, StoreContext context) {
    return ofValue(Value.of(value));
  }

  @Override
  Value ofDecimal(BigDecimal value, StoreContext context) {
    return ofValue(Value.of(value));
  }

  @Override
  Value ofString(Slice text, Collation collation, StoreContext context) {
    if (StoreConversion.isBinary(collation)) {
      throw MySqlError.ER_INVALID_JSON_CHARSET.exception("binary");
    }
    try {
      return new Value.JsonValue(JsonParser.parse(text));
    } catch (JsonParseException e) {
      throw MySqlError.ER_INVALID_JSON_TEXT.exception(e.reason(), e.position(), column);
    }
  }

  @Override
  Value ofTemporal(Value.TemporalValue value, StoreContext context) {
    return ofValue(value);
  }

  @Override
  Value ofJson(Slice binary, StoreContext context) {
    return new Value.JsonValue(binary);
  }
}
