package io.vaquita.value.temporal;

import io.vaquita.value.TypeKind;

/** What a conversion to a date or time gave. Mutable, not thread-safe; made once and reused by one caller. */
public final class TemporalResult {
  /** Text after the value was ignored, or there was no value. */
  public static final int TRUNCATED = 1;

  public static final int OUT_OF_RANGE = 2;
  public static final int ZERO_DATE = 4;
  public static final int ZERO_IN_DATE = 8;

  /** The text had a time zone offset, which has been applied to {@link #packed}. */
  public static final int HAD_OFFSET = 16;

  /** A TIME came out of a text or number with a date, which is lost. */
  public static final int LOST_DATE = 32;

  /**
   * False: no date or time could be made out; the value is NULL. Where it is stored, {@link #packed} is taken: the zero date, or the
   * greatest TIME for numbers beyond it.
   */
  public boolean valid;

  /** DATE, TIME or DATETIME: what the input looked like. */
  public TypeKind kind = TypeKind.DATETIME;

  public long packed;

  /** Fractional digits that the input had, at most 6. */
  public int decimals;

  /** Bits of the constants above. 0 when everything was understood. */
  public int warnings;

  /** Where a delimiter stands that MySQL deprecates, or -1 (warnings 4095 and 4096). */
  public int oddDelimiterPosition = -1;

  /** That delimiter. */
  public char oddDelimiter;

  /** What should stand there, or 0 when the delimiter is superfluous. */
  public char standardDelimiter;

  /** The text has the form of a DATETIME but no possible value: it is no TIME either. */
  boolean isImpossible;

  /** The seventh digit of the fraction rounds up, which is left to the caller. */
  boolean roundsUp;

  /** Notes the first delimiter that is not as it should be. */
  void noteDelimiter(int position, byte found, char standard) {
    if (oddDelimiterPosition < 0) {
      oddDelimiterPosition = position;
      oddDelimiter = (char) found;
      standardDelimiter = standard;
    }
  }

  /** Values that are errors give no warning about their delimiters. */
  void forgetDelimiter() {
    oddDelimiterPosition = -1;
  }

  void clear() {
    oddDelimiterPosition = -1;
    isImpossible = false;
    roundsUp = false;
    valid = false;
    kind = TypeKind.DATETIME;
    packed = 0;
    decimals = 0;
    warnings = 0;
  }

  void set(TypeKind newKind, long newPacked) {
    valid = true;
    kind = newKind;
    packed = newPacked;
  }

  /** Whether input was cut or changed, so that a warning or, in strict mode, an error is due. */
  public boolean isDamaged() {
    return !valid || (warnings & (TRUNCATED | OUT_OF_RANGE | ZERO_DATE | ZERO_IN_DATE)) != 0;
  }
}
