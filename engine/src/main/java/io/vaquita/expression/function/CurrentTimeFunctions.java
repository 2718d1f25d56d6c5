package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expression.Dependence;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.temporal.Fractions;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TimeZones;
import java.time.ZoneOffset;
import java.util.List;

/** NOW, CURDATE, UTC_TIME, SYSDATE: the time now. Stateless. */
final class CurrentTimeFunctions {
  private CurrentTimeFunctions() {}

  static void register() {
    for (String name : List.of("now", "current_timestamp", "localtime", "localtimestamp")) {
      Registry.add(name, 0, 1, (n, a, s) -> now(a));
    }
    for (String name : List.of("curdate", "current_date")) {
      Registry.add(name, 0, (n, a, s) -> date(a, false));
    }
    for (String name : List.of("curtime", "current_time")) {
      Registry.add(name, 0, 1, (n, a, s) -> time(a, false));
    }
    Registry.add("utc_date", 0, (n, a, s) -> date(a, true));
    Registry.add("utc_time", 0, 1, (n, a, s) -> time(a, true));
    Registry.add("utc_timestamp", 0, 1, (n, a, s) -> utcTimestamp(a));
    Registry.add("sysdate", 0, 1, (n, a, s) -> sysdate(a));
  }

  private static Head head(String name, List<Expression> a, Dependence dependence) {
    return Head.of(name, a).notNull().depending(dependence);
  }

  /** The digits of a second that are asked for. */
  private static int decimals(String name, List<Expression> a) {
    if (a.isEmpty()) {
      return 0;
    }
    if (a.getFirst() instanceof LiteralExpression l && l.value() instanceof Value.LongValue v) {
      if (v.value() < 0 || v.value() > 6) {
        throw MySqlError.ER_TOO_BIG_PRECISION.exception(v.value(), name, 6);
      }
      return (int) v.value();
    }
    throw MySqlError.ER_WRONG_ARGUMENTS.exception(name);
  }

  private static Expression now(List<Expression> a) {
    int decimals = decimals("now", a);
    return Calls.ofTemporal(
        head("now", a, Dependence.STATEMENT),
        DataType.datetime(decimals),
        (f, x) -> {
          f.isNull = false;
          return Fractions.truncate(Conversion.now(f), decimals);
        });
  }

  private static Expression sysdate(List<Expression> a) {
    int decimals = decimals("sysdate", a);
    return Calls.ofTemporal(
        head("sysdate", a, Dependence.EVALUATION),
        DataType.datetime(decimals),
        (f, x) -> {
          f.isNull = false;
          return Fractions.truncate(
              TimeZones.toDateTime(f.statement.currentMicros(), f.statement.timeZone()), decimals);
        });
  }

  private static Expression utcTimestamp(List<Expression> a) {
    int decimals = decimals("utc_timestamp", a);
    return Calls.ofTemporal(
        head("utc_timestamp", a, Dependence.STATEMENT),
        DataType.datetime(decimals),
        (f, x) -> {
          f.isNull = false;
          return Fractions.truncate(
              TimeZones.toDateTime(f.statement.statementMicros(), ZoneOffset.UTC), decimals);
        });
  }

  private static Expression date(List<Expression> a, boolean utc) {
    return Calls.ofTemporal(
        head(utc ? "utc_date" : "curdate", a, Dependence.STATEMENT),
        DataType.DATE,
        (f, x) -> {
          f.isNull = false;
          return PackedTemporal.datePart(
              utc
                  ? TimeZones.toDateTime(f.statement.statementMicros(), ZoneOffset.UTC)
                  : Conversion.now(f));
        });
  }

  private static Expression time(List<Expression> a, boolean utc) {
    String name = utc ? "utc_time" : "curtime";
    int decimals = decimals(name, a);
    DataType type =
        new DataType(
            TypeKind.TIME,
            decimals == 0 ? 8 : 9 + decimals,
            decimals,
            false,
            false,
            io.vaquita.value.Collations.BINARY,
            List.of());
    return Calls.ofTemporal(
        head(name, a, Dependence.STATEMENT),
        type,
        (f, x) -> {
          f.isNull = false;
          long now =
              utc
                  ? TimeZones.toDateTime(f.statement.statementMicros(), ZoneOffset.UTC)
                  : Conversion.now(f);
          return Fractions.truncate(PackedTemporal.timePart(now), decimals);
        });
  }
}
