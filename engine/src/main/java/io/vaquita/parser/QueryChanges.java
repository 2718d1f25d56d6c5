package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.Into;
import io.vaquita.parser.syntax.QuerySyntax.Limit;
import io.vaquita.parser.syntax.QuerySyntax.Locking;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.QuerySyntax.Select;
import io.vaquita.parser.syntax.QuerySyntax.SetOperation;
import io.vaquita.parser.syntax.QuerySyntax.Star;
import io.vaquita.parser.syntax.QuerySyntax.Table;
import io.vaquita.parser.syntax.QuerySyntax.Values;
import io.vaquita.parser.syntax.QuerySyntax.With;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.parser.syntax.TableReference.DerivedTable;
import io.vaquita.parser.syntax.TableReference.NamedTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies of queries with clauses added that stand outside of them in the text. Stateless. */
public final class QueryChanges {
  private QueryChanges() {}

  static QuerySyntax with(QuerySyntax query, With with) {
    if (!query.with().tables().isEmpty()) {
      return with(wrapped(query), with);
    }
    return switch (query) {
      case Select s ->
          new Select(
              with,
              s.options(),
              s.hints(),
              s.elements(),
              s.from(),
              s.where(),
              s.groupBy(),
              s.rollup(),
              s.having(),
              s.windows(),
              s.orderBy(),
              s.limit(),
              s.locking(),
              s.into());
      case Values v -> new Values(with, v.rows(), v.orderBy(), v.limit());
      case Table t -> new Table(with, t.table(), t.orderBy(), t.limit());
      case SetOperation o ->
          new SetOperation(
              with, o.operator(), o.all(), o.left(), o.right(), o.orderBy(), o.limit());
    };
  }

  /** The same with a LIMIT, for a query without one. */
  public static QuerySyntax limited(QuerySyntax query, long rows) {
    Limit limit = new Limit(LiteralParser.integer(Long.toUnsignedString(rows)), null);
    return withTail(query, List.of(), limit);
  }

  /** ORDER BY and LIMIT of a query that may have its own, in parentheses: then it becomes a derived table. */
  static QuerySyntax withTail(QuerySyntax query, List<OrderItem> orderBy, @Nullable Limit limit) {
    if (!query.orderBy().isEmpty() && !orderBy.isEmpty()
        || query.limit() != null
        || query instanceof Select select && !select.locking().isEmpty()) {
      return withTail(wrapped(query), orderBy, limit);
    }
    List<OrderItem> order = orderBy.isEmpty() ? query.orderBy() : orderBy;
    return switch (query) {
      case Select s ->
          new Select(
              s.with(),
              s.options(),
              s.hints(),
              s.elements(),
              s.from(),
              s.where(),
              s.groupBy(),
              s.rollup(),
              s.having(),
              s.windows(),
              order,
              limit,
              s.locking(),
              s.into());
      case Values v -> new Values(v.with(), v.rows(), order, limit);
      case Table t -> new Table(t.with(), t.table(), order, limit);
      case SetOperation o ->
          new SetOperation(o.with(), o.operator(), o.all(), o.left(), o.right(), order, limit);
    };
  }

  /** Locking clauses and INTO go to the last query block. */
  static QuerySyntax withLocking(QuerySyntax query, List<Locking> locking, @Nullable Into into) {
    return switch (query) {
      case Select s -> {
        if (into != null && s.into() != null) {
          throw MySqlError.ER_MULTIPLE_INTO_CLAUSES.exception();
        }
        yield new Select(
            s.with(),
            s.options(),
            s.hints(),
            s.elements(),
            s.from(),
            s.where(),
            s.groupBy(),
            s.rollup(),
            s.having(),
            s.windows(),
            s.orderBy(),
            s.limit(),
            locking.isEmpty() ? s.locking() : locking,
            into == null ? s.into() : into);
      }
      case SetOperation o ->
          new SetOperation(
              o.with(),
              o.operator(),
              o.all(),
              o.left(),
              withLocking(o.right(), locking, into),
              o.orderBy(),
              o.limit());
      case Table t ->
          withLocking(
              select(
                  t.with(),
                  new NamedTable(t.table(), null, List.of(), List.of()),
                  t.orderBy(),
                  t.limit()),
              locking,
              into);
      case Values v -> withLocking(wrapped(v), locking, into);
    };
  }

  private static Select wrapped(QuerySyntax query) {
    return select(With.NONE, new DerivedTable(false, query, "derived", List.of()), List.of(), null);
  }

  private static Select select(
      With with, TableReference from, List<OrderItem> orderBy, @Nullable Limit limit) {
    return new Select(
        with,
        List.of(),
        null,
        List.of(new Star(null, null)),
        from,
        null,
        List.of(),
        false,
        null,
        List.of(),
        orderBy,
        limit,
        List.of(),
        null);
  }
}
