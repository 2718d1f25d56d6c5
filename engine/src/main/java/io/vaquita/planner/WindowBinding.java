package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.aggregate.AggregateTypes;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax.NamedWindow;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.WindowSyntax;
import io.vaquita.parser.syntax.WindowSyntax.BoundKind;
import io.vaquita.planner.SelectBlock.WindowFunction;
import io.vaquita.planner.SelectBlock.WindowStep;
import io.vaquita.planner.physical.PhysicalNode.AggregateCall;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.planner.physical.WindowFrame;
import io.vaquita.value.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The windows of one block while it is bound; functions over equal windows share a slot. Confined to one thread. */
final class WindowBinding {
  private static final WindowFrame.Bound FIRST = bound(BoundKind.UNBOUNDED_PRECEDING);
  private static final WindowFrame.Bound CURRENT = bound(BoundKind.CURRENT_ROW);
  private static final WindowFrame.Bound LAST = bound(BoundKind.UNBOUNDED_FOLLOWING);

  /** Functions over the whole partition, whatever the frame says. */
  private static final Set<String> WITHOUT_FRAME =
      Set.of(
          "ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE", "LAG", "LEAD");

  private final BlockBinding block;
  private final List<NamedWindow> named;
  private final List<Step> steps = new ArrayList<>();

