package io.vaquita.session.variable;

import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.expression.SqlMode;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Converts what SET assigns to what a variable keeps, with MySQL's errors and warnings. Stateless. */
public final class VariableValues {
  private VariableValues() {}

  /**
   * @throws io.vaquita.error.DatabaseException 1231 for a value that is not allowed, 1232 for one of a wrong type
   */
  public static Value convert(SystemVariable variable, Value given, WarningSink warnings) {
    return convert(variable, given, variable.initial(), warnings);
  }

  /**
   * The same for a variable whose value is changed in parts.
   *
   * @param current its value before
   */
  public static Value convert(
      SystemVariable variable, Value given, Value current, WarningSink warnings) {
    return switch (variable.kind()) {
      case BOOLEAN -> bool(variable, given);
      case INTEGER -> integer(variable, given, warnings);
      case NUMERIC -> numeric(variable, given);
      case STRING -> string(variable, given);
      case ENUMERATION -> enumeration(variable, given);
      case SET -> set(variable, given, current);
    };
  }

  /** The text of SHOW VARIABLES: booleans as ON and OFF. */
  public static String show(SystemVariable variable, Value value) {
    if (variable.kind() == SystemVariable.Kind.BOOLEAN && value instanceof Value.LongValue l) {
      return l.value() != 0 ? "ON" : "OFF";
    }
    if (variable.kind() == SystemVariable.Kind.NUMERIC && value instanceof Value.DoubleValue d) {
      return String.format(Locale.ROOT, "%.6f", d.value());
    }
    return text(value);
  }

  /** A value as plain text; NULL is empty. */
  public static String text(Value value) {
    return switch (value) {
      case Value.NullValue n -> "";
      case Value.LongValue l ->
          l.unsigned() ? Long.toUnsignedString(l.value()) : Long.toString(l.value());
      case Value.DoubleValue d -> BigDecimal.valueOf(d.value()).toPlainString();
      case Value.DecimalValue d -> d.value().toPlainString();
      case Value.StringValue s -> s.bytes().toUtf8();
      case Value.TemporalValue t -> Long.toString(t.packed());
      case Value.JsonValue j -> j.binary().toUtf8();
    };
  }

  private static Value bool(SystemVariable variable, Value given) {
    if (given instanceof Value.LongValue l && (l.value() == 0 || l.value() == 1)) {
      return Value.of(l.value());
    }
    if (given instanceof Value.StringValue s) {
      switch (s.bytes().toUtf8().toUpperCase(Locale.ROOT)) {
        case "ON", "TRUE", "YES" -> {
          return Value.of(1);
        }
        case "OFF", "FALSE", "NO" -> {
          return Value.of(0);
        }
        default -> {}
      }
    }
    if (given instanceof Value.DoubleValue || given instanceof Value.DecimalValue) {
      throw MySqlError.ER_WRONG_TYPE_FOR_VAR.exception(variable.name());
    }
    throw wrongValue(variable, given);
  }

  private static Value integer(SystemVariable variable, Value given, WarningSink warnings) {
    if (!(given instanceof Value.LongValue l)) {
      throw MySqlError.ER_WRONG_TYPE_FOR_VAR.exception(variable.name());
    }
    boolean negative = l.value() < 0 && !l.unsigned();
    long kept;
    if (negative) {
      kept = variable.minimum() < 0 ? Math.max(l.value(), variable.minimum()) : variable.minimum();
    } else if (Long.compareUnsigned(l.value(), variable.maximum()) > 0) {
      kept = variable.maximum();
    } else if (variable.minimum() > 0 && Long.compareUnsigned(l.value(), variable.minimum()) < 0) {
      kept = variable.minimum();
    } else {
      kept = l.value();
    }
    long block = blockSize(variable.name());
    kept -= Long.remainderUnsigned(kept, block);
    if (kept != l.value()) {
      warnings.warn(MySqlError.ER_TRUNCATED_WRONG_VALUE, variable.name(), text(given));
    }
    return new Value.LongValue(kept, kept >= 0 || !negative);
  }

  private static long blockSize(String name) {
    return switch (name) {
      case "max_allowed_packet", "net_buffer_length" -> 1024;
      default -> 1;
    };
  }

  private static Value numeric(SystemVariable variable, Value given) {
    return switch (given) {
      case Value.LongValue l -> Value.of((double) l.value());
      case Value.DoubleValue d -> d;
      case Value.DecimalValue d -> Value.of(d.value().doubleValue());
      default -> throw MySqlError.ER_WRONG_TYPE_FOR_VAR.exception(variable.name());
    };
  }

