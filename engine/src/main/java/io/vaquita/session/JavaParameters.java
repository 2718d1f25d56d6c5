package io.vaquita.session;

import io.vaquita.value.Collation;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.temporal.PackedTemporal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Java's values as parameters of statements. Immutable. */
final class JavaParameters {
  private static final int DECIMAL_DIGITS_MAX = 65;
  private static final int DECIMAL_SCALE_MAX = 30;
  private static final int YEAR_MAX = 9999;

  /** Temporal parameters count as having microseconds, as those of drivers do. */
  private static final int TEMPORAL_DECIMALS = 6;

  private static final int UNSIGNED_BITS = 64;
  private static final Duration TIME_MAX = Duration.ofHours(838).plusMinutes(59).plusSeconds(59);

  private final Collation collation;
  private final ZoneId zone;

  /**
   * @param collation of texts
   * @param zone in which moments are shown as dates and times
   */
  JavaParameters(Collation collation, ZoneId zone) {
    this.collation = collation;
    this.zone = zone;
  }

  Value[] values(@Nullable Object[] given) {
    if (given.length == 0) {
      return DataStatements.NO_PARAMETERS;
    }
    Value[] values = new Value[given.length];
    for (int i = 0; i < given.length; i++) {
      values[i] = value(given[i], i);
    }
    return values;
  }

  private Value value(@Nullable Object given, int index) {
    return switch (given) {
      case null -> Value.NullValue.NULL;
      case Long n -> Value.of(n);
      case Integer n -> Value.of(n);
      case CharSequence text -> text(text.toString());
      case Value value -> value;
      case Boolean b -> Value.of(b ? 1 : 0);
      case Short n -> Value.of(n);
      case Byte n -> Value.of(n);
      case Double n -> real(n, index);
      case Float n -> real(n, index);
      case BigDecimal n -> decimal(n, index);
      case BigInteger n -> integer(n, index);
      case Character c -> text(c.toString());
      case byte[] bytes -> Value.ofBytes(bytes.clone());
      case UUID id -> text(id.toString());
      default -> temporal(given, index);
    };
  }

  private Value text(String text) {
    return new Value.StringValue(Slice.utf8(text), collation);
  }

  private static Value real(double n, int index) {
    if (!Double.isFinite(n)) {
      throw unfit(n, index, "MySQL has no such number");
    }
    return Value.of(n);
  }

  private static Value integer(BigInteger n, int index) {
    if (n.bitLength() < UNSIGNED_BITS) {
      return Value.of(n.longValue());
    }
    return n.signum() > 0 && n.bitLength() == UNSIGNED_BITS
        ? Value.ofUnsigned(n.longValue())
        : decimal(new BigDecimal(n), index);
  }

  private static Value decimal(BigDecimal n, int index) {
    BigDecimal plain = n.scale() > DECIMAL_SCALE_MAX ? n.stripTrailingZeros() : n;
    if (plain.scale() < 0 && plain.precision() - plain.scale() <= DECIMAL_DIGITS_MAX) {
      plain = plain.setScale(0);
    }
    boolean fits = plain.scale() >= 0 && plain.scale() <= DECIMAL_SCALE_MAX;
    if (!fits || plain.precision() > DECIMAL_DIGITS_MAX) {
      throw unfit(n, index, "a DECIMAL has 65 digits, 30 of them after the point");
    }
    return Value.of(plain);
  }

  private Value temporal(Object given, int index) {
    return switch (given) {
      case LocalDate date -> {
        checkYear(date.getYear(), given, index);
        yield new Value.TemporalValue(
            TypeKind.DATE,
            PackedTemporal.ofDate(date.getYear(), date.getMonthValue(), date.getDayOfMonth()),
            0);
      }
      case LocalDateTime dateTime -> dateTime(dateTime, index);
      case Instant moment -> dateTime(LocalDateTime.ofInstant(moment, zone), index);
      case OffsetDateTime moment ->
          dateTime(moment.atZoneSameInstant(zone).toLocalDateTime(), index);
      case ZonedDateTime moment ->
          dateTime(moment.withZoneSameInstant(zone).toLocalDateTime(), index);
      case LocalTime time -> time(Duration.ofNanos(time.toNanoOfDay()));
      case Duration time -> {
        if (time.abs().compareTo(TIME_MAX) > 0) {
          throw unfit(time, index, "a TIME reaches from -838:59:59 to 838:59:59");
        }
        yield time(time);
      }
      default ->
          throw new IllegalArgumentException(
              "parameter "
                  + (index + 1)
                  + " is a "
                  + given.getClass().getName()
                  + ", which no MySQL type stands for");
    };
  }

  /** Nanoseconds are cut to microseconds. */
  private static Value time(Duration time) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(time));
    return new Value.TemporalValue(
        TypeKind.TIME, PackedTemporal.ofTimeMicros(micros), TEMPORAL_DECIMALS);
  }

  private static Value dateTime(LocalDateTime t, int index) {
    checkYear(t.getYear(), t, index);
    long packed =
        PackedTemporal.ofDateTime(
            t.getYear(),
            t.getMonthValue(),
            t.getDayOfMonth(),
            t.getHour(),
            t.getMinute(),
            t.getSecond(),
            t.getNano() / 1000);
    return new Value.TemporalValue(TypeKind.DATETIME, packed, TEMPORAL_DECIMALS);
  }

  private static void checkYear(int year, Object given, int index) {
    if (year < 0 || year > YEAR_MAX) {
      throw unfit(given, index, "MySQL's years reach from 0 to 9999");
    }
  }

  private static IllegalArgumentException unfit(Object given, int index, String reason) {
    return new IllegalArgumentException("parameter " + (index + 1) + ", " + given + ": " + reason);
  }
}
