package io.vaquita.value.number;

import io.vaquita.value.Slice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** The longest number at the beginning of a text, in its parts. Confined to one call. */
final class NumberPrefix {
  private static final int EXPONENT_MAX = 100_000;

  final byte[] bytes;
  int start;
  int end;
  boolean negative;
  long digits;
  int significant;
  boolean exact = true;
  int scale;
  int exponent;
  int integerDigits;
  boolean isDecimalForm;

  NumberPrefix(Slice text, NumberScan scan) {
    scan.clear();
    bytes = text.array();
    int limit = text.offset() + text.length();
    int at = text.offset();
    while (at < limit && NumberParser.isSpace(bytes[at])) {
      at++;
    }
    start = at;
    if (at < limit && (bytes[at] == '-' || bytes[at] == '+')) {
      negative = bytes[at] == '-';
      at++;
    }
    int first = at;
    at = scanDigits(at, limit);
    integerDigits = at - first;
    int fraction = 0;
    if (at < limit && bytes[at] == '.') {
      int point = at;
      at = scanDigits(at + 1, limit);
      fraction = at - point - 1;
      isDecimalForm = true;
    }
    if (integerDigits + fraction == 0) {
      scan.isEmpty = true;
      end = start;
      scan.hasRest = hasRest(start, limit);
      return;
    }
    scale = fraction;
    at = scanExponent(at, limit);
    end = at;
    scan.hasRest = hasRest(at, limit);
  }

  private boolean hasRest(int from, int limit) {
    for (int i = from; i < limit; i++) {
      if (!NumberParser.isSpace(bytes[i])) {
        return true;
      }
    }
    return false;
  }

  private int scanDigits(int from, int limit) {
    int at = from;
    while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
      if (significant < 18) {
        digits = digits * 10 + bytes[at] - '0';
        if (digits != 0) {
          significant++;
        }
      } else {
        exact = false;
      }
      at++;
    }
    return at;
  }

  private int scanExponent(int from, int limit) {
    int at = from;
    if (at >= limit || bytes[at] != 'e' && bytes[at] != 'E') {
      return from;
    }
    at++;
    boolean minus = false;
    if (at < limit && (bytes[at] == '-' || bytes[at] == '+')) {
      minus = bytes[at] == '-';
      at++;
    }
    if (at >= limit || bytes[at] < '0' || bytes[at] > '9') {
      return from;
    }
    int value = 0;
    while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
      value = Math.min(value * 10 + bytes[at] - '0', EXPONENT_MAX);
      at++;
    }
    exponent = minus ? -value : value;
    isDecimalForm = true;
    return at;
  }

  String text() {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** Exact value; exponents beyond any DECIMAL are cut, which changes no result. */
  BigDecimal decimal() {
    if (exact) {
      BigDecimal d = BigDecimal.valueOf(negative ? -digits : digits, scale);
      return exponent == 0 ? d : d.scaleByPowerOfTen(Math.clamp(exponent, -500, 500));
    }
    int e = end;
    for (int i = start; i < end; i++) {
      if (bytes[i] == 'e' || bytes[i] == 'E') {
        e = i;
      }
    }
    String mantissa = new String(bytes, start, e - start, StandardCharsets.ISO_8859_1);
    return new BigDecimal(mantissa).scaleByPowerOfTen(Math.clamp(exponent, -500, 500));
  }
}
