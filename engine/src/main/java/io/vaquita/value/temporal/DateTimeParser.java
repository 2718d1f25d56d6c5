package io.vaquita.value.temporal;

import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads a DATE or DATETIME out of text by MySQL's lenient rules: fields divided by any punctuation, or compact digits
 * (YYMMDD, YYYYMMDD, YYMMDDhhmmss, YYYYMMDDhhmmss), a fraction, a time zone offset. Stateless.
 */
public final class DateTimeParser {
  private static final int YEAR = 0;
  private static final int DAY = 2;
  private static final int SECOND = 5;
  private static final int MICROS = 6;
  private static final char NO_DELIMITER = 0;

  private DateTimeParser() {}

  /**
   * @param flags bits of {@link DateFlags}
   * @param zone the session's time zone, into which a value with an offset suffix is converted; null: offsets are not accepted
   */
  public static void parse(Slice text, int flags, @Nullable ZoneId zone, TemporalResult result) {
    result.clear();
    new Scan(text, flags, zone, result).run();
  }

  /** One pass over the text. Confined to one call; escape analysis keeps it off the heap. */
  private static final class Scan {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private final int flags;
    private final @Nullable ZoneId zone;
    private final TemporalResult result;
    private int at;
    private boolean compact;
    private int yearDigits;
    private int count;
    private boolean anyNonZero;
    private int microsDigits;
    private int nextDigit;
    private int year;
    private int month;
    private int day;
    private int hour;
    private int minute;
    private int second;
    private int micros;
    private int offsetSeconds;
    private boolean hasOffset;

    Scan(Slice text, int flags, @Nullable ZoneId zone, TemporalResult result) {
      this.bytes = text.array();
      this.start = text.offset();
      this.at = start;
      this.end = at + text.length();
      this.flags = flags;
      this.zone = zone;
      this.result = result;
    }

    void run() {
      while (at < end && isSpace(bytes[at])) {
        at++;
      }
      if (at > start && at < end) {
        result.noteDelimiter(0, bytes[start], NO_DELIMITER);
      }
      if (at == end || !isDigit(bytes[at])) {
        result.warnings |= TemporalResult.TRUNCATED;
        return;
      }
      findForm();
      if (!scanFields()) {
        result.forgetDelimiter();
        result.warnings |= TemporalResult.TRUNCATED;
        return;
      }
      finish();
    }

    /** Digits up to the end or a point are the compact form, whose digit count tells the width of the year. */
    private void findForm() {
      int p = at;
      while (p < end && (isDigit(bytes[p]) || bytes[p] == 'T')) {
        p++;
      }
      int digits = p - at;
      compact = p == end || bytes[p] == '.';
      yearDigits = digits == 4 || digits == 8 || digits >= 14 ? 4 : 2;
    }

    private boolean scanFields() {
      boolean foundDelimiter = false;
      boolean foundSpace = false;
      int width = compact ? yearDigits : Integer.MAX_VALUE;
      int field = YEAR;
      while (field <= MICROS && at < end && isDigit(bytes[at])) {
        int start = at;
        long value = 0;
        int limit = field == MICROS ? 6 : compact ? width : Integer.MAX_VALUE;
        while (at < end && isDigit(bytes[at]) && at - start < limit) {
          value = value * 10 + bytes[at++] - '0';
          if (value > 999_999) {
            return false;
          }
        }
        if (field == YEAR && !compact) {
          yearDigits = at - start;
        }
        set(field, (int) value, at - start);
        width = 2;
        count = field + 1;
        if (at == end || field == MICROS) {
          break;
        }
        field++;
        if (field == DAY + 1 && bytes[at] == 'T') {
          at++;
          continue;
        }
        if (field == SECOND + 1) {
          if (bytes[at] == '.') {
            at++;
            continue;
          }
          break;
        }
        int delimiters = at;
        while (at < end && (isPunctuation(bytes[at]) || isSpace(bytes[at]))) {
          if (isSpace(bytes[at])) {
            if (field != DAY + 1) {
              return false;
            }
            foundSpace = true;
          }
          at++;
          foundDelimiter = true;
        }
        noteDelimiters(delimiters, field);
      }
      return !(foundDelimiter && !foundSpace && (flags & DateFlags.DATETIME_ONLY) != 0);
    }

    /** One delimiter should stand before {@code field}: "-" in dates, a space before the hour, ":" after it. */
    private void noteDelimiters(int from, int field) {
      char standard = field <= DAY ? '-' : field == DAY + 1 ? ' ' : ':';
      if (at > from && at < end && bytes[from] != standard) {
        result.noteDelimiter(from - start, bytes[from], standard);
      }
      if (at > from + 1) {
        result.noteDelimiter(from + 1 - start, bytes[from + 1], NO_DELIMITER);
      } else if (at > from && at == end) {
        result.noteDelimiter(from - start, bytes[from], NO_DELIMITER);
      }
    }

