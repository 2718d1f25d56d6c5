package io.vaquita.codec;

import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Utf8;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes key bytes whose unsigned order is the order of the values: NULL first, then by type, descending parts inverted. No key is a
 * prefix of another key of the same parts, and the bytes of the first n parts of a key are a prefix of it. Immutable, thread-safe.
 *
 * <p>A part: a byte 0 (NULL) or 1 where the column is nullable; then integers, temporals and bits big-endian at their width, the
 * sign bit inverted; DOUBLE with all bits of negative numbers inverted; DECIMAL as the integer it is without its point; strings as
 * their collation's sort key, bytes 0 and 1 escaped by 1, ended by 0.
 */
public final class KeyEncoder {
  private static final byte END = 0;
  private static final byte ESCAPE = 1;
  private static final byte IS_NULL = 0;
  private static final byte NOT_NULL = 1;

  private final KeyPart[] parts;
  private final boolean singleInteger;

  public KeyEncoder(List<KeyPart> parts) {
    this.parts = parts.toArray(new KeyPart[0]);
    this.singleInteger =
        parts.size() == 1
            && parts.getFirst().type().kind().isInteger()
            && !parts.getFirst().nullable()
            && !parts.getFirst().descending();
  }

  public int partCount() {
    return parts.length;
  }

  public KeyPart part(int index) {
    return parts[index];
  }

  /** The key of a row, in an array of its own. */
  public byte[] encode(Row row) {
    if (singleInteger) {
      KeyPart part = parts[0];
      return integerKey(part.type(), row.getLong(part.column()));
    }
    TextBuffer out = new TextBuffer(64);
    append(out, row);
    return out.toBytes();
  }

  /** The key of a table whose only part is an integer that is not NULL: the path of a primary key lookup. */
  public byte[] encodeLong(long value) {
    if (!singleInteger) {
      throw new IllegalStateException("not a key of one integer");
    }
    return integerKey(parts[0].type(), value);
  }

  private static byte[] integerKey(DataType type, long value) {
    int width = ColumnForm.width(type);
    byte[] key = new byte[width];
    Bytes.putBig(key, 0, width, flipSign(type, width, value));
    return key;
  }

  /** The key, or the beginning of a key, that the first {@code values.length} parts make. */
  public byte[] encode(Value... values) {
    TextBuffer out = new TextBuffer(64);
    for (int i = 0; i < values.length; i++) {
      append(out, i, values[i]);
    }
    return out.toBytes();
  }

  /** The values of all parts, null for NULL, and where the key's bytes go on. */
  public record Decoded(List<@Nullable Long> values, int end) {}

  /** The parts of a key again, for reports; null when one of them is not kept as a long (strings, DECIMAL, DOUBLE). */
  public @Nullable Decoded decodeLongs(byte[] key, int from) {
    List<@Nullable Long> values = new ArrayList<>();
    int at = from;
    for (KeyPart part : parts) {
      DataType type = part.type();
      int width = ColumnForm.width(type);
      boolean isLong =
          switch (type.kind()) {
            case FLOAT, DOUBLE, DECIMAL -> false;
            default -> width != ColumnForm.VARIABLE;
          };
      byte inversion = (byte) (part.descending() ? -1 : 0);
      boolean isNull = part.nullable() && at < key.length && (key[at] ^ inversion) == IS_NULL;
      at += part.nullable() ? 1 : 0;
      if (!isLong || !isNull && at + width > key.length) {
        return null;
      }
      long stored = 0;
      for (int i = 0; i < width && !isNull; i++) {
        stored = stored << 8 | (key[at++] ^ inversion) & 0xFF;
      }
      values.add(isNull ? null : value(type, width, stored));
    }
    return new Decoded(values, at);
  }

  private static long value(DataType type, int width, long stored) {
    int unused = 64 - width * 8;
    long value =
        ColumnForm.isSigned(type) ? flipSign(type, width, stored) << unused >> unused : stored;
    return type.kind() == TypeKind.DATE ? value << ColumnForm.DATE_SHIFT : value;
  }

  public void append(TextBuffer out, Row row) {
    for (int i = 0; i < parts.length; i++) {
      append(out, i, row);
    }
  }

  /** Appends one part out of a row's column. */
  public void append(TextBuffer out, int index, Row row) {
    KeyPart part = parts[index];
    int start = out.length();
    int column = part.column();
    DataType type = part.type();
    if (part.nullable()) {
      boolean isNull = row.isNull(column);
      out.append(isNull ? IS_NULL : NOT_NULL);
      if (isNull) {
        invertIfDescending(part, out, start);
        return;
      }
    }
    switch (type.kind()) {
      case FLOAT, DOUBLE -> appendDouble(out, type, row.getDouble(column));
      case DECIMAL -> appendDecimal(out, type, row.getDecimal(column));
      default -> {
        if (ColumnForm.width(type) == ColumnForm.VARIABLE) {
          appendString(out, part, row.getBytes(column));
        } else {
          appendLong(out, type, row.getLong(column));
        }
      }
    }
    invertIfDescending(part, out, start);
  }

