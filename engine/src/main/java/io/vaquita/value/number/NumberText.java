package io.vaquita.value.number;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as MySQL prints them. Stateless. */
public final class NumberText {
  /** Numbers whose point stands farther to the right of the first digit are printed with an exponent. */
  private static final int POINT_MAX = 15;

  private static final int POINT_MIN = -14;

  /** A FLOAT shows 6 digits. */
  private static final MathContext FLOAT_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  private static final double EXACT_INTEGER_MAX = 1e15;

  private NumberText() {}

  /** The shortest text that reads back as the same double: 0.1, 100000, 1e20. */
  public static void appendDouble(TextBuffer out, double value) {
    long whole = (long) value;
    if (whole == value && Math.abs(value) < EXACT_INTEGER_MAX && (whole != 0 || 1 / value > 0)) {
      out.appendLong(whole);
      return;
    }
    if (value == 0) {
      out.appendAscii("-0");
      return;
    }
    // Java writes the least double with two digits
    appendShortest(
        out,
        Math.abs(value) == Double.MIN_VALUE
            ? value < 0 ? "-5E-324" : "5E-324"
            : Double.toString(value));
  }

  /** Six significant digits. */
  public static void appendFloat(TextBuffer out, float value) {
    if (value == 0) {
      out.appendAscii(1 / value < 0 ? "-0" : "0");
      return;
    }
    if (Float.isInfinite(value) || Float.isNaN(value)) {
      appendShortest(out, Float.toString(value));
      return;
    }
    appendShortest(out, new BigDecimal(value).round(FLOAT_DIGITS).toString());
  }

  /** Takes digits and exponent of any Java number text and lays them out as MySQL does. */
  private static void appendShortest(TextBuffer out, String text) {
    int n = text.length();
    byte[] digits = new byte[n];
    int count = 0;
    int point = 0;
    boolean afterPoint = false;
    boolean seenDigit = false;
    int i = 0;
    if (text.charAt(0) == '-') {
      out.append((byte) '-');
      i = 1;
    }
    for (; i < n; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        afterPoint = true;
      } else if (c == 'E') {
        point += Integer.parseInt(text, i + 1, n, 10);
        break;
      } else if (c < '0' || c > '9') {
        out.appendAscii(text);
        return;
      } else {
        seenDigit |= c != '0';
        if (seenDigit) {
          digits[count++] = (byte) c;
        }
        if (!afterPoint && seenDigit) {
          point++;
        } else if (afterPoint && !seenDigit) {
          point--;
        }
      }
    }
    while (count > 1 && digits[count - 1] == '0') {
      count--;
    }
    layOut(out, digits, count, point);
  }

  /** {@code point}: the number is 0.DIGITS times ten to that power. */
  private static void layOut(TextBuffer out, byte[] digits, int count, int point) {
    if (point > POINT_MAX || point < POINT_MIN) {
      out.append(digits[0]);
      if (count > 1) {
        out.append((byte) '.');
        out.append(digits, 1, count - 1);
      }
      out.append((byte) 'e');
      out.appendLong(point - 1);
    } else if (point <= 0) {
      out.appendAscii("0.");
      zeros(out, -point);
      out.append(digits, 0, count);
    } else if (point >= count) {
      out.append(digits, 0, count);
      zeros(out, point - count);
    } else {
      out.append(digits, 0, point);
      out.append((byte) '.');
      out.append(digits, point, count - point);
    }
  }

  private static void zeros(TextBuffer out, int count) {
    for (int i = 0; i < count; i++) {
      out.append((byte) '0');
    }
  }

  /** With exactly so many digits after the point, as DOUBLE(M,D) prints. */
  public static void appendFixed(TextBuffer out, double value, int decimals) {
    if (Double.isInfinite(value) || Double.isNaN(value)) {
      appendDouble(out, value);
      return;
    }
    BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
    if (rounded.signum() == 0 && (value < 0 || 1 / value < 0)) {
      out.append((byte) '-');
    }
    out.appendAscii(rounded.toPlainString());
  }

  public static void appendDecimal(TextBuffer out, BigDecimal value) {
    int scale = value.scale();
    if (scale < 0 || value.precision() > 18) {
      out.appendAscii(value.toPlainString());
      return;
    }
    long unscaled = value.unscaledValue().longValue();
    if (unscaled < 0) {
      out.append((byte) '-');
      unscaled = -unscaled;
    }
    if (scale == 0) {
      out.appendLong(unscaled);
      return;
    }
    int width = Math.max(value.precision(), scale + 1) + 1;
    int at = out.extend(width) + width;
    byte[] bytes = out.array();
    for (int i = 0; i < width - 1; i++) {
      if (i == scale) {
        bytes[--at] = '.';
      }
      bytes[--at] = (byte) ('0' + unscaled % 10);
      unscaled /= 10;
    }
  }

  /** A FLOAT or DOUBLE as its type prints it. */
  public static void append(TextBuffer out, double value, DataType type) {
    if (type.decimals() < DataType.NOT_FIXED) {
      appendFixed(out, value, type.decimals());
    } else if (type.kind() == TypeKind.FLOAT) {
      appendFloat(out, (float) value);
    } else {
      appendDouble(out, value);
    }
  }

  public static Slice doubleText(double value) {
    TextBuffer out = new TextBuffer(24);
    appendDouble(out, value);
    return out.toSlice();
  }

  public static Slice decimalText(BigDecimal value) {
    TextBuffer out = new TextBuffer(40);
    appendDecimal(out, value);
    return out.toSlice();
  }
}
