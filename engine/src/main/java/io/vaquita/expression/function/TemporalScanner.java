package io.vaquita.expression.function;

import io.vaquita.value.temporal.Days;
import io.vaquita.value.temporal.PackedTemporal;
import java.util.Locale;

/** Reads a text by the specifiers of STR_TO_DATE. Confined to one call. */
final class TemporalScanner {
  private final String text;
  private final String format;
  private int at;
  private int year;
  private int month;
  private int day;
  private int hour;
  private int minute;
  private int second;
  private int micros;
  private boolean afternoon;
  private boolean isHour12;
  private int dayOfYear;
  private int week = -1;
  private int weekday = -1;
  private int weekYear = -1;
  private char weekMode;

  TemporalScanner(String text, String format) {
    this.text = text;
    this.format = format;
  }

  long dateTime() {
    return PackedTemporal.ofDateTime(year, month, day, hour, minute, second, micros);
  }

  long time() {
    return PackedTemporal.ofTime(false, hour + day * 24, minute, second, micros);
  }

  /** Whether text other than spaces is left over. */
  boolean hasRest() {
    return !text.substring(at).isBlank();
  }

  boolean scan() {
    for (int i = 0; i < format.length() && at < text.length(); i++) {
      char c = format.charAt(i);
      skipSpaces();
      if (at == text.length()) {
        break;
      }
      if (Character.isWhitespace(c)) {
        continue;
      }
      if (c != '%' || i + 1 == format.length()) {
        if (text.charAt(at++) != c) {
          return false;
        }
      } else if (!field(format.charAt(++i))) {
        return false;
      }
    }
    return finish();
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean field(char specifier) {
    switch (specifier) {
      case 'Y' -> {
        int start = at;
        year = number(4);
        if (at - start == 2) {
          year += year < 70 ? 2000 : 1900;
        }
        return at > start;
      }
      case 'y' -> {
        int start = at;
        year = number(2);
        year += year < 70 ? 2000 : 1900;
        return at > start;
      }
      case 'm', 'c' -> month = number(2);
      case 'M', 'b' -> month = name(specifier == 'M', 12, false);
      case 'd', 'e' -> day = number(2);
      case 'D' -> {
        day = number(2);
        at = Math.min(text.length(), at + 2);
      }
      case 'h', 'I', 'l' -> {
        isHour12 = true;
        hour = number(2);
      }
      case 'H', 'k' -> hour = number(2);
      case 'i' -> minute = number(2);
      case 's', 'S' -> second = number(2);
      case 'f' -> {
        int start = at;
        micros = number(6);
        for (int digits = at - start; digits < 6; digits++) {
          micros *= 10;
        }
      }
      case 'p' -> {
        return meridiem();
      }
      case 'j' -> dayOfYear = number(3);
      case 'W', 'a' -> weekday = name(specifier == 'W', 7, true);
      case 'w' -> weekday = (number(1) + 6) % 7 + 1;
      case 'U', 'u', 'V', 'v' -> {
        weekMode = specifier;
        week = number(2);
      }
      case 'X', 'x' -> weekYear = number(4);
      case 'r' -> {
        isHour12 = true;
        return clock() && spaced() && meridiem();
      }
      case 'T' -> {
        return clock();
      }
      case '.' -> skip(false, true);
      case '@' -> skip(true, false);
      case '#' -> skipDigits();
      case '%' -> {
        return at < text.length() && text.charAt(at++) == '%';
      }
      default -> {
        return false;
      }
    }
    return month >= 0 && weekday != 0 && lastWasNumber;
  }

  private boolean lastWasNumber = true;

  private int number(int digitsMax) {
    int start = at;
    int v = 0;
    while (at < text.length()
        && at - start < digitsMax
        && text.charAt(at) >= '0'
        && text.charAt(at) <= '9') {
      v = v * 10 + text.charAt(at++) - '0';
    }
    lastWasNumber = at > start;
    return v;
  }

  /** 1 for the first name; -1 for none of a month, 0 for none of a day. */
  private int name(boolean full, int count, boolean days) {
    String rest = text.substring(at).toLowerCase(Locale.ROOT);
    for (int i = 1; i <= count; i++) {
      String name =
          days ? TemporalPartFunctions.dayName(i - 1) : TemporalPartFunctions.monthName(i);
      String wanted = (full ? name : name.substring(0, 3)).toLowerCase(Locale.ROOT);
      if (rest.startsWith(wanted)) {
        at += wanted.length();
        lastWasNumber = true;
        return i;
      }
    }
    return days ? 0 : -1;
  }

  private boolean clock() {
    hour = number(2);
    boolean first = lastWasNumber && colon();
    minute = first ? number(2) : 0;
    boolean middle = first && lastWasNumber && colon();
    second = middle ? number(2) : 0;
    return middle && lastWasNumber;
  }

  private boolean colon() {
    return at < text.length() && text.charAt(at++) == ':';
  }

  private boolean spaced() {
    skipSpaces();
    return true;
  }

  private boolean meridiem() {
    if (at + 2 > text.length()) {
      return false;
    }
    String word = text.substring(at, at + 2).toUpperCase(Locale.ROOT);
    at += 2;
    afternoon = word.equals("PM");
    return afternoon || word.equals("AM");
  }

  private void skip(boolean letters, boolean punctuation) {
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean isPunctuation = !Character.isLetterOrDigit(c) && !Character.isWhitespace(c);
      if (!(letters && Character.isLetter(c) || punctuation && isPunctuation)) {
        return;
      }
      at++;
    }
  }

  private void skipDigits() {
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
  }

  private boolean finish() {
    if (isHour12) {
      if (hour > 12 || hour == 0) {
        return false;
      }
      hour = hour % 12 + (afternoon ? 12 : 0);
    } else if (afternoon && hour < 12) {
      hour += 12;
    }
    if (dayOfYear > 0) {
      setDate(Days.of(year, 1, 1) + dayOfYear - 1);
    } else if (week >= 0 && weekday > 0 && (weekYear >= 0 || year > 0)) {
      fromWeek();
    }
    return month <= 12 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59;
  }

  private void fromWeek() {
    boolean sunday = weekMode == 'U' || weekMode == 'V';
    int of = weekYear >= 0 ? weekYear : year;
    long first = Days.of(of, 1, 1);
    int firstWeekday = Days.weekday(first, sunday);
    int inWeek = sunday ? weekday % 7 : weekday - 1;
    boolean late = sunday ? firstWeekday != 0 : firstWeekday > 3;
    setDate(first + (late ? 7 : 0) - firstWeekday + (week - 1) * 7L + inWeek);
  }

  private void setDate(long days) {
    long date = Days.toDate(days);
    year = PackedTemporal.year(date);
    month = PackedTemporal.month(date);
    day = PackedTemporal.day(date);
  }
}
