package io.vaquita.expression.aggregate;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.value.DataType;
import java.util.List;

/** Result types of aggregates and window functions, as MySQL derives them. Stateless. */
@SuppressWarnings("DoNotCallSuggester")
public final class AggregateTypes {
  private AggregateTypes() {}

  /** {@code function} upper case; {@code arguments} empty for COUNT(*). Also ROW_NUMBER, LAG and the other window functions. */
  public static DataType resultType(
      String function, List<Expression> arguments, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** Whether the result may be NULL: all but COUNT, BIT_…, and the numbering window functions. */
  public static boolean isNullable(String function) {
    throw new UnsupportedOperationException();
  }

  public static boolean isAggregate(String function) {
    throw new UnsupportedOperationException();
  }

  public static boolean isWindowOnly(String function) {
    throw new UnsupportedOperationException();
  }
}
