package io.vaquita.value.temporal;

import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Reads a TIME out of text: {@code [-][D ]HH:MM:SS[.fraction]}, {@code HH:MM}, {@code HHMMSS}, {@code SS}, or a whole DATETIME, whose
 * time of day it is then. Stateless.
 */
public final class TimeParser {
  /** Texts at least so long may be a DATETIME. */
  private static final int DATETIME_LENGTH_MIN = 12;

  private TimeParser() {}

  /** The result's kind is TIME. */
  public static void parse(Slice text, int flags, @Nullable ZoneId zone, TemporalResult result) {
    int start = text.offset();
    int end = start + text.length();
    byte[] bytes = text.array();
    while (start < end && DateTimeParser.isSpace(bytes[start])) {
      start++;
    }
    if (end - start >= DATETIME_LENGTH_MIN && bytes[start] != '-') {
      DateTimeParser.parse(
          text,
          flags & DateFlags.TRUNCATE_FRACTION | DateFlags.FUZZY | DateFlags.DATETIME_ONLY,
          zone,
          result);
      if (result.valid && result.kind == TypeKind.DATETIME) {
        if (PackedTemporal.datePart(result.packed) != 0) {
          result.warnings |= TemporalResult.LOST_DATE;
        }
        long time = PackedTemporal.timePart(result.packed);
        result.set(
            TypeKind.TIME, result.roundsUp ? Fractions.addMicros(time, TypeKind.TIME, 1) : time);
        return;
      }
      if (result.isImpossible) {
        result.kind = TypeKind.TIME;
        return;
      }
    }
    result.clear();
    result.kind = TypeKind.TIME;
    if (start > text.offset() && start < end) {
      result.noteDelimiter(0, bytes[text.offset()], (char) 0);
    }
    new Scan(bytes, text.offset(), start, end, flags, result).run();
  }

  /** One pass over the text. Confined to one call. */
  private static final class Scan {
    private final byte[] bytes;
    private final int textStart;
    private final int end;
    private final int flags;
    private final TemporalResult result;
    private final long[] fields = new long[4];
    private int at;
    private boolean negative;
    private boolean tooLong;
    private int micros;
    private int nextDigit;

    Scan(byte[] bytes, int textStart, int start, int end, int flags, TemporalResult result) {
      this.bytes = bytes;
      this.textStart = textStart;
      this.at = start;
      this.end = end;
      this.flags = flags;
      this.result = result;
    }

    void run() {
      if (at == end) {
        result.set(TypeKind.TIME, 0);
        return;
      }
      if (at < end && bytes[at] == '-') {
        negative = true;
        at++;
      }
      if (at == end) {
        return;
      }
      if (!isDigit(at) && !(bytes[at] == '.' && end - at > 1 && isDigit(at + 1))) {
        result.warnings |= TemporalResult.TRUNCATED;
        return;
      }
      scanFields();
      scanFraction();
      if (tooLong || isExponent()) {
        return;
      }
      finish();
    }

    /** Fills days, hours, minutes, seconds. Numbers that end early are the leftmost fields after days or HH:, otherwise the rightmost. */
    private void scanFields() {
      long value = number();
      int afterNumber = at;
      while (at < end && DateTimeParser.isSpace(bytes[at])) {
        at++;
      }
      int field;
      if (at > afterNumber && end - at > 1 && isDigit(at)) {
        fields[0] = value;
        field = 1;
        fields[field++] = number();
      } else if (end - at > 1 && bytes[at] == ':' && isDigit(at + 1)) {
        fields[1] = value;
        field = 2;
      } else {
        at = afterNumber;
        tooLong = value > 0xffffffffL;
        fields[1] = value / 10000;
        fields[2] = value / 100 % 100;
        fields[3] = value % 100;
        return;
      }
      while (field < 4 && end - at > 1 && bytes[at] == ':' && isDigit(at + 1)) {
        at++;
        fields[field++] = number();
      }
    }

    private void scanFraction() {
      if (at == end || bytes[at] != '.') {
        return;
      }
      at++;
      int start = at;
      while (at < end && isDigit(at) && at - start < 6) {
        micros = micros * 10 + bytes[at++] - '0';
      }
      result.decimals = at - start;
      micros *= Fractions.power(6 - result.decimals);
      if (at < end && isDigit(at) && result.decimals == 6) {
        nextDigit = bytes[at] - '0';
        while (at < end && isDigit(at)) {
          at++;
        }
      }
    }

    /** {@code 1e5} is no TIME. */
    private boolean isExponent() {
      return end - at > 1
          && (bytes[at] == 'e' || bytes[at] == 'E')
          && (isDigit(at + 1)
              || end - at > 2 && (bytes[at + 1] == '-' || bytes[at + 1] == '+') && isDigit(at + 2));
    }

    private void finish() {
      if (at < end && DateTimeParser.isSpace(bytes[at])) {
        result.noteDelimiter(at - textStart, bytes[at], (char) 0);
      }
      for (; at < end; at++) {
        if (!DateTimeParser.isSpace(bytes[at])) {
          result.warnings |= TemporalResult.TRUNCATED;
          break;
        }
      }
      if (fields[2] > 59 || fields[3] > 59) {
        result.warnings |= TemporalResult.OUT_OF_RANGE;
        return;
      }
      long hours = fields[0] * 24 + fields[1];
      if (hours > 838) {
        result.warnings |= TemporalResult.OUT_OF_RANGE;
        result.set(TypeKind.TIME, negative ? -PackedTemporal.TIME_MAX : PackedTemporal.TIME_MAX);
        return;
      }
      long packed =
          PackedTemporal.ofTime(negative, (int) hours, (int) fields[2], (int) fields[3], micros);
      if (nextDigit >= 5 && (flags & DateFlags.TRUNCATE_FRACTION) == 0) {
        packed = Fractions.addMicros(packed, TypeKind.TIME, negative ? -1 : 1);
      }
      setClipped(packed, result);
    }

    /** At most ten digits count; more are out of any range. */
    private long number() {
      long value = 0;
      while (at < end && isDigit(at)) {
        value = Math.min(value * 10 + bytes[at++] - '0', 99_999_999_999L);
      }
      return value;
    }

    private boolean isDigit(int index) {
      return DateTimeParser.isDigit(bytes[index]);
    }
  }

  static void setClipped(long packed, TemporalResult result) {
    long clipped = Math.clamp(packed, -PackedTemporal.TIME_MAX, PackedTemporal.TIME_MAX);
    if (clipped != packed) {
      result.warnings |= TemporalResult.OUT_OF_RANGE;
    }
    result.set(TypeKind.TIME, clipped);
  }
}