  WindowBinding(BlockBinding block, List<NamedWindow> named) {
    this.block = block;
    this.named = named;
    for (int i = 0; i < named.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (named.get(i).name().equalsIgnoreCase(named.get(j).name())) {
          throw MySqlError.ER_WINDOW_DUPLICATE_NAME.exception(named.get(i).name());
        }
      }
    }
  }

  private record Step(
      int slot,
      List<Expression> partitionBy,
      List<SortKey> orderBy,
      List<WindowFunction> functions) {}

  private static WindowFrame.Bound bound(BoundKind kind) {
    return new WindowFrame.Bound(kind.name(), null, null);
  }

  Expression add(AggregateCall call, WindowSyntax over, ExpressionBinder expressions) {
    WindowSyntax window = inherit(over, "<unnamed window>");
    List<Expression> partitionBy = new ArrayList<>();
    for (ExpressionSyntax p : window.partitionBy()) {
      partitionBy.add(expressions.bindValue(p));
    }
    List<SortKey> orderBy = new ArrayList<>();
    for (OrderItem o : window.orderBy()) {
      orderBy.add(new SortKey(expressions.bindValue(o.expression()), o.descending()));
    }
    String reference = over.reference();
    String name = reference != null && over.isBareReference() ? reference : "<unnamed window>";
    WindowFrame frame = frame(call, window, name, orderBy, expressions);
    Step step = step(partitionBy, orderBy);
    step.functions.add(new WindowFunction(call, frame));
    return ColumnExpression.of(
        step.slot,
        step.functions.size() - 1,
        call.type(),
        AggregateTypes.isNullable(call.function()),
        GroupingBinding.describe(call) + " over (…)");
  }

  private Step step(List<Expression> partitionBy, List<SortKey> orderBy) {
    for (Step s : steps) {
      if (Same.expressions(s.partitionBy, partitionBy) && sameKeys(s.orderBy, orderBy)) {
        return s;
      }
    }
    Step added =
        new Step(
            block.statement.newSlot(block.number, "<window>"),
            List.copyOf(partitionBy),
            List.copyOf(orderBy),
            new ArrayList<>());
    steps.add(added);
    return added;
  }

  static boolean sameKeys(List<SortKey> a, List<SortKey> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i).descending() != b.get(i).descending()
          || !Same.expression(a.get(i).expression(), b.get(i).expression())) {
        return false;
      }
    }
    return true;
  }

  /** Takes over what a named window gives. */
  private WindowSyntax inherit(WindowSyntax window, String name) {
    String reference = window.reference();
    if (reference == null) {
      return window;
    }
    WindowSyntax base = inherit(find(reference), reference);
    if (window.isBareReference()) {
      return base;
    }
    if (!window.partitionBy().isEmpty()) {
      throw MySqlError.ER_WINDOW_NO_CHILD_PARTITIONING.exception();
    }
    if (base.frame() != null) {
      throw MySqlError.ER_WINDOW_NO_INHERIT_FRAME.exception(reference);
    }
    if (!base.orderBy().isEmpty() && !window.orderBy().isEmpty()) {
      throw MySqlError.ER_WINDOW_NO_REDEFINE_ORDER_BY.exception(name, reference);
    }
    return new WindowSyntax(
        null,
        false,
        base.partitionBy(),
        window.orderBy().isEmpty() ? base.orderBy() : window.orderBy(),
        window.frame());
  }

  private WindowSyntax find(String name) {
    for (NamedWindow w : named) {
      if (w.name().equalsIgnoreCase(name)) {
        return w.window();
      }
    }
    throw MySqlError.ER_WINDOW_NO_SUCH_WINDOW.exception(name);
  }

  private static WindowFrame frame(
      AggregateCall call,
      WindowSyntax window,
      String name,
      List<SortKey> orderBy,
      ExpressionBinder expressions) {
    WindowSyntax.Frame frame = window.frame();
    boolean isFrameless = WITHOUT_FRAME.contains(call.function());
    if (frame == null) {
      return isFrameless
          ? new WindowFrame(true, FIRST, LAST)
          : new WindowFrame(false, FIRST, orderBy.isEmpty() ? LAST : CURRENT);
    }
    boolean rows = frame.unit().equals("ROWS");
    if (!rows) {
      checkRange(frame, name, orderBy);
    }
    checkOrder(frame, name);
    WindowFrame.Bound start = bound(frame.start(), expressions);
    WindowFrame.Bound end = bound(frame.end(), expressions);
    if (rows && !(isCount(start) && isCount(end))) {
      throw MySqlError.ER_WINDOW_FRAME_ILLEGAL.exception(name);
    }
    // checked, and then of no consequence for such as RANK
    return isFrameless ? new WindowFrame(true, FIRST, LAST) : new WindowFrame(rows, start, end);
  }

  private static boolean isCount(WindowFrame.Bound bound) {
    Expression offset = bound.offset();
    return offset == null
        || bound.intervalUnit() == null && offset.type().domain() == TypeKind.Domain.INTEGER;
  }

  private static void checkRange(WindowSyntax.Frame frame, String name, List<SortKey> orderBy) {
    for (WindowSyntax.Bound bound : List.of(frame.start(), frame.end())) {
      if (bound.offset() == null) {
        continue;
      }
      if (!isRangeOrder(orderBy)) {
        throw MySqlError.ER_WINDOW_RANGE_FRAME_ORDER_TYPE.exception(name);
      }
      boolean isTemporal = orderBy.getFirst().expression().type().kind().isTemporal();
      if (isTemporal != (bound.offset() instanceof ExpressionSyntax.Interval)) {
        throw isTemporal
            ? MySqlError.ER_WINDOW_RANGE_FRAME_TEMPORAL_TYPE.exception(name)
            : MySqlError.ER_WINDOW_RANGE_FRAME_NUMERIC_TYPE.exception(name);
      }
    }
  }

  private static void checkOrder(WindowSyntax.Frame frame, String name) {
    if (frame.start().kind() == BoundKind.UNBOUNDED_FOLLOWING) {
      throw MySqlError.ER_WINDOW_FRAME_START_ILLEGAL.exception(name);
    }
    if (frame.end().kind() == BoundKind.UNBOUNDED_PRECEDING) {
      throw MySqlError.ER_WINDOW_FRAME_END_ILLEGAL.exception(name);
    }
    if (frame.start().kind().compareTo(frame.end().kind()) > 0) {
      throw MySqlError.ER_WINDOW_FRAME_ILLEGAL.exception(name);
    }
  }

  private static boolean isRangeOrder(List<SortKey> orderBy) {
    if (orderBy.size() != 1) {
      return false;
    }
    TypeKind.Domain domain = orderBy.getFirst().expression().type().domain();
    return domain != TypeKind.Domain.STRING && domain != TypeKind.Domain.JSON;
  }

  private static WindowFrame.Bound bound(WindowSyntax.Bound b, ExpressionBinder expressions) {
    ExpressionSyntax offset = b.offset();
    if (offset instanceof ExpressionSyntax.Interval(var amount, String unit)) {
      return new WindowFrame.Bound(b.kind().name(), expressions.bindValue(amount), unit);
    }
    @Nullable Expression value = offset == null ? null : expressions.bindValue(offset);
    return new WindowFrame.Bound(b.kind().name(), value, null);
  }

  /** Whether the expression reads the result of a window function. */
  boolean isRead(Expression e) {
    for (Step s : steps) {
      if (io.vaquita.expression.Expressions.references(e, s.slot)) {
        return true;
      }
    }
    return false;
  }

  List<WindowStep> steps() {
    List<WindowStep> all = new ArrayList<>(steps.size());
    for (Step s : steps) {
      all.add(new WindowStep(s.slot, s.partitionBy, s.orderBy, List.copyOf(s.functions)));
    }
    return all;
  }
}