  private static Value string(SystemVariable variable, Value given) {
    return switch (given) {
      case Value.StringValue s -> s;
      case Value.NullValue n -> n;
      default -> throw MySqlError.ER_WRONG_TYPE_FOR_VAR.exception(variable.name());
    };
  }

  private static Value enumeration(SystemVariable variable, Value given) {
    if (given instanceof Value.LongValue l
        && l.value() >= 0
        && l.value() < variable.allowed().size()) {
      return SystemVariables.text(variable.allowed().get((int) l.value()));
    }
    if (given instanceof Value.StringValue s) {
      String wanted = s.bytes().toUtf8();
      for (String allowed : variable.allowed()) {
        if (allowed.equalsIgnoreCase(wanted)) {
          return SystemVariables.text(allowed);
        }
      }
    }
    if (given instanceof Value.DoubleValue || given instanceof Value.DecimalValue) {
      throw MySqlError.ER_WRONG_TYPE_FOR_VAR.exception(variable.name());
    }
    throw wrongValue(variable, given);
  }

  private static Value set(SystemVariable variable, Value given, Value current) {
    if (variable.name().equals("sql_mode")) {
      return SystemVariables.text(sqlModeText(sqlMode(given)));
    }
    if (variable.name().equals("optimizer_switch")) {
      return SystemVariables.text(OptimizerSwitch.changed(variable, given, current));
    }
    return string(variable, given);
  }

  /**
   * The bits of a {@code sql_mode} value: a list of names or a number.
   *
   * @throws io.vaquita.error.DatabaseException 1231 for an unknown name
   */
  public static long sqlMode(Value given) {
    if (given instanceof Value.LongValue l) {
      return expand(l.value());
    }
    if (!(given instanceof Value.StringValue s)) {
      throw MySqlError.ER_WRONG_VALUE_FOR_VAR.exception(
          "sql_mode", given.isNull() ? "NULL" : text(given));
    }
    long mode = 0;
    for (String part : s.bytes().toUtf8().split(",")) {
      String name = part.strip().toUpperCase(Locale.ROOT);
      if (name.isEmpty()) {
        continue;
      }
      mode |= flag(name, part.strip());
    }
    return expand(mode);
  }

  private static long flag(String name, String given) {
    for (SqlMode mode : SqlMode.values()) {
      if (mode.name().equals(name)) {
        return mode.mask();
      }
    }
    throw MySqlError.ER_WRONG_VALUE_FOR_VAR.exception("sql_mode", given);
  }

  private static long expand(long mode) {
    long expanded = mode;
    if (SqlMode.ANSI.isSet(mode)) {
      expanded |=
          SqlMode.REAL_AS_FLOAT.mask()
              | SqlMode.PIPES_AS_CONCAT.mask()
              | SqlMode.ANSI_QUOTES.mask()
              | SqlMode.IGNORE_SPACE.mask()
              | SqlMode.ONLY_FULL_GROUP_BY.mask();
    }
    if (SqlMode.TRADITIONAL.isSet(mode)) {
      expanded |=
          SqlMode.STRICT_TRANS_TABLES.mask()
              | SqlMode.STRICT_ALL_TABLES.mask()
              | SqlMode.NO_ZERO_IN_DATE.mask()
              | SqlMode.NO_ZERO_DATE.mask()
              | SqlMode.ERROR_FOR_DIVISION_BY_ZERO.mask()
              | SqlMode.NO_ENGINE_SUBSTITUTION.mask();
    }
    return expanded;
  }

  /** Names of the bits in MySQL's order, separated by commas. */
  public static String sqlModeText(long mode) {
    List<String> names = new ArrayList<>();
    for (SqlMode flag : SqlMode.values()) {
      if (flag.isSet(mode)) {
        names.add(flag.name());
      }
    }
    return String.join(",", names);
  }

  /** Whole seconds of a value, for timeouts kept as numbers. */
  public static long wholeNumber(Value value) {
    return switch (value) {
      case Value.LongValue l -> l.value();
      case Value.DoubleValue d ->
          BigDecimal.valueOf(d.value()).setScale(0, RoundingMode.HALF_UP).longValue();
      case Value.DecimalValue d -> d.value().setScale(0, RoundingMode.HALF_UP).longValue();
      default -> 0;
    };
  }

  private static RuntimeException wrongValue(SystemVariable variable, Value given) {
    return MySqlError.ER_WRONG_VALUE_FOR_VAR.exception(
        variable.name(), given.isNull() ? "NULL" : text(given));
  }
}
