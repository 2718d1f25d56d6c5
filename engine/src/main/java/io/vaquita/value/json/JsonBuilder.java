package io.vaquita.value.json;

import static io.vaquita.value.json.JsonBinary.putInt;
import static io.vaquita.value.json.JsonBinary.putLong;

import io.vaquita.error.MySqlError;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Makes binary JSON out of scalars and of other binary JSON. Stateless. */
public final class JsonBuilder {
  public static final Slice NULL = Slice.of(new byte[] {JsonBinary.NULL});
  public static final Slice TRUE = Slice.of(new byte[] {JsonBinary.TRUE});
  public static final Slice FALSE = Slice.of(new byte[] {JsonBinary.FALSE});

  private JsonBuilder() {}

  public static Slice ofBoolean(boolean value) {
    return value ? TRUE : FALSE;
  }

  public static Slice ofLong(long value) {
    return eight(JsonBinary.INT, value);
  }

  public static Slice ofUnsigned(long value) {
    return eight(JsonBinary.UINT, value);
  }

  public static Slice ofDouble(double value) {
    return eight(JsonBinary.DOUBLE, Double.doubleToRawLongBits(value));
  }

  private static Slice eight(byte type, long value) {
    byte[] bytes = new byte[9];
    bytes[0] = type;
    putLong(bytes, 1, value);
    return Slice.of(bytes);
  }

  public static Slice ofDecimal(BigDecimal value) {
    byte[] unscaled = value.unscaledValue().toByteArray();
    byte[] bytes = new byte[2 + unscaled.length];
    bytes[0] = JsonBinary.DECIMAL;
    bytes[1] = (byte) value.scale();
    System.arraycopy(unscaled, 0, bytes, 2, unscaled.length);
    return Slice.of(bytes);
  }

  public static Slice ofString(Slice utf8) {
    byte[] bytes = new byte[1 + utf8.length()];
    bytes[0] = JsonBinary.STRING;
    System.arraycopy(utf8.array(), utf8.offset(), bytes, 1, utf8.length());
    return Slice.of(bytes);
  }

  public static Slice ofTemporal(TypeKind kind, long packed, int decimals) {
    byte[] bytes = new byte[11];
    bytes[0] = JsonBinary.TEMPORAL;
    bytes[1] = (byte) kind.ordinal();
    bytes[2] = (byte) decimals;
    putLong(bytes, 3, packed);
    return Slice.of(bytes);
  }

  /**
   * @param fieldType MySQL's field type number
   */
  public static Slice ofOpaque(int fieldType, Slice content) {
    byte[] bytes = new byte[2 + content.length()];
    bytes[0] = JsonBinary.OPAQUE;
    bytes[1] = (byte) fieldType;
    System.arraycopy(content.array(), content.offset(), bytes, 2, content.length());
    return Slice.of(bytes);
  }

  public static Slice array(List<Slice> elements) {
    int count = elements.size();
    int data = 5 + count * 4;
    byte[] bytes = new byte[Math.addExact(data, length(elements))];
    bytes[0] = JsonBinary.ARRAY;
    putInt(bytes, 1, count);
    copy(elements, bytes, 5, data);
    return Slice.of(bytes);
  }

  /** Keys may come in any order and more than once: the last one wins. */
  public static Slice object(List<Slice> keys, List<Slice> values) {
    List<Integer> order = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      order.add(i);
    }
    order.sort((a, b) -> JsonBinary.compareKeys(keys.get(a), keys.get(b)));
    List<Slice> sortedKeys = new ArrayList<>(keys.size());
    List<Slice> sortedValues = new ArrayList<>(keys.size());
    for (int i : order) {
      int last = sortedKeys.size() - 1;
      if (last >= 0 && sortedKeys.get(last).equals(keys.get(i))) {
        sortedValues.set(last, values.get(i));
      } else {
        sortedKeys.add(keys.get(i));
        sortedValues.add(values.get(i));
      }
    }
    return sortedObject(sortedKeys, sortedValues);
  }

  static Slice sortedObject(List<Slice> keys, List<Slice> values) {
    int count = keys.size();
    int data = 5 + count * 8;
    int keyBytes = length(keys);
    byte[] bytes = new byte[Math.addExact(data + keyBytes, length(values))];
    bytes[0] = JsonBinary.OBJECT;
    putInt(bytes, 1, count);
    copy(keys, bytes, 5, data);
    copy(values, bytes, 5 + count * 4, data + keyBytes);
    return Slice.of(bytes);
  }

  private static int length(List<Slice> parts) {
    int sum = 0;
    for (Slice s : parts) {
      sum = Math.addExact(sum, s.length());
    }
    return sum;
  }

  private static void copy(List<Slice> parts, byte[] to, int ends, int data) {
    int end = 0;
    for (int i = 0; i < parts.size(); i++) {
      Slice s = parts.get(i);
      System.arraycopy(s.array(), s.offset(), to, data + end, s.length());
      end += s.length();
      putInt(to, ends + i * 4, end);
    }
  }

  /** Returns the document itself, or throws 3157 when it is too deep. */
  public static Slice checkDepth(Slice json) {
    if (JsonBinary.depth(json) > JsonBinary.DEPTH_MAX) {
      throw MySqlError.ER_JSON_DOCUMENT_TOO_DEEP.exception();
    }
    return json;
  }
}
