package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.Aggregate;
import io.vaquita.parser.syntax.ExpressionSyntax.Between;
import io.vaquita.parser.syntax.ExpressionSyntax.Binary;
import io.vaquita.parser.syntax.ExpressionSyntax.Case;
import io.vaquita.parser.syntax.ExpressionSyntax.Cast;
import io.vaquita.parser.syntax.ExpressionSyntax.Collate;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.ExpressionSyntax.ConvertUsing;
import io.vaquita.parser.syntax.ExpressionSyntax.Default;
import io.vaquita.parser.syntax.ExpressionSyntax.Exists;
import io.vaquita.parser.syntax.ExpressionSyntax.FunctionCall;
import io.vaquita.parser.syntax.ExpressionSyntax.InList;
import io.vaquita.parser.syntax.ExpressionSyntax.InSubquery;
import io.vaquita.parser.syntax.ExpressionSyntax.Interval;
import io.vaquita.parser.syntax.ExpressionSyntax.Is;
import io.vaquita.parser.syntax.ExpressionSyntax.Like;
import io.vaquita.parser.syntax.ExpressionSyntax.Match;
import io.vaquita.parser.syntax.ExpressionSyntax.Quantified;
import io.vaquita.parser.syntax.ExpressionSyntax.Regexp;
import io.vaquita.parser.syntax.ExpressionSyntax.RowConstructor;
import io.vaquita.parser.syntax.ExpressionSyntax.ScalarSubquery;
import io.vaquita.parser.syntax.ExpressionSyntax.Unary;
import io.vaquita.parser.syntax.ExpressionSyntax.UserVariableAssignment;
import io.vaquita.parser.syntax.ExpressionSyntax.When;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.WindowSyntax;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Copies expressions with their columns and subqueries replaced. Immutable. */
record TreeMapper(UnaryOperator<ColumnReference> columns, UnaryOperator<QuerySyntax> queries) {

  @Nullable ExpressionSyntax orNull(@Nullable ExpressionSyntax expression) {
    return expression == null ? null : map(expression);
  }

  List<ExpressionSyntax> all(List<ExpressionSyntax> list) {
    return list.stream().map(this::map).toList();
  }

  List<OrderItem> order(List<OrderItem> items) {
    return items.stream().map(i -> new OrderItem(map(i.expression()), i.descending())).toList();
  }

  ExpressionSyntax map(ExpressionSyntax expression) {
    return switch (expression) {
      case ColumnReference c -> columns.apply(c);
      case Unary u -> new Unary(u.operator(), map(u.operand()));
      case Binary b -> new Binary(b.operator(), map(b.left()), map(b.right()));
      case Like l -> new Like(map(l.operand()), map(l.pattern()), orNull(l.escape()), l.negated());
      case Regexp r -> new Regexp(map(r.operand()), map(r.pattern()), r.negated());
      case Between b -> new Between(map(b.operand()), map(b.low()), map(b.high()), b.negated());
      case InList i -> new InList(map(i.operand()), all(i.list()), i.negated());
      case InSubquery i -> new InSubquery(map(i.operand()), queries.apply(i.query()), i.negated());
      case Is i -> new Is(map(i.operand()), i.test(), i.negated());
      case Exists e -> new Exists(queries.apply(e.query()));
      case ScalarSubquery s -> new ScalarSubquery(queries.apply(s.query()));
      case Quantified q ->
          new Quantified(map(q.operand()), q.operator(), q.all(), queries.apply(q.query()));
      case RowConstructor r -> new RowConstructor(all(r.elements()));
      case Case c ->
          new Case(
              orNull(c.operand()),
              c.whens().stream().map(w -> new When(map(w.condition()), map(w.result()))).toList(),
              orNull(c.otherwise()));
      case Cast c -> new Cast(map(c.operand()), c.type(), c.array(), c.atTimeZone());
      case ConvertUsing c -> new ConvertUsing(map(c.operand()), c.characterSet());
      case Collate c -> new Collate(map(c.operand()), c.collation());
      case Interval i -> new Interval(map(i.amount()), i.unit());
      case FunctionCall f -> new FunctionCall(f.schema(), f.name(), all(f.arguments()));
      case Aggregate a -> aggregate(a);
      case UserVariableAssignment u -> new UserVariableAssignment(u.name(), map(u.value()));
      case Default d -> d.column() == null ? d : new Default(columns.apply(d.column()));
      case Match m ->
          new Match(m.columns().stream().map(columns).toList(), map(m.pattern()), m.mode());
      default -> expression;
    };
  }

  private Aggregate aggregate(Aggregate a) {
    return new Aggregate(
        a.name(),
        a.distinct(),
        all(a.arguments()),
        order(a.orderBy()),
        a.separator(),
        a.ignoreNulls(),
        a.over() == null ? null : window(a.over()));
  }

  WindowSyntax window(WindowSyntax w) {
    return new WindowSyntax(
        w.reference(), w.isBareReference(), all(w.partitionBy()), order(w.orderBy()), w.frame());
  }
}
