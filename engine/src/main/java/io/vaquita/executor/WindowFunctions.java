package io.vaquita.executor;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.DataType;
import java.util.List;

/** Makes window functions, and those that only count rows. Stateless. */
final class WindowFunctions {
  private WindowFunctions() {}

  static WindowFunction build(PhysicalNode.Window node, PhysicalNode.WindowCall call, int column) {
    PhysicalNode.AggregateCall c = call.call();
    DataType type = c.type();
    List<Expression> arguments = c.arguments();
    return switch (c.function()) {
      case "ROW_NUMBER" ->
          p -> {
            for (int i = 0; i < p.size(); i++) {
              p.result(i).setLong(column, i + 1L);
            }
          };
      case "RANK" ->
          p -> {
            for (int i = 0; i < p.size(); i++) {
              p.result(i).setLong(column, p.groupStart(p.group(i)) + 1L);
            }
          };
      case "DENSE_RANK" ->
          p -> {
            for (int i = 0; i < p.size(); i++) {
              p.result(i).setLong(column, p.group(i) + 1L);
            }
          };
      case "PERCENT_RANK" ->
          p -> {
            for (int i = 0; i < p.size(); i++) {
              double rank = p.groupStart(p.group(i));
              p.result(i).setDouble(column, p.size() == 1 ? 0 : rank / (p.size() - 1));
            }
          };
      case "CUME_DIST" ->
          p -> {
            for (int i = 0; i < p.size(); i++) {
              p.result(i).setDouble(column, (double) p.groupEnd(p.group(i)) / p.size());
            }
          };
      case "NTILE" -> p -> ntile(p, arguments.getFirst(), column);
      case "LAG" -> new LagLead(arguments, type, column, -1);
      case "LEAD" -> new LagLead(arguments, type, column, 1);
      case "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE" ->
          new FrameValue(c, new FrameBounds(node, call.frame()), column);
      default -> new FrameAggregate(c, new FrameBounds(node, call.frame()), column);
    };
  }

  private static void ntile(WindowPartition p, Expression argument, int column) {
    p.restore(0);
    long buckets = argument.evaluateLong(p.frame);
    if (p.frame.isNull) {
      return;
    }
    if (buckets <= 0) {
      throw MySqlError.ER_WRONG_ARGUMENTS.exception("ntile");
    }
    long small = p.size() / buckets;
    long large = p.size() % buckets;
    long inLarge = large * (small + 1);
    for (int i = 0; i < p.size(); i++) {
      long bucket = i < inLarge ? i / (small + 1) : large + (i - inLarge) / Math.max(1, small);
      p.result(i).setLong(column, bucket + 1);
    }
  }

  /** LAG and LEAD: the argument at a row so many rows away, or the default evaluated at the row itself. */
  private record LagLead(List<Expression> arguments, DataType type, int column, int direction)
      implements WindowFunction {
    @Override
    public void compute(WindowPartition p) {
      Frame frame = p.frame;
      for (int i = 0; i < p.size(); i++) {
        p.restore(i);
        long offset = arguments.size() > 1 ? arguments.get(1).evaluateLong(frame) : 1;
        long target = i + direction * offset;
        if (target >= 0 && target < p.size()) {
          p.restore((int) target);
          RowMaker.set(p.result(i), column, type, arguments.getFirst(), frame);
        } else if (arguments.size() > 2) {
          RowMaker.set(p.result(i), column, type, arguments.get(2), frame);
        }
      }
    }
  }

  /** FIRST_VALUE, LAST_VALUE and NTH_VALUE: the argument at a row of the frame. */
  private record FrameValue(PhysicalNode.AggregateCall call, FrameBounds bounds, int column)
      implements WindowFunction {
    @Override
    public void compute(WindowPartition p) {
      bounds.begin(p);
      p.restore(0);
      long nth =
          call.function().equals("NTH_VALUE") ? call.arguments().get(1).evaluateLong(p.frame) : 1;
      for (int i = 0; i < p.size(); i++) {
        bounds.move(i);
        long target =
            call.function().equals("LAST_VALUE") ? bounds.end - 1L : bounds.start + nth - 1;
        if (target >= bounds.start && target < bounds.end) {
          p.restore((int) target);
          RowMaker.set(p.result(i), column, call.type(), call.arguments().getFirst(), p.frame);
        }
      }
    }
  }
}
