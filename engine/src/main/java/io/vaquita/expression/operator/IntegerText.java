package io.vaquita.expression.operator;

import io.vaquita.value.Slice;

/** Strings that are integers. Stateless. */
final class IntegerText {
  private static final int DIGITS_SAFE = 18;

  private IntegerText() {}

  /** An optional sign and 1 to 18 digits, nothing else. */
  static boolean isSmallInteger(Slice text) {
    int at = text.length() > 0 && (text.byteAt(0) == '-' || text.byteAt(0) == '+') ? 1 : 0;
    if (text.length() == at || text.length() - at > DIGITS_SAFE) {
      return false;
    }
    for (; at < text.length(); at++) {
      if (text.byteAt(at) < '0' || text.byteAt(at) > '9') {
        return false;
      }
    }
    return true;
  }
}
