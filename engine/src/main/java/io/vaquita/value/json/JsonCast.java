package io.vaquita.value.json;

import io.vaquita.value.Collations;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import org.jspecify.annotations.Nullable;

/** JSON scalars from and to SQL values. Stateless. */
public final class JsonCast {
  /** MySQL's field type number of VARBINARY and byte string literals in opaque values. */
  public static final int FIELD_TYPE_VARCHAR = 15;

  /** MySQL's field type number of BIT in opaque values. */
  public static final int FIELD_TYPE_BIT = 16;

  private JsonCast() {}

  /** The JSON literal null. */
  public static Slice nullLiteral() {
    return JsonBuilder.NULL;
  }

  /** A value as a JSON scalar: text as a JSON string, bytes as an opaque value. SQL NULL gives the JSON null. */
  public static Slice ofValue(Value value) {
    return switch (value) {
      case Value.NullValue n -> JsonBuilder.NULL;
      case Value.LongValue v ->
          v.unsigned() ? JsonBuilder.ofUnsigned(v.value()) : JsonBuilder.ofLong(v.value());
      case Value.DoubleValue v -> JsonBuilder.ofDouble(v.value());
      case Value.DecimalValue v -> JsonBuilder.ofDecimal(v.value());
      case Value.StringValue v ->
          v.collation().equals(Collations.BINARY)
              ? JsonBuilder.ofOpaque(FIELD_TYPE_VARCHAR, v.bytes())
              : JsonBuilder.ofString(v.bytes());
      case Value.TemporalValue v -> JsonBuilder.ofTemporal(v.kind(), v.packed(), v.decimals());
      case Value.JsonValue v -> v.binary();
    };
  }

  /** The SQL value that a JSON scalar is (JSON null: NULL, booleans: 1 and 0); null for arrays and objects. */
  public static @Nullable Value scalar(Slice json) {
    return switch (JsonBinary.type(json)) {
      case JsonBinary.NULL -> Value.NullValue.NULL;
      case JsonBinary.FALSE -> Value.of(0);
      case JsonBinary.TRUE -> Value.of(1);
      case JsonBinary.INT -> Value.of(JsonBinary.longValue(json));
      case JsonBinary.UINT -> Value.ofUnsigned(JsonBinary.longValue(json));
      case JsonBinary.DOUBLE -> Value.of(JsonBinary.doubleValue(json));
      case JsonBinary.DECIMAL -> Value.of(JsonBinary.decimalValue(json));
      case JsonBinary.STRING ->
          new Value.StringValue(JsonBinary.stringValue(json), Collations.UTF8MB4_BIN);
      case JsonBinary.TEMPORAL ->
          new Value.TemporalValue(
              JsonBinary.temporalKind(json),
              JsonBinary.temporalPacked(json),
              JsonBinary.temporalDecimals(json));
      case JsonBinary.OPAQUE ->
          new Value.StringValue(JsonBinary.opaqueBytes(json), Collations.BINARY);
      default -> null;
    };
  }
}
