package io.vaquita.expression.function;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.expression.operator.Operators;
import io.vaquita.value.Slice;
import java.util.List;
import java.util.Locale;

/** FORMAT_BYTES, FORMAT_PICO_TIME, NAME_CONST and the GTID functions. Stateless. */
final class MiscellaneousFunctions {
  private MiscellaneousFunctions() {}

  static void register() {
    Registry.add(
        "format_bytes",
        1,
        (n, a, s) ->
            scaled(n, a, s, new String[] {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"}));
    Registry.add("format_pico_time", 1, MiscellaneousFunctions::picoTime);
    Registry.add("name_const", 2, (n, a, s) -> Operators.convertTo(a.get(1), a.get(1).type()));
    Registry.add("gtid_subset", 2, MiscellaneousFunctions::gtidSubset);
    Registry.add("gtid_subtract", 2, MiscellaneousFunctions::gtidSubtract);
  }

  private static Expression scaled(
      String name, List<Expression> a, BindSettings settings, String[] units) {
    return StringFunctions.ascii(
        Head.of(name, a),
        11,
        settings,
        (f, x) -> {
          double v = x[0].evaluateDouble(f);
          if (f.isNull) {
            return null;
          }
          int unit = 0;
          double magnitude = Math.abs(v);
          while (magnitude >= 1024 && unit < units.length - 1) {
            magnitude /= 1024;
            unit++;
          }
          String sign = v < 0 ? "-" : "";
          String text =
              unit == 0
                  ? String.format(Locale.ROOT, "%4d %s", (long) magnitude, units[0])
                  : magnitude >= 100_000
                      ? String.format(Locale.ROOT, "%4.2e %s", magnitude, units[unit])
                      : String.format(Locale.ROOT, "%4.2f %s", magnitude, units[unit]);
          return Slice.utf8(sign + text);
        });
  }

  private static final String[] TIME_UNITS = {"ps", "ns", "us", "ms", "s", "min", "h", "d"};
  private static final double[] TIME_FACTORS = {1, 1e3, 1e6, 1e9, 1e12, 60e12, 3600e12, 86400e12};

  private static Expression picoTime(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        11,
        settings,
        (f, x) -> {
          double v = x[0].evaluateDouble(f);
          if (f.isNull) {
            return null;
          }
          int unit = TIME_UNITS.length - 1;
          while (unit > 0 && Math.abs(v) < TIME_FACTORS[unit]) {
            unit--;
          }
          double scaled = v / TIME_FACTORS[unit];
          String text =
              unit == 0
                  ? String.format(Locale.ROOT, "%3d ps", (long) scaled)
                  : Math.abs(scaled) >= 100_000
                      ? String.format(Locale.ROOT, "%4.2e %s", scaled, TIME_UNITS[unit])
                      : String.format(Locale.ROOT, "%4.2f %s", scaled, TIME_UNITS[unit]);
          return Slice.utf8(text);
        });
  }

  /** There is no binary log: only the empty set is a subset of everything. */
  private static Expression gtidSubset(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        Head.of(name, a),
        Types.BIGINT,
        (f, x) -> {
          Slice left = x[0].evaluateBytes(f);
          if (left == null) {
            return 0;
          }
          Slice right = x[1].evaluateBytes(f);
          if (right == null) {
            return 0;
          }
          return left.length() == 0 || left.equals(right) ? 1 : 0;
        });
  }

  private static Expression gtidSubtract(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        Types.characters(a.getFirst()),
        settings,
        (f, x) -> {
          Slice left = x[0].evaluateBytes(f);
          if (left == null) {
            return null;
          }
          Slice right = x[1].evaluateBytes(f);
          return right == null ? null : left.equals(right) ? Slice.EMPTY : left;
        });
  }
}
