package io.vaquita.expression.function;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.Operators;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes calls of built-in functions: the binder's door to this package. Stateless. */
public final class Functions {
  private Functions() {}

  /** Whether {@code name} (any case) is a built-in function; aggregates and window functions are not counted. */
  public static boolean isBuiltIn(String name) {
    return Registry.contains(name);
  }

  /**
   * A call of the built-in function {@code name} as typed. Unknown: 1305; wrong count: 1582. Forms with keywords (EXTRACT, TRIM,
   * TIMESTAMPADD, DATE_ADD with INTERVAL, GET_FORMAT, …) have factories of their own below.
   */
  public static Expression call(String name, List<Expression> arguments, BindSettings settings) {
    return Registry.bind(name, arguments, settings);
  }

  /** DATE_ADD, DATE_SUB, ADDDATE, SUBDATE and {@code d + INTERVAL n unit}; {@code unit} upper case, such as DAY_HOUR. */
  public static Expression dateAdd(
      Expression date, Expression amount, String unit, boolean subtract, BindSettings settings) {
    return TemporalArithmetic.dateAdd(
        date, amount, TemporalFunctions.unit(unit), subtract, settings);
  }

  public static Expression extract(String unit, Expression date, BindSettings settings) {
    return TemporalPartFunctions.extract(unit, date);
  }

  public static Expression timestampAdd(
      String unit, Expression amount, Expression date, BindSettings settings) {
    return TemporalArithmetic.dateAdd(date, amount, TemporalFunctions.unit(unit), false, settings);
  }

  public static Expression timestampDiff(
      String unit, Expression from, Expression to, BindSettings settings) {
    return TemporalArithmetic.timestampDiff(TemporalFunctions.unit(unit), from, to);
  }

  /** GET_FORMAT; {@code kind}: DATE, TIME, DATETIME or TIMESTAMP. */
  public static Expression getFormat(String kind, Expression format, BindSettings settings) {
    return TemporalFormatFunctions.getFormat(kind, format, settings);
  }

  /** TRIM; {@code side}: BOTH, LEADING or TRAILING; {@code remove} null: a space. */
  public static Expression trim(
      String side, @Nullable Expression remove, Expression text, BindSettings settings) {
    return StringFunctions.trim(side, remove, text, settings);
  }

  /** WEIGHT_STRING(e AS CHAR(n)) and AS BINARY(n); {@code length} 0: not given. */
  public static Expression weightString(
      Expression text, boolean binary, int length, BindSettings settings) {
    return StringFormatFunctions.weightString(text, binary, length);
  }

  /** CHAR(n, … USING characterSet). */
  public static Expression charUsing(
      List<Expression> codes, @Nullable String characterSet, BindSettings settings) {
    return StringFormatFunctions.charUsing(codes, characterSet);
  }

  /** REGEXP and RLIKE. */
  public static Expression regexp(
      Expression text, Expression pattern, boolean negated, BindSettings settings) {
    return RegexpFunctions.regexp(text, pattern, negated, settings);
  }

  /** {@code a SOUNDS LIKE b}. */
  public static Expression soundsLike(Expression a, Expression b, BindSettings settings) {
    return Operators.compare(
        ComparisonOperator.EQUAL,
        call("soundex", List.of(a), settings),
        call("soundex", List.of(b), settings),
        settings);
  }

  /** {@code column->path} and, with {@code unquoted}, {@code column->>path}. */
  public static Expression jsonArrow(
      Expression document, Expression path, boolean unquoted, BindSettings settings) {
    Expression extracted = JsonFunctions.extract(List.of(document, path));
    return unquoted ? JsonFunctions.unquote(List.of(extracted)) : extracted;
  }

  public static Expression memberOf(Expression value, Expression array, BindSettings settings) {
    return JsonFunctions.memberOf(value, array);
  }
}
