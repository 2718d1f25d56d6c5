package io.vaquita.expression.aggregate;

import io.vaquita.expression.Expression;
import io.vaquita.expression.OrderKey;
import io.vaquita.value.DataType;
import java.util.List;

/** Makes accumulators. Stateless. */
@SuppressWarnings("DoNotCallSuggester")
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
    throw new UnsupportedOperationException();
  }
}
