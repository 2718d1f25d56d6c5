package io.vaquita.executor;

import io.vaquita.value.Slice;
import io.vaquita.value.json.JsonBinary;
import java.math.BigDecimal;

/**
 * Bytes by which JSON documents are grouped and sorted: the kinds in MySQL's order (manual: "Comparison and Ordering of JSON Values"),
 * equal for numbers of equal value whatever their type. Stateless.
 */
final class JsonKeys {
  private static final int NULL_RANK = 1;
  private static final int NUMBER_RANK = 2;
  private static final int STRING_RANK = 3;
  private static final int OBJECT_RANK = 4;
  private static final int ARRAY_RANK = 5;
  private static final int BOOLEAN_RANK = 6;
  private static final int TEMPORAL_RANK = 7;
  private static final int OPAQUE_RANK = 8;

  private JsonKeys() {}

  static byte[] sortKey(Slice binary) {
    KeyBuffer out = new KeyBuffer();
    append(binary, out);
    return out.toBytes();
  }

  private static void append(Slice json, KeyBuffer out) {
    switch (JsonBinary.type(json)) {
      case JsonBinary.NULL -> out.putLong(NULL_RANK, false);
      case JsonBinary.FALSE, JsonBinary.TRUE -> {
        out.putLong(BOOLEAN_RANK, false);
        out.putLong(JsonBinary.type(json), false);
      }
      case JsonBinary.INT -> appendNumber(BigDecimal.valueOf(JsonBinary.longValue(json)), out);
      case JsonBinary.UINT ->
          appendNumber(new BigDecimal(Long.toUnsignedString(JsonBinary.longValue(json))), out);
      case JsonBinary.DOUBLE -> appendNumber(new BigDecimal(JsonBinary.doubleValue(json)), out);
      case JsonBinary.DECIMAL -> appendNumber(JsonBinary.decimalValue(json), out);
      case JsonBinary.STRING -> {
        out.putLong(STRING_RANK, false);
        appendBytes(JsonBinary.stringValue(json), out);
      }
      case JsonBinary.TEMPORAL -> {
        out.putLong(TEMPORAL_RANK, false);
        out.putLong(JsonBinary.temporalKind(json).ordinal(), false);
        out.putLong(JsonBinary.temporalPacked(json), false);
      }
      case JsonBinary.OPAQUE -> {
        out.putLong(OPAQUE_RANK, false);
        appendBytes(JsonBinary.opaqueBytes(json), out);
      }
      case JsonBinary.ARRAY -> {
        out.putLong(ARRAY_RANK, false);
        for (int i = 0; i < JsonBinary.size(json); i++) {
          append(JsonBinary.element(json, i), out);
        }
        out.putNull();
      }
      default -> {
        out.putLong(OBJECT_RANK, false);
        out.putLong(JsonBinary.size(json), false);
        for (int i = 0; i < JsonBinary.size(json); i++) {
          appendBytes(JsonBinary.key(json, i), out);
          append(JsonBinary.member(json, i), out);
        }
      }
    }
  }

  private static void appendNumber(BigDecimal value, KeyBuffer out) {
    out.putLong(NUMBER_RANK, false);
    out.putDecimal(value);
  }

  private static void appendBytes(Slice bytes, KeyBuffer out) {
    out.putBytes(bytes.array(), bytes.offset(), bytes.length());
  }
}