    private void set(int field, int value, int digits) {
      anyNonZero |= value != 0;
      switch (field) {
        case YEAR -> year = value;
        case 1 -> month = value;
        case DAY -> day = value;
        case 3 -> hour = value;
        case 4 -> minute = value;
        case SECOND -> second = value;
        default -> {
          microsDigits = digits;
          micros = value * Fractions.power(6 - digits);
        }
      }
    }

    private void finish() {
      skipFractionRest();
      if (yearDigits == 2 && anyNonZero) {
        year += year < 70 ? 2000 : 1900;
      }
      if (count < 3
          || month > 12
          || day > 31
          || year > 9999
          || hour > 23
          || minute > 59
          || second > 59) {
        result.forgetDelimiter();
        result.isImpossible = true;
        boolean zero = !anyNonZero && onlySpacesFollow();
        result.warnings |= zero ? TemporalResult.ZERO_DATE : TemporalResult.TRUNCATED;
        return;
      }
      if (!DateFlags.accept(year, month, day, flags, result)) {
        result.isImpossible = true;
        result.forgetDelimiter();
        return;
      }
      if (!scanOffset()) {
        result.warnings |= TemporalResult.TRUNCATED;
        return;
      }
      if (at < end && isSpace(bytes[at])) {
        result.noteDelimiter(at - start, bytes[at], NO_DELIMITER);
      }
      for (; at < end; at++) {
        if (!isSpace(bytes[at])) {
          result.warnings |= TemporalResult.TRUNCATED;
          break;
        }
      }
      result.decimals = microsDigits;
      result.set(
          count <= 3 ? TypeKind.DATE : TypeKind.DATETIME,
          PackedTemporal.ofDateTime(year, month, day, hour, minute, second, micros));
      roundUp();
      if (hasOffset) {
        applyOffset();
      }
    }

    private boolean onlySpacesFollow() {
      int i = at;
      while (i < end && isSpace(bytes[i])) {
        i++;
      }
      return i == end;
    }

    private void skipFractionRest() {
      if (count <= MICROS) {
        return;
      }
      if (at < end && isDigit(bytes[at])) {
        nextDigit = bytes[at] - '0';
      }
      while (at < end && isDigit(bytes[at])) {
        at++;
      }
    }

    private void roundUp() {
      if (nextDigit < 5 || (flags & DateFlags.TRUNCATE_FRACTION) != 0) {
        return;
      }
      if ((flags & DateFlags.DATETIME_ONLY) != 0) {
        result.roundsUp = true;
        return;
      }
      if (day == 0 || month == 0) {
        return;
      }
      long rounded = Fractions.addMicros(result.packed, TypeKind.DATETIME, 1);
      if (rounded == Days.OVERFLOW) {
        result.valid = false;
        result.warnings |= TemporalResult.OUT_OF_RANGE;
      } else {
        result.packed = rounded;
      }
    }

    /** {@code +05:30}: two digits, colon, two digits. False when it is beyond -13:59 to +14:00 or -00:00. */
    private boolean scanOffset() {
      if (zone == null || count <= SECOND || end - at < 6) {
        return true;
      }
      int sign = bytes[at];
      if (sign != '+' && sign != '-' || bytes[at + 3] != ':') {
        return true;
      }
      for (int i = 1; i < 6; i++) {
        if (i != 3 && !isDigit(bytes[at + i])) {
          return true;
        }
      }
      int hours = (bytes[at + 1] - '0') * 10 + bytes[at + 2] - '0';
      int minutes = (bytes[at + 4] - '0') * 10 + bytes[at + 5] - '0';
      int total = hours * 60 + minutes;
      if (minutes > 59 || total > 14 * 60 || sign == '-' && (total >= 14 * 60 || total == 0)) {
        return false;
      }
      offsetSeconds = (sign == '-' ? -total : total) * 60;
      hasOffset = true;
      at += 6;
      return true;
    }

    private void applyOffset() {
      if (zone == null || month == 0 || day == 0) {
        return;
      }
      result.warnings |= TemporalResult.HAD_OFFSET;
      try {
        long p = result.packed;
        LocalDateTime local =
            LocalDateTime.of(year, month, PackedTemporal.day(p), 0, 0)
                .plusNanos(PackedTemporal.timeMicros(PackedTemporal.timePart(p)) * 1000);
        LocalDateTime there =
            local
                .atOffset(ZoneOffset.ofTotalSeconds(offsetSeconds))
                .atZoneSameInstant(zone)
                .toLocalDateTime();
        result.packed = TimeZones.packed(there);
      } catch (DateTimeException e) {
        result.valid = false;
        result.warnings |= TemporalResult.OUT_OF_RANGE;
      }
    }
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b >= 9 && b <= 13;
  }

  static boolean isPunctuation(byte b) {
    return b >= '!' && b <= '/'
        || b >= ':' && b <= '@'
        || b >= '[' && b <= '`'
        || b >= '{' && b <= '~';
  }
}
