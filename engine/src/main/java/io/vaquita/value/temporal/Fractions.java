package io.vaquita.value.temporal;

import io.vaquita.value.TypeKind;

/** Fractional seconds: rounding and cutting to 0 to 6 digits. Stateless. */
public final class Fractions {
  private static final int[] POWERS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000};

  private Fractions() {}

  static int power(int n) {
    return POWERS[n];
  }

  /** Cuts the digits after the first {@code decimals} ones. */
  public static long truncate(long packed, int decimals) {
    int unit = POWERS[6 - decimals];
    int rest = PackedTemporal.micros(packed) % unit;
    return packed < 0 ? packed + rest : packed - rest;
  }

  /** Rounds half up (away from zero for TIME); may reach beyond the greatest DATETIME, which the caller checks. */
  public static long round(long packed, TypeKind kind, int decimals) {
    int unit = POWERS[6 - decimals];
    int micros = PackedTemporal.micros(packed);
    int rest = micros % unit;
    if (rest == 0 || kind == TypeKind.DATE) {
      return packed;
    }
    if (rest * 2 < unit) {
      return packed < 0 ? packed + rest : packed - rest;
    }
    int up = unit - rest;
    if (micros + up < 1_000_000) {
      return packed < 0 ? packed - up : packed + up;
    }
    return addMicros(packed, kind, packed < 0 ? -up : up);
  }

  /** Adds less than a second, with carry. A zero date or a date with zero parts keeps its day at the carry over midnight. */
  static long addMicros(long packed, TypeKind kind, int micros) {
    if (kind == TypeKind.TIME) {
      return PackedTemporal.ofTimeMicros(PackedTemporal.timeMicros(packed) + micros);
    }
    long time = PackedTemporal.timeMicros(PackedTemporal.timePart(packed)) + micros;
    if (time < Days.MICROS_PER_DAY) {
      return PackedTemporal.datePart(packed) | PackedTemporal.ofTimeMicros(time);
    }
    long days = Days.ofPacked(packed) + 1;
    return Days.dateTimeOfMicros(days * Days.MICROS_PER_DAY + time - Days.MICROS_PER_DAY);
  }

  /** Epoch microseconds (TIMESTAMP rows) rounded to {@code decimals} digits. */
  public static long roundMicros(long epochMicros, int decimals) {
    int unit = POWERS[6 - decimals];
    return Math.floorDiv(epochMicros + unit / 2, unit) * unit;
  }
}
