package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.PackedTemporal;
import java.util.List;
import java.util.Map;

/** DATE_FORMAT, TIME_FORMAT, STR_TO_DATE, GET_FORMAT. Stateless. */
final class TemporalFormatFunctions {
  private static final Map<String, String> FORMATS =
      Map.ofEntries(
          Map.entry("DATE USA", "%m.%d.%Y"),
          Map.entry("DATE JIS", "%Y-%m-%d"),
          Map.entry("DATE ISO", "%Y-%m-%d"),
          Map.entry("DATE EUR", "%d.%m.%Y"),
          Map.entry("DATE INTERNAL", "%Y%m%d"),
          Map.entry("DATETIME USA", "%Y-%m-%d %H.%i.%s"),
          Map.entry("DATETIME JIS", "%Y-%m-%d %H:%i:%s"),
          Map.entry("DATETIME ISO", "%Y-%m-%d %H:%i:%s"),
          Map.entry("DATETIME EUR", "%Y-%m-%d %H.%i.%s"),
          Map.entry("DATETIME INTERNAL", "%Y%m%d%H%i%s"),
          Map.entry("TIME USA", "%h:%i:%s %p"),
          Map.entry("TIME JIS", "%H:%i:%s"),
          Map.entry("TIME ISO", "%H:%i:%s"),
          Map.entry("TIME EUR", "%H.%i.%s"),
          Map.entry("TIME INTERNAL", "%H%i%s"));

  /** What a specifier may grow to, on the average of a constant format. */
  private static final int SPECIFIER_GROWTH = 5;

  private TemporalFormatFunctions() {}

  static void register() {
    Registry.add("date_format", 2, TemporalFormatFunctions::dateFormat);
    Registry.add("time_format", 2, TemporalFormatFunctions::timeFormat);
    Registry.add("str_to_date", 2, TemporalFormatFunctions::strToDate);
  }

  static Expression dateFormat(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        Types.characters(a.get(1)) * SPECIFIER_GROWTH,
        settings,
        (f, x) -> {
          long packed = Temporals.fuzzyDate(x[0], f);
          if (f.isNull) {
            return null;
          }
          Slice format = x[1].evaluateBytes(f);
          return format == null || format.length() == 0
              ? null
              : TemporalFormatter.date(packed, format);
        });
  }

  private static Expression timeFormat(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        Types.characters(a.get(1)) * SPECIFIER_GROWTH,
        settings,
        (f, x) -> {
          long packed = Temporals.time(x[0], f);
          if (f.isNull) {
            return null;
          }
          Slice format = x[1].evaluateBytes(f);
          return format == null || format.length() == 0
              ? null
              : TemporalFormatter.time(packed, format);
        });
  }

  static Expression getFormat(String kind, Expression format, BindSettings settings) {
    String family = kind.equals("TIMESTAMP") ? "DATETIME" : kind;
    return StringFunctions.ascii(
        Head.of("get_format", List.of(format)),
        17,
        settings,
        (f, x) -> {
          Slice name = x[0].evaluateBytes(f);
          if (name == null) {
            return null;
          }
          String found =
              FORMATS.get(family + " " + name.toUtf8().toUpperCase(java.util.Locale.ROOT));
          return found == null ? null : Slice.utf8(found);
        });
  }

  /** The kind follows from a constant format; otherwise it is DATETIME(6). */
  private static Expression strToDate(String name, List<Expression> a, BindSettings settings) {
    TypeKind kind = TypeKind.DATETIME;
    int decimals = 6;
    if (a.get(1) instanceof LiteralExpression l && l.value() instanceof Value.StringValue s) {
      String format = s.bytes().toUtf8();
      kind = kindOf(format);
      decimals = format.contains("%f") ? 6 : 0;
    }
    TypeKind result = kind;
    return Calls.ofTemporal(
        Head.of(name, a),
        Temporals.type(kind, decimals),
        (f, x) -> {
          Slice text = x[0].evaluateBytes(f);
          if (text == null) {
            return 0;
          }
          Slice format = x[1].evaluateBytes(f);
          return format == null ? 0 : parse(text, format, result, f);
        });
  }

  private static TypeKind kindOf(String format) {
    boolean date = false;
    boolean time = false;
    for (int i = 0; i + 1 < format.length(); i++) {
      if (format.charAt(i) == '%') {
        char c = format.charAt(++i);
        time |= "fHISThiklprs".indexOf(c) >= 0;
        date |= "MVUXYWabcdejmvuxyw".indexOf(c) >= 0 || c == 'D';
      }
    }
    return date && time ? TypeKind.DATETIME : time ? TypeKind.TIME : TypeKind.DATE;
  }

  private static long parse(Slice text, Slice format, TypeKind kind, Frame frame) {
    TemporalScanner scanner = new TemporalScanner(text.toUtf8(), format.toUtf8());
    boolean valid = scanner.scan();
    if (valid && kind != TypeKind.TIME) {
      valid = DateFlags.accepts(scanner.dateTime(), Conversion.flags(frame));
    }
    if (!valid) {
      frame.statement.warn(
          MySqlError.ER_WRONG_VALUE_FOR_TYPE, "datetime", text.toUtf8(), "str_to_date");
      frame.isNull = true;
      return 0;
    }
    if (scanner.hasRest()) {
      Conversion.truncated(
          frame.statement, kind.name().toLowerCase(java.util.Locale.ROOT), text.toUtf8());
    }
    return switch (kind) {
      case TIME -> scanner.time();
      case DATE -> PackedTemporal.datePart(scanner.dateTime());
      default -> scanner.dateTime();
    };
  }
}