  /** Appends one part out of a boxed value, already of the column's type. */
  public void append(TextBuffer out, int index, Value value) {
    KeyPart part = parts[index];
    int start = out.length();
    DataType type = part.type();
    if (part.nullable()) {
      out.append(value.isNull() ? IS_NULL : NOT_NULL);
    } else if (value.isNull()) {
      throw new IllegalArgumentException("NULL in a key part that is NOT NULL");
    }
    switch (value) {
      case Value.NullValue n -> {}
      case Value.LongValue v -> appendNumber(out, type, v);
      case Value.DoubleValue v -> appendDouble(out, type, v.value());
      case Value.DecimalValue v -> appendDecimal(out, type, v.value());
      case Value.StringValue v -> appendString(out, part, v.bytes());
      case Value.TemporalValue v -> appendLong(out, type, v.packed());
      case Value.JsonValue v -> appendString(out, part, v.binary());
    }
    invertIfDescending(part, out, start);
  }

  private static void appendNumber(TextBuffer out, DataType type, Value.LongValue v) {
    switch (type.kind()) {
      case FLOAT, DOUBLE -> appendDouble(out, type, v.value());
      case DECIMAL -> appendDecimal(out, type, BigDecimal.valueOf(v.value()));
      default -> appendLong(out, type, v.value());
    }
  }

  private static void invertIfDescending(KeyPart part, TextBuffer out, int start) {
    if (part.descending()) {
      byte[] array = out.array();
      for (int i = start; i < out.length(); i++) {
        array[i] = (byte) ~array[i];
      }
    }
  }

  private static void appendLong(TextBuffer out, DataType type, long value) {
    int width = ColumnForm.width(type);
    long stored = type.kind() == TypeKind.DATE ? value >>> ColumnForm.DATE_SHIFT : value;
    int at = out.extend(width);
    Bytes.putBig(out.array(), at, width, flipSign(type, width, stored));
  }

  private static long flipSign(DataType type, int width, long value) {
    return ColumnForm.isSigned(type) ? value ^ 1L << width * 8 - 1 : value;
  }

  private static void appendDouble(TextBuffer out, DataType type, double value) {
    double v = value == 0 ? 0.0 : value;
    if (type.kind() == TypeKind.FLOAT) {
      int bits = Float.floatToIntBits((float) v);
      bits ^= bits < 0 ? -1 : Integer.MIN_VALUE;
      Bytes.putBig(out.array(), out.extend(4), 4, bits);
    } else {
      long bits = Double.doubleToLongBits(v);
      bits ^= bits < 0 ? -1L : Long.MIN_VALUE;
      int at = out.extend(8);
      Bytes.putBig(out.array(), at, 8, bits);
    }
  }

  private static void appendDecimal(TextBuffer out, DataType type, BigDecimal value) {
    BigDecimal scaled = value.setScale(type.decimals(), RoundingMode.HALF_UP);
    int width = ColumnForm.width(type);
    int at = out.extend(width);
    if (ColumnForm.isLongDecimal(type)) {
      Bytes.putBig(out.array(), at, 8, scaled.unscaledValue().longValue() ^ Long.MIN_VALUE);
      return;
    }
    BigInteger unscaled = scaled.unscaledValue();
    RowBuilder.putSigned(unscaled, out.array(), at, width);
    out.array()[at] ^= (byte) 0x80;
  }

  private static void appendString(TextBuffer out, KeyPart part, Slice value) {
    Slice counted = value;
    if (part.prefixLength() > 0) {
      counted =
          part.type().isBinaryString()
              ? value.sub(0, Math.min(value.length(), part.prefixLength()))
              : Utf8.prefix(value, part.prefixLength());
    }
    int start = out.length();
    part.type().collation().appendSortKey(counted, out);
    escape(out, start);
    out.append(END);
  }

  /** Bytes 0 and 1 become 1 1 and 1 2. */
  private static void escape(TextBuffer out, int start) {
    int low = 0;
    byte[] array = out.array();
    int end = out.length();
    for (int i = start; i < end; i++) {
      if ((array[i] & 0xfe) == 0) {
        low++;
      }
    }
    if (low == 0) {
      return;
    }
    out.extend(low);
    array = out.array();
    int to = out.length();
    for (int i = end - 1; i >= start; i--) {
      byte b = array[i];
      if ((b & 0xfe) == 0) {
        array[--to] = (byte) (b + 1);
        array[--to] = ESCAPE;
      } else {
        array[--to] = b;
      }
    }
  }

  /** How many bytes of a key the first {@code count} parts take; negative when one of them is NULL. */
  public int prefixLength(byte[] key, int count) {
    int at = 0;
    for (int i = 0; i < count; i++) {
      KeyPart part = parts[i];
      int inverted = part.descending() ? 0xff : 0;
      if (part.nullable() && (key[at++] & 0xff ^ inverted) == IS_NULL) {
        return -1;
      }
      int width = ColumnForm.width(part.type());
      if (width != ColumnForm.VARIABLE) {
        at += width;
        continue;
      }
      while ((key[at] & 0xff ^ inverted) != END) {
        at += (key[at] & 0xff ^ inverted) == ESCAPE ? 2 : 1;
      }
      at++;
    }
    return at;
  }

  /**
   * The first bytes after all keys that begin with {@code prefix}, or null when there are none: with {@code prefix} as lower bound, the
   * upper bound (exclusive) of a range of equal first parts.
   */
  public static byte @Nullable [] afterPrefix(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    byte[] after = Arrays.copyOf(prefix, last + 1);
    after[last]++;
    return after;
  }
}
