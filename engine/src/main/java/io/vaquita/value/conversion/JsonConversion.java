package io.vaquita.value.conversion;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonParseException;
import io.vaquita.value.json.JsonParser;
import java.math.BigDecimal;

/** Into JSON: text is parsed, JSON stays; all other values need a CAST (3140). Immutable. */
final class JsonConversion extends ColumnConversion {
  private final String qualifiedColumn;

  JsonConversion(String table, String column, DataType type) {
    super(column, type);
    qualifiedColumn = table.isEmpty() ? column : table + "." + column;
  }

  private DatabaseException notText() {
    return MySqlError.ER_INVALID_JSON_TEXT.exception(
        "not a JSON text, may need CAST", 0, qualifiedColumn);
  }

  @Override
  Value ofLong(long value, boolean unsigned, StoreContext context) {
    throw notText();
  }

  @Override
  Value ofDouble(double value, StoreContext context) {
    throw notText();
  }

  @Override
  Value ofDecimal(BigDecimal value, StoreContext context) {
    throw notText();
  }

  @Override
  Value ofString(Slice text, Collation collation, StoreContext context) {
    if (StoreConversion.isBinary(collation)) {
      throw MySqlError.ER_INVALID_JSON_CHARSET.exception("binary");
    }
    try {
      return new Value.JsonValue(JsonParser.parse(text));
    } catch (JsonParseException e) {
      throw MySqlError.ER_INVALID_JSON_TEXT.exception(e.reason(), e.position(), qualifiedColumn);
    }
  }

  @Override
  Value ofTemporal(Value.TemporalValue value, StoreContext context) {
    throw notText();
  }

  @Override
  Value ofJson(Slice binary, StoreContext context) {
    return new Value.JsonValue(binary);
  }
}
