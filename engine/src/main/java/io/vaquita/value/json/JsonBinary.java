package io.vaquita.value.json;

import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the binary form of JSON. Stateless; a document and each value in it is a {@link Slice} of its own.
 *
 * <pre>
 * null false true   type byte
 * int uint double   type byte, 8 bytes little-endian
 * decimal           type byte, scale, two's complement of the unscaled value
 * string            type byte, UTF-8
 * temporal          type byte, ordinal of the TypeKind, fractional digits, 8 bytes packed
 * opaque            type byte, MySQL's field type number, bytes
 * array             type byte, count (4), end of each element (4 each), elements
 * object            type byte, count (4), end of each key (4 each), end of each value (4 each), keys, values
 * </pre>
 *
 * <p>Keys are ordered by length, then by bytes, each once. Ends count from the first byte after the ends (objects: keys and values
 * each from their own first byte).
 */
public final class JsonBinary {
  public static final byte NULL = 0;
  public static final byte FALSE = 1;
  public static final byte TRUE = 2;
  public static final byte INT = 3;
  public static final byte UINT = 4;
  public static final byte DOUBLE = 5;
  public static final byte DECIMAL = 6;
  public static final byte STRING = 7;
  public static final byte TEMPORAL = 8;
  public static final byte OPAQUE = 9;
  public static final byte ARRAY = 10;
  public static final byte OBJECT = 11;

  /** Arrays and objects may stand in each other so deep. */
  public static final int DEPTH_MAX = 100;

  private static final VarHandle INT_BYTES =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final TypeKind[] KINDS = TypeKind.values();

  private JsonBinary() {}

  /** One of the constants above. */
  public static byte type(Slice json) {
    return json.byteAt(0);
  }

  public static boolean isContainer(Slice json) {
    return json.byteAt(0) >= ARRAY;
  }

  public static boolean isNull(Slice json) {
    return json.byteAt(0) == NULL;
  }

  /** Elements of an array, members of an object. */
  public static int size(Slice container) {
    return intAt(container, 1);
  }

  private static int intAt(Slice s, int at) {
    return (int) INT_BYTES.get(s.array(), s.offset() + at);
  }

  static long longAt(Slice s, int at) {
    return (long) LONG_BYTES.get(s.array(), s.offset() + at);
  }

  static void putInt(byte[] to, int at, int value) {
    INT_BYTES.set(to, at, value);
  }

  static void putLong(byte[] to, int at, long value) {
    LONG_BYTES.set(to, at, value);
  }

  public static Slice element(Slice array, int index) {
    int data = 5 + size(array) * 4;
    int start = index == 0 ? 0 : intAt(array, 1 + index * 4);
    return array.sub(data + start, data + intAt(array, 5 + index * 4));
  }

  public static Slice key(Slice object, int index) {
    int data = 5 + size(object) * 8;
    int start = index == 0 ? 0 : intAt(object, 1 + index * 4);
    return object.sub(data + start, data + intAt(object, 5 + index * 4));
  }

  /** The value of the member at {@code index}, in the order of keys. */
  public static Slice member(Slice object, int index) {
    int count = size(object);
    int ends = 5 + count * 4;
    int data = 5 + count * 8 + intAt(object, 1 + count * 4);
    int start = index == 0 ? 0 : intAt(object, ends + (index - 1) * 4);
    return object.sub(data + start, data + intAt(object, ends + index * 4));
  }

  /** The value under that key, or null. */
  public static @Nullable Slice member(Slice object, Slice key) {
    int index = find(object, key);
    return index < 0 ? null : member(object, index);
  }

  /** The key's index, or {@code -1 - } where it would stand. */
  static int find(Slice object, Slice key) {
    int low = 0;
    int high = size(object) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compareKeys(key(object, middle), key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  static int compareKeys(Slice a, Slice b) {
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareBytes(b);
  }

  /** Of {@link #INT} and {@link #UINT}. */
  public static long longValue(Slice json) {
    return longAt(json, 1);
  }

  public static double doubleValue(Slice json) {
    return Double.longBitsToDouble(longAt(json, 1));
  }

  public static BigDecimal decimalValue(Slice json) {
    BigInteger unscaled = new BigInteger(json.array(), json.offset() + 2, json.length() - 2);
    return new BigDecimal(unscaled, json.byteAt(1));
  }

  /** UTF-8, without quotes. */
  public static Slice stringValue(Slice json) {
    return json.sub(1, json.length());
  }

  public static TypeKind temporalKind(Slice json) {
    return KINDS[json.byteAt(1)];
  }

  public static int temporalDecimals(Slice json) {
    return json.byteAt(2);
  }

  public static long temporalPacked(Slice json) {
    return longAt(json, 3);
  }

  /** MySQL's field type number of an opaque value, such as 253 of VARCHAR, 16 of BIT. */
  public static int opaqueType(Slice json) {
    return json.byteAt(1) & 0xff;
  }

  public static Slice opaqueBytes(Slice json) {
    return json.sub(2, json.length());
  }

  /** JSON_DEPTH. */
  public static int depth(Slice json) {
    int deepest = 0;
    if (isContainer(json)) {
      boolean object = type(json) == OBJECT;
      for (int i = 0; i < size(json); i++) {
        deepest = Math.max(deepest, depth(object ? member(json, i) : element(json, i)));
      }
    }
    return deepest + 1;
  }

  /** JSON_TYPE. */
  public static String typeName(Slice json) {
    return switch (type(json)) {
      case NULL -> "NULL";
      case FALSE, TRUE -> "BOOLEAN";
      case INT -> "INTEGER";
      case UINT -> "UNSIGNED INTEGER";
      case DOUBLE -> "DOUBLE";
      case DECIMAL -> "DECIMAL";
      case STRING -> "STRING";
      case TEMPORAL -> temporalKind(json).name();
      case ARRAY -> "ARRAY";
      case OBJECT -> "OBJECT";
      default -> opaqueTypeName(opaqueType(json));
    };
  }

  private static String opaqueTypeName(int fieldType) {
    return switch (fieldType) {
      case 16 -> "BIT";
      case 15, 249, 250, 251, 252, 253, 254 -> "BLOB";
      default -> "OPAQUE";
    };
  }
}
