package io.vaquita.value.number;

/** What reading a number out of text found. Mutable, not thread-safe; made once and reused by one caller. */
public final class NumberScan {
  /** No digit at the beginning: the number is 0. */
  public boolean isEmpty;

  /** Text other than spaces follows the number. */
  public boolean hasRest;

  /** The number did not fit and was clipped. */
  public boolean isOverflow;

  /** The number has a fraction that was cut or rounded away. */
  public boolean lostFraction;

  void clear() {
    isEmpty = false;
    hasRest = false;
    isOverflow = false;
    lostFraction = false;
  }

  /** Whether warning 1292 is due: the text is not a number, or not only one. */
  public boolean isTruncated() {
    return isEmpty || hasRest;
  }
}
