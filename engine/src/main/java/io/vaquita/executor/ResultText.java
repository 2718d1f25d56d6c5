package io.vaquita.executor;

import io.vaquita.expression.Conversion;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.number.NumberText;
import io.vaquita.value.temporal.TemporalText;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Values as the text protocol sends them. Stateless. */
final class ResultText {
  private static final int YEAR_DIGITS = 4;

  private ResultText() {}

  static void appendInteger(TextBuffer out, long value, DataType type) {
    if (type.kind() == TypeKind.BIT) {
      long bytes = Math.max(1, (type.length() + 7) / 8);
      for (long shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
        out.append((byte) (value >>> shift));
      }
      return;
    }
    int start = out.length();
    if (type.unsigned()) {
      out.appendUnsigned(value);
    } else {
      out.appendLong(value);
    }
    if (type.zerofill() || type.kind() == TypeKind.YEAR) {
      pad(out, start, type.kind() == TypeKind.YEAR ? YEAR_DIGITS : (int) type.length());
    }
  }

  /** Puts zeros before what was written since {@code start}. */
  private static void pad(TextBuffer out, int start, int width) {
    int written = out.length() - start;
    if (written < width) {
      int zeros = width - written;
      out.extend(zeros);
      byte[] array = out.array();
      System.arraycopy(array, start, array, start + zeros, written);
      java.util.Arrays.fill(array, start, start + zeros, (byte) '0');
    }
  }

  static void appendDouble(TextBuffer out, double value, DataType type) {
    int start = out.length();
    NumberText.append(out, value, type);
    if (type.zerofill()) {
      pad(out, start, (int) type.length());
    }
  }

  static void appendDecimal(TextBuffer out, BigDecimal value, DataType type) {
    int start = out.length();
    NumberText.appendDecimal(out, ofScale(value, type));
    if (type.zerofill()) {
      pad(out, start, (int) type.length() + (type.decimals() > 0 ? 1 : 0));
    }
  }

  /** Divisions are computed with more digits than their type shows, so that 1/3*3 is 1.0000; the result shows the type's. */
  static BigDecimal ofScale(BigDecimal value, DataType type) {
    return value.scale() > type.decimals()
        ? value.setScale(type.decimals(), RoundingMode.HALF_UP)
        : value;
  }

  static void appendTemporal(TextBuffer out, long packed, DataType type) {
    TypeKind kind = type.kind() == TypeKind.TIMESTAMP ? TypeKind.DATETIME : type.kind();
    TemporalText.append(out, packed, kind, type.decimals());
  }

  static void appendJson(TextBuffer out, Slice binary) {
    out.append(Conversion.jsonToText(binary));
  }

  static long round(BigDecimal value) {
    return value.setScale(0, RoundingMode.HALF_UP).longValue();
  }

  /** The number that a text begins with, as an application that asks a string column for a number gets it. */
  static BigDecimal number(Slice text) {
    return io.vaquita.value.number.NumberParser.toDecimal(
        text, new io.vaquita.value.number.NumberScan());
  }

  static double unsignedToDouble(long value) {
    return Conversion.unsignedToDouble(value);
  }
}
