package io.vaquita.expression.function;

import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.temporal.Days;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TemporalText;
import org.jspecify.annotations.Nullable;

/** Writes dates and times by the specifiers of DATE_FORMAT. Stateless. */
final class TemporalFormatter {
  private TemporalFormatter() {}

  /** NULL where a specifier needs what the date has not: the name of month 0. */
  static @Nullable Slice date(long packed, Slice format) {
    TextBuffer out = new TextBuffer(format.length() * 2 + 16);
    for (int i = 0; i < format.length(); i++) {
      byte b = format.byteAt(i);
      if (b != '%' || i + 1 == format.length()) {
        out.append(b);
      } else if (!append(out, packed, (char) format.byteAt(++i), false)) {
        return null;
      }
    }
    return out.toSlice();
  }

  /** Hours may be more than 23; specifiers of dates give NULL or zeros. */
  static @Nullable Slice time(long packed, Slice format) {
    TextBuffer out = new TextBuffer(format.length() * 2 + 16);
    if (packed < 0) {
      out.append((byte) '-');
    }
    long magnitude = Math.abs(packed);
    for (int i = 0; i < format.length(); i++) {
      byte b = format.byteAt(i);
      if (b != '%' || i + 1 == format.length()) {
        out.append(b);
      } else if (!append(out, magnitude, (char) format.byteAt(++i), true)) {
        return null;
      }
    }
    return out.toSlice();
  }

  private static boolean append(TextBuffer out, long p, char specifier, boolean isTime) {
    switch (specifier) {
      case 'H' -> TemporalText.appendDigits(out, PackedTemporal.hour(p), hourDigits(p));
      case 'k' -> out.appendLong(PackedTemporal.hour(p));
      case 'h', 'I' -> TemporalText.appendDigits(out, hour12(p), 2);
      case 'l' -> out.appendLong(hour12(p));
      case 'i' -> TemporalText.appendDigits(out, PackedTemporal.minute(p), 2);
      case 's', 'S' -> TemporalText.appendDigits(out, PackedTemporal.second(p), 2);
      case 'f' -> TemporalText.appendDigits(out, PackedTemporal.micros(p), 6);
      case 'p' -> out.appendAscii(PackedTemporal.hour(p) % 24 < 12 ? "AM" : "PM");
      case 'r' -> {
        appendClock(out, hour12(p), p);
        out.appendAscii(PackedTemporal.hour(p) % 24 < 12 ? " AM" : " PM");
      }
      case 'T' -> appendClock(out, PackedTemporal.hour(p), p);
      default -> {
        return appendDay(out, isTime ? 0 : p, specifier, isTime);
      }
    }
    return true;
  }

  private static int hourDigits(long p) {
    return PackedTemporal.hour(p) > 99 ? 3 : 2;
  }

  private static int hour12(long p) {
    int hour = PackedTemporal.hour(p) % 12;
    return hour == 0 ? 12 : hour;
  }

  private static void appendClock(TextBuffer out, int hour, long p) {
    TemporalText.appendDigits(out, hour, hour > 99 ? 3 : 2);
    out.append((byte) ':');
    TemporalText.appendDigits(out, PackedTemporal.minute(p), 2);
    out.append((byte) ':');
    TemporalText.appendDigits(out, PackedTemporal.second(p), 2);
  }

  private static boolean appendDay(TextBuffer out, long p, char specifier, boolean isTime) {
    int month = PackedTemporal.month(p);
    int day = PackedTemporal.day(p);
    switch (specifier) {
      case 'Y' -> TemporalText.appendDigits(out, PackedTemporal.year(p), 4);
      case 'y' -> TemporalText.appendDigits(out, PackedTemporal.year(p) % 100, 2);
      case 'm' -> TemporalText.appendDigits(out, month, 2);
      case 'c' -> out.appendLong(month);
      case 'd' -> TemporalText.appendDigits(out, day, 2);
      case 'e' -> out.appendLong(day);
      case 'D' -> {
        out.appendLong(day);
        out.appendAscii(suffix(day));
      }
      case 'M', 'b' -> {
        if (month == 0) {
          return false;
        }
        String name = TemporalPartFunctions.monthName(month);
        out.appendAscii(specifier == 'M' ? name : name.substring(0, 3));
      }
      case 'W', 'a', 'w', 'j', 'U', 'u', 'V', 'v', 'X', 'x' -> {
        if (isTime || month == 0 && PackedTemporal.year(p) == 0 && specifier != 'j') {
          return false;
        }
        appendWeek(out, p, specifier);
      }
      default -> out.append((byte) specifier);
    }
    return true;
  }

  private static void appendWeek(TextBuffer out, long p, char specifier) {
    long days = Days.ofPacked(p);
    switch (specifier) {
      case 'W' -> out.appendAscii(TemporalPartFunctions.dayName(Days.weekday(days, false)));
      case 'a' ->
          out.appendAscii(TemporalPartFunctions.dayName(Days.weekday(days, false)).substring(0, 3));
      case 'w' -> out.appendLong(Days.weekday(days, true));
      case 'j' -> TemporalText.appendDigits(out, Days.dayOfYear(p), 3);
      case 'U' -> TemporalText.appendDigits(out, Days.week(p, 0), 2);
      case 'u' -> TemporalText.appendDigits(out, Days.week(p, 1), 2);
      case 'V' -> TemporalText.appendDigits(out, Days.week(p, 2), 2);
      case 'v' -> TemporalText.appendDigits(out, Days.week(p, 3), 2);
      case 'X' -> TemporalText.appendDigits(out, (int) (Days.yearWeek(p, 2) / 100), 4);
      default -> TemporalText.appendDigits(out, (int) (Days.yearWeek(p, 3) / 100), 4);
    }
  }

  private static String suffix(int day) {
    if (day >= 10 && day <= 19) {
      return "th";
    }
    return switch (day % 10) {
      case 1 -> "st";
      case 2 -> "nd";
      case 3 -> "rd";
      default -> "th";
    };
  }
}
