package io.vaquita.value.temporal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Time zones by MySQL's names, and packed DATETIMEs to and from microseconds since the epoch. Stateless.
 *
 * <p>A local time that daylight saving skips becomes the first moment after the gap; one that occurs twice is the earlier.
 */
public final class TimeZones {
  /** Nothing: a DATETIME that is no moment (zero month or day, before 1970 where that is asked). */
  public static final long NONE = Long.MIN_VALUE;

  /** 2038-01-19 03:14:07.999999 UTC, the greatest TIMESTAMP. */
  public static final long TIMESTAMP_MAX_MICROS = 2_147_483_647_999_999L;

  private TimeZones() {}

  /** "SYSTEM", "+05:30" (-13:59 to +14:00), "Europe/Berlin", in any case; null when unknown (error 1298). */
  public static @Nullable ZoneId parse(String name) {
    if (name.equalsIgnoreCase("SYSTEM")) {
      return ZoneId.systemDefault();
    }
    if (!name.isEmpty() && (name.charAt(0) == '+' || name.charAt(0) == '-')) {
      return parseOffset(name);
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      String wanted = name.toLowerCase(Locale.ROOT);
      for (String id : ZoneId.getAvailableZoneIds()) {
        if (id.toLowerCase(Locale.ROOT).equals(wanted)) {
          return ZoneId.of(id);
        }
      }
      return null;
    }
  }

  private static @Nullable ZoneId parseOffset(String text) {
    int colon = text.indexOf(':');
    if (colon < 2 || colon > 3 || text.length() <= colon + 1 || text.length() > colon + 3) {
      return null;
    }
    int hours = digits(text, 1, colon);
    int minutes = digits(text, colon + 1, text.length());
    if (hours < 0 || minutes < 0 || minutes > 59) {
      return null;
    }
    int total = hours * 60 + minutes;
    boolean negative = text.charAt(0) == '-';
    if (total > 14 * 60 || negative && total >= 14 * 60) {
      return null;
    }
    return ZoneOffset.ofTotalSeconds((negative ? -total : total) * 60);
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  /** The packed DATETIME that clocks in {@code zone} show at that moment. */
  public static long toDateTime(long epochMicros, ZoneId zone) {
    long seconds = Math.floorDiv(epochMicros, 1_000_000);
    int offset =
        zone instanceof ZoneOffset fixed
            ? fixed.getTotalSeconds()
            : zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    return Days.dateTimeOfMicros(
        epochMicros + offset * 1_000_000L + Days.EPOCH * Days.MICROS_PER_DAY);
  }

  /** As {@link #toDateTime}, of what a TIMESTAMP keeps: 0 is the zero date, not the epoch, which no TIMESTAMP can be. */
  public static long ofTimestamp(long epochMicros, ZoneId zone) {
    return epochMicros == 0 ? 0 : toDateTime(epochMicros, zone);
  }

  /** What a TIMESTAMP keeps of a DATETIME; see {@link #ofTimestamp}. */
  public static long toTimestamp(long packedDateTime, ZoneId zone) {
    return packedDateTime == 0 ? 0 : toEpochMicros(packedDateTime, zone);
  }

  /** The moment at which clocks in {@code zone} show the DATETIME, or {@link #NONE} for zero months or days. */
  public static long toEpochMicros(long packedDateTime, ZoneId zone) {
    if (PackedTemporal.month(packedDateTime) == 0 || PackedTemporal.day(packedDateTime) == 0) {
      return NONE;
    }
    long local = Days.microsOfDateTime(packedDateTime) - Days.EPOCH * Days.MICROS_PER_DAY;
    if (zone instanceof ZoneOffset fixed) {
      return local - fixed.getTotalSeconds() * 1_000_000L;
    }
    long seconds = Math.floorDiv(local, 1_000_000);
    LocalDateTime dateTime = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition transition = rules.getTransition(dateTime);
    if (transition == null || transition.isOverlap()) {
      return local - rules.getOffset(dateTime).getTotalSeconds() * 1_000_000L;
    }
    return transition.toEpochSecond() * 1_000_000L;
  }

  /** Whether daylight saving skips that local time in {@code zone} (warning 1299). */
  public static boolean isInGap(long packedDateTime, ZoneId zone) {
    if (zone instanceof ZoneOffset
        || PackedTemporal.month(packedDateTime) == 0
        || PackedTemporal.day(packedDateTime) == 0) {
      return false;
    }
    long local = Days.microsOfDateTime(packedDateTime) - Days.EPOCH * Days.MICROS_PER_DAY;
    ZoneOffsetTransition transition =
        zone.getRules()
            .getTransition(
                LocalDateTime.ofEpochSecond(Math.floorDiv(local, 1_000_000), 0, ZoneOffset.UTC));
    return transition != null && transition.isGap();
  }

  static long packed(LocalDateTime t) {
    if (t.getYear() < 0 || t.getYear() > 9999) {
      throw new DateTimeException("year out of range");
    }
    return PackedTemporal.ofDateTime(
        t.getYear(),
        t.getMonthValue(),
        t.getDayOfMonth(),
        t.getHour(),
        t.getMinute(),
        t.getSecond(),
        t.getNano() / 1000);
  }
}
