package io.vaquita.value.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.value.Slice;
import io.vaquita.value.TestData;
import io.vaquita.value.TypeKind;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Dates and times compared with the reference server. */
class TemporalTest {
  private static final int LIMIT = Integer.getInteger("limit", 30);
  private static final long TODAY = PackedTemporal.ofDate(2020, 9, 13);

  @Test
  void answersAsTheReferenceServer() {
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> perOperation = new TreeMap<>();
    for (String[] row : TestData.rows("/io/vaquita/value/temporal.tsv")) {
      String actual = answer(row);
      if (!actual.equals(row[row.length - 1]) && !isYearZero(row)) {
        wrong.add(String.join(" , ", row) + "\n   actual " + actual);
        perOperation.merge(row[0], 1, Integer::sum);
      }
    }
    assertTrue(
        wrong.isEmpty(),
        () ->
            wrong.size()
                + " "
                + perOperation
                + "\n"
                + String.join("\n", wrong.subList(0, Math.min(LIMIT, wrong.size()))));
  }

  /** The reference server is 9.7: day numbers up to 365 and beyond the year 9999 are the zero date in MySQL 8.4. */
  private static boolean isYearZero(String[] row) {
    String answer = row[row.length - 1];
    return row[0].equals("from_days") && answer.equals("NULL") || answer.startsWith("0000-");
  }

  private static String answer(String[] row) {
    Slice text = Slice.utf8(row[1]);
    TemporalResult result = new TemporalResult();
    return switch (row[0]) {
      case "datetime" -> {
        DateTimeParser.parse(text, DateFlags.FUZZY, ZoneOffset.UTC, result);
        yield show(result, TypeKind.DATETIME, 6);
      }
      case "date" -> {
        DateTimeParser.parse(text, DateFlags.FUZZY, ZoneOffset.UTC, result);
        if (result.valid) {
          result.packed = Fractions.round(result.packed, TypeKind.DATETIME, 0);
        }
        yield show(result, TypeKind.DATE, 0);
      }
      case "time" -> {
        TimeParser.parse(text, DateFlags.FUZZY, ZoneOffset.UTC, result);
        yield show(result, TypeKind.TIME, 6);
      }
      case "ndatetime" -> {
        TemporalNumber.toDateTime(Long.parseLong(row[1]), 0, DateFlags.FUZZY, result);
        yield show(result, TypeKind.DATETIME, 0);
      }
      case "ntime" -> {
        TemporalNumber.toTime(Long.parseLong(row[1]), 0, DateFlags.FUZZY, result);
        yield show(result, TypeKind.TIME, 0);
      }
      case "from_days" ->
          TemporalText.text(Days.toDate(Long.parseLong(row[1])), TypeKind.DATE, 0).toUtf8();
      default -> ofDate(row, text, result);
    };
  }

  private static String show(TemporalResult result, TypeKind kind, int decimals) {
    if (!result.valid || result.packed == Days.OVERFLOW) {
      return "NULL";
    }
    TypeKind from = result.kind == TypeKind.TIME ? TypeKind.TIME : TypeKind.DATETIME;
    long packed = PackedTemporal.convert(result.packed, from, kind, TODAY);
    return TemporalText.text(packed, kind, decimals).toUtf8();
  }

  private static String ofDate(String[] row, Slice text, TemporalResult result) {
    DateTimeParser.parse(text, DateFlags.FUZZY, ZoneOffset.UTC, result);
    long p = result.packed;
    return switch (row[0]) {
      case "week" ->
          p == 0 || PackedTemporal.month(p) == 0
              ? "NULL"
              : Integer.toString(Days.week(p, Integer.parseInt(row[2])));
      case "yearweek" -> Long.toString(Days.yearWeek(p, Integer.parseInt(row[2])));
      case "to_days" -> Long.toString(Days.ofPacked(p));
      case "dayofyear" -> Integer.toString(Days.dayOfYear(p));
      case "weekday" -> Integer.toString(Days.weekday(Days.ofPacked(p), false));
      case "dayofweek" -> Integer.toString(Days.weekday(Days.ofPacked(p), true) + 1);
      default -> interval(p, row[2], IntervalUnit.valueOf(row[3]));
    };
  }

  private static String interval(long packed, String amount, IntervalUnit unit) {
    Interval interval = new Interval();
    if (unit.fields() > 1) {
      if (!interval.parse(Slice.utf8(amount), unit)) {
        return "NULL";
      }
    } else {
      interval.set(unit, Long.parseLong(amount));
    }
    long sum = interval.addTo(packed, TypeKind.DATETIME);
    return sum == Days.OVERFLOW ? "NULL" : TemporalText.text(sum, TypeKind.DATETIME, 6).toUtf8();
  }

  @Test
  void orderIsTime() {
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      long a = random.nextLong(-3_020_399_999_999L, 3_020_399_999_999L);
      long b = random.nextLong(-3_020_399_999_999L, 3_020_399_999_999L);
      long x = PackedTemporal.ofTimeMicros(a);
      long y = PackedTemporal.ofTimeMicros(b);
      assertEquals(Long.compare(a, b), Long.compare(x, y));
      assertEquals(a, PackedTemporal.timeMicros(x));
      long day = random.nextLong(366, Days.MAX + 1L);
      assertEquals(day, Days.ofPacked(Days.toDate(day)));
    }
  }

  @Test
  void timeZones() {
    assertNull(TimeZones.parse("Nowhere/Atall"));
    assertNull(TimeZones.parse("+14:01"));
    assertNull(TimeZones.parse("-14:00"));
    assertEquals(ZoneOffset.ofHoursMinutes(5, 30), TimeZones.parse("+5:30"));
    ZoneId berlin = TimeZones.parse("europe/berlin");
    assertNotNull(berlin);
    long summer = PackedTemporal.ofDateTime(2020, 7, 1, 12, 0, 0, 123);
    long micros = TimeZones.toEpochMicros(summer, berlin);
    assertEquals(1_593_597_600_000_123L, micros);
    assertEquals(summer, TimeZones.toDateTime(micros, berlin));
    long gap = PackedTemporal.ofDateTime(2020, 3, 29, 2, 30, 0, 0);
    assertTrue(TimeZones.isInGap(gap, berlin));
    assertEquals(
        PackedTemporal.ofDateTime(2020, 3, 29, 3, 0, 0, 0),
        TimeZones.toDateTime(TimeZones.toEpochMicros(gap, berlin), berlin));
  }

  @Test
  void numbers() {
    long packed = PackedTemporal.ofDateTime(2020, 1, 2, 3, 4, 5, 600_000);
    assertEquals(20200102030405L, PackedTemporal.toNumber(packed, TypeKind.DATETIME));
    assertEquals(20200102030406L, PackedTemporal.toRoundedNumber(packed, TypeKind.DATETIME));
    assertEquals(
        "20200102030405.60",
        PackedTemporal.toDecimal(packed, TypeKind.DATETIME, 2).toPlainString());
    long time = PackedTemporal.ofTime(true, 100, 2, 3, 500_000);
    assertEquals("-1000203.5", PackedTemporal.toDecimal(time, TypeKind.TIME, 1).toPlainString());
    assertEquals(
        "-100:02:04",
        TemporalText.text(Fractions.round(time, TypeKind.TIME, 0), TypeKind.TIME, 0).toUtf8());
  }
}
