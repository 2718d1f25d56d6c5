package io.vaquita.expression.aggregate;

import io.vaquita.expression.Expression;
import io.vaquita.expression.NumericTypes;
import io.vaquita.expression.NumericTypes.Context;
import io.vaquita.expression.OrderKey;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind.Domain;
import java.util.List;

/** Makes accumulators. Stateless. */
public final class Accumulators {
  private Accumulators() {}

  /**
   * @param function upper case
   * @param arguments empty for COUNT(*)
   * @param orderBy of GROUP_CONCAT
   * @param separator of GROUP_CONCAT
   * @param type the aggregate's type from {@link AggregateTypes}
   */
  public static Accumulator create(
      String function,
      boolean distinct,
      List<Expression> arguments,
      List<OrderKey> orderBy,
      String separator,
      DataType type) {
    if (function.equals("GROUP_CONCAT")) {
      return new GroupConcat(arguments, distinct, orderBy, separator, type);
    }
    Accumulator plain = plain(function, arguments, type);
    boolean once = distinct && !function.equals("MIN") && !function.equals("MAX");
    return once ? new DistinctAccumulator(plain, arguments) : plain;
  }

  private static Accumulator plain(String function, List<Expression> arguments, DataType type) {
    if (function.equals("COUNT")) {
      return arguments.isEmpty() ? new Counts.OfRows() : new Counts.OfValues(arguments);
    }
    Expression first = arguments.getFirst();
    if (function.equals("ANY_VALUE")) {
      return new FirstValue(first);
    }
    boolean isDouble = NumericTypes.context(first) == Context.DOUBLE;
    return switch (function) {
      case "SUM" ->
          isDouble
              ? new Sums.OfDoubles(first)
              : first.type().domain() == Domain.INTEGER
                  ? new Sums.OfLongs(first)
                  : new Sums.OfDecimals(first, type);
      case "AVG" ->
          isDouble
              ? new Averages.OfDoubles(first)
              : first.type().domain() == Domain.INTEGER
                  ? new Averages.OfDecimals(new Sums.OfLongs(first), 0, type)
                  : new Averages.OfDecimals(
                      new Sums.OfDecimals(first, type), NumericTypes.scale(first), type);
      case "MIN" -> Extremes.of(first, type, false);
      case "MAX" -> Extremes.of(first, type, true);
      case "BIT_AND", "BIT_OR", "BIT_XOR" ->
          type.domain() == Domain.INTEGER
              ? new Bits.OfLongs(function, first)
              : new Bits.OfBytes(function, first, type);
      case "STD", "STDDEV", "STDDEV_POP" -> new Variance(first, false, true);
      case "STDDEV_SAMP" -> new Variance(first, true, true);
      case "VARIANCE", "VAR_POP" -> new Variance(first, false, false);
      case "VAR_SAMP" -> new Variance(first, true, false);
      case "JSON_ARRAYAGG" -> new JsonAggregates.OfArray(first);
      case "JSON_OBJECTAGG" -> new JsonAggregates.OfObject(first, arguments.get(1));
      default -> throw new IllegalArgumentException(function);
    };
  }
}
