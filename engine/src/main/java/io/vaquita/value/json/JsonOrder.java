package io.vaquita.value.json;

import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.number.Decimals;
import java.math.BigDecimal;

/** The order of JSON values: by type first (BLOB, BIT, OPAQUE, DATETIME, TIME, DATE, BOOLEAN, ARRAY, OBJECT, STRING, numbers, NULL from the greatest to the least), then by value. Stateless. */
public final class JsonOrder {
  private JsonOrder() {}

  private static int rank(Slice json) {
    return switch (JsonBinary.type(json)) {
      case JsonBinary.NULL -> 0;
      case JsonBinary.INT, JsonBinary.UINT, JsonBinary.DOUBLE, JsonBinary.DECIMAL -> 1;
      case JsonBinary.STRING -> 2;
      case JsonBinary.OBJECT -> 3;
      case JsonBinary.ARRAY -> 4;
      case JsonBinary.FALSE, JsonBinary.TRUE -> 5;
      case JsonBinary.TEMPORAL -> temporalRank(JsonBinary.temporalKind(json));
      default -> opaqueRank(JsonBinary.typeName(json));
    };
  }

  private static int temporalRank(TypeKind kind) {
    return kind == TypeKind.DATE ? 6 : kind == TypeKind.TIME ? 7 : 8;
  }

  private static int opaqueRank(String typeName) {
    return typeName.equals("BLOB") ? 11 : typeName.equals("BIT") ? 10 : 9;
  }

  public static int compare(Slice a, Slice b) {
    int rank = rank(a);
    int order = Integer.compare(rank, rank(b));
    if (order != 0) {
      return order;
    }
    return switch (rank) {
      case 0 -> 0;
      case 1 -> compareNumbers(a, b);
      case 2 -> JsonBinary.stringValue(a).compareBytes(JsonBinary.stringValue(b));
      case 3 -> compareObjects(a, b);
      case 4 -> compareArrays(a, b);
      case 5 -> Byte.compare(JsonBinary.type(a), JsonBinary.type(b));
      case 6, 7, 8 -> Long.compare(JsonBinary.temporalPacked(a), JsonBinary.temporalPacked(b));
      default -> JsonBinary.opaqueBytes(a).compareBytes(JsonBinary.opaqueBytes(b));
    };
  }

  private static int compareNumbers(Slice a, Slice b) {
    byte s = JsonBinary.type(a);
    byte t = JsonBinary.type(b);
    if (s == JsonBinary.INT && t == JsonBinary.INT) {
      return Long.compare(JsonBinary.longValue(a), JsonBinary.longValue(b));
    }
    if (s == JsonBinary.DOUBLE && t == JsonBinary.DOUBLE) {
      return Double.compare(JsonBinary.doubleValue(a) + 0.0, JsonBinary.doubleValue(b) + 0.0);
    }
    return exact(a).compareTo(exact(b));
  }

  private static BigDecimal exact(Slice number) {
    return switch (JsonBinary.type(number)) {
      case JsonBinary.INT -> BigDecimal.valueOf(JsonBinary.longValue(number));
      case JsonBinary.UINT -> Decimals.ofLong(JsonBinary.longValue(number), true);
      case JsonBinary.DOUBLE -> new BigDecimal(JsonBinary.doubleValue(number));
      default -> JsonBinary.decimalValue(number);
    };
  }

  private static int compareArrays(Slice a, Slice b) {
    int m = JsonBinary.size(a);
    int n = JsonBinary.size(b);
    for (int i = 0; i < Math.min(m, n); i++) {
      int order = compare(JsonBinary.element(a, i), JsonBinary.element(b, i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(m, n);
  }

  /** MySQL promises equality of equal objects only; the order here is that of sizes, then keys and values. */
  private static int compareObjects(Slice a, Slice b) {
    int order = Integer.compare(JsonBinary.size(a), JsonBinary.size(b));
    for (int i = 0; order == 0 && i < JsonBinary.size(a); i++) {
      order = JsonBinary.key(a, i).compareBytes(JsonBinary.key(b, i));
      if (order == 0) {
        order = compare(JsonBinary.member(a, i), JsonBinary.member(b, i));
      }
    }
    return order;
  }

  /** Equal for values that {@link #compare} calls equal: GROUP BY, DISTINCT. */
  public static int hash(Slice json) {
    int rank = rank(json);
    int h = rank;
    switch (rank) {
      case 1 -> h = 31 * h + Double.hashCode(exact(json).doubleValue() + 0.0);
      case 2 -> h = 31 * h + JsonBinary.stringValue(json).hashCode();
      case 3 -> {
        for (int i = 0; i < JsonBinary.size(json); i++) {
          h = 31 * h + JsonBinary.key(json, i).hashCode();
          h = 31 * h + hash(JsonBinary.member(json, i));
        }
      }
      case 4 -> {
        for (int i = 0; i < JsonBinary.size(json); i++) {
          h = 31 * h + hash(JsonBinary.element(json, i));
        }
      }
      case 5 -> h = 31 * h + JsonBinary.type(json);
      case 6, 7, 8 -> h = 31 * h + Long.hashCode(JsonBinary.temporalPacked(json));
      default -> {
        if (rank > 8) {
          h = 31 * h + JsonBinary.opaqueBytes(json).hashCode();
        }
      }
    }
    return h;
  }
}
