package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Literals;
import io.vaquita.expression.LongExpression;
import io.vaquita.planner.BoundQuery.LimitClause;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many rows LIMIT takes of a sorted input, its offset included. Immutable. */
final class RowsWanted extends LongExpression {
  /** What a parameter is taken for. */
  private static final double GUESS = 20;

  private final Expression count;
  private final Expression offset;

  private RowsWanted(Expression count, Expression offset) {
    super(DataType.UNSIGNED_BIGINT, false);
    this.count = count;
    this.offset = offset;
  }

  static @Nullable Expression expression(@Nullable LimitClause limit) {
    if (limit == null) {
      return null;
    }
    Expression offset = limit.offset();
    if (offset == null) {
      return limit.count();
    }
    double count = QueryPlanner.literal(limit.count());
    double skipped = QueryPlanner.literal(offset);
    if (count >= 0 && skipped >= 0 && count + skipped < Long.MAX_VALUE) {
      return Literals.of(Value.of((long) (count + skipped)));
    }
    return new RowsWanted(limit.count(), offset);
  }

  /** An estimate; negative without a limit. */
  static double guess(@Nullable LimitClause limit) {
    if (limit == null) {
      return -1;
    }
    double count = QueryPlanner.literal(limit.count());
    double offset = limit.offset() == null ? 0 : QueryPlanner.literal(limit.offset());
    return (count < 0 ? GUESS : count) + (offset < 0 ? GUESS : offset);
  }

  /** The sum, or the greatest number where it would overflow. */
  @Override
  public long evaluateLong(Frame frame) {
    long a = count.evaluateLong(frame);
    long b = offset.evaluateLong(frame);
    frame.isNull = false;
    long sum = a + b;
    return Long.compareUnsigned(sum, a) < 0 ? -1L : sum;
  }

  @Override
  public List<Expression> children() {
    return List.of(count, offset);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new RowsWanted(children.get(0), children.get(1));
  }

  @Override
  public String describe() {
    return "(" + count.describe() + " + " + offset.describe() + ")";
  }
}
