package io.vaquita.planner;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Literals;
import io.vaquita.expression.operator.Between;
import io.vaquita.expression.operator.ComparedConstant;
import io.vaquita.expression.operator.ComparedConstant.Place;
import io.vaquita.expression.operator.Comparison;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.InList;
import io.vaquita.expression.operator.IsNull;
import io.vaquita.expression.operator.Like;
import io.vaquita.expression.operator.LogicalOr;
import io.vaquita.planner.ColumnIntervals.Interval;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.TypeKind.Domain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads conditions as intervals of a table's columns, where the order in which values compare is the order of an index. Confined to
 * one thread.
 */
final class IntervalFinder {
  private static final int INTERVALS_MAX = 10_000;

  private final StatementBinding statement;
  private final TableDefinition table;
  private final int slot;

  IntervalFinder(StatementBinding statement, TableDefinition table, int slot) {
    this.statement = statement;
    this.table = table;
    this.slot = slot;
  }

  List<ColumnIntervals> find(List<Expression> conditions) {
    List<ColumnIntervals> found = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      Found f = find(conditions.get(i));
      if (f != null && f.intervals.size() <= INTERVALS_MAX) {
        found.add(new ColumnIntervals(i, f.column, f.intervals, f.needs(), f.exact));
      }
    }
    return found;
  }

  /** Intervals of one column, being gathered. */
  private final class Found {
    final int column;
    final List<Interval> intervals = new ArrayList<>();
    boolean exact = true;

    Found(int column) {
      this.column = column;
    }

    Found add(Interval interval, boolean isExact) {
      intervals.add(interval);
      exact &= isExact;
      return this;
    }

    BitSet needs() {
      BitSet needs = new BitSet();
      for (Interval i : intervals) {
        if (i.low() != null) {
          SlotSets.collect(i.low(), statement, needs);
        }
        if (i.high() != null && !i.isPoint()) {
          SlotSets.collect(i.high(), statement, needs);
        }
      }
      return needs;
    }
  }

  private @Nullable Found find(Expression condition) {
    return switch (condition) {
      case Comparison c -> comparison(c);
      case Between b -> b.isNegated() ? null : between(b);
      case InList in -> in.isNegated() ? null : anyOf(in.comparisons());
      case LogicalOr or -> anyOf(or.children());
      case IsNull n -> n.isNegated() ? null : isNull(n);
      case Like l -> l.isNegated() ? null : like(l);
      default -> null;
    };
  }

  private @Nullable Found anyOf(List<? extends Expression> alternatives) {
    Found all = null;
    for (Expression alternative : alternatives) {
      Found one = find(alternative);
      if (one == null || all != null && all.column != one.column) {
        return null;
      }
      if (all == null) {
        all = one;
      } else {
        all.intervals.addAll(one.intervals);
        all.exact &= one.exact;
      }
    }
    return all;
  }

  private @Nullable Found comparison(Comparison c) {
    Found found = comparison(c, c.left(), c.right(), c.operator());
    return found != null ? found : comparison(c, c.right(), c.left(), c.operator().mirrored());
  }

  private @Nullable Found comparison(
      Comparison c, Expression side, Expression value, ComparisonOperator operator) {
    ColumnDefinition column = column(side);
    if (column == null || !isUsable(value)) {
      return null;
    }
    boolean isEquality =
        operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.NULL_SAFE_EQUAL;
    if (!fits(column.type(), value, c.domain(), c.collation(), isEquality)) {
      return null;
    }
    // what is no value of the column may compare as something else, which has to be tested
    boolean exact =
        isExact(column.type(), value, c.domain())
            && (operator == ComparisonOperator.EQUAL || !(value instanceof ComparedConstant));
    Expression low = bound(value, Place.LOW);
    Expression high = bound(value, Place.HIGH);
    Expression point = bound(value, Place.NOWHERE);
    Found found = new Found(column.ordinal());
    return switch (operator) {
      case EQUAL -> found.add(Interval.point(point, false), exact);
      case NULL_SAFE_EQUAL -> found.add(Interval.point(point, true), exact);
      case NOT_EQUAL -> null;
      case LESS -> found.add(below(high, value instanceof ComparedConstant), exact);
      case LESS_OR_EQUAL -> found.add(below(high, true), exact);
      case GREATER -> found.add(above(low, value instanceof ComparedConstant), exact);
      case GREATER_OR_EQUAL -> found.add(above(low, true), exact);
    };
  }

  private static Interval below(Expression high, boolean inclusive) {
    return new Interval(null, false, high, inclusive, false, false);
  }

  private static Interval above(Expression low, boolean inclusive) {
    return new Interval(low, inclusive, null, false, false, false);
  }

  private static Expression bound(Expression value, Place place) {
    return value instanceof ComparedConstant c ? c.bound(place) : value;
  }

  private @Nullable Found between(Between b) {
    ColumnDefinition column = column(b.operand());
    if (column == null
        || !isUsable(b.low())
        || !isUsable(b.high())
        || !fits(column.type(), b.low(), b.domain(), b.collation(), false)
        || !fits(column.type(), b.high(), b.domain(), b.collation(), false)) {
      return null;
    }
    boolean exact =
        isExact(column.type(), b.low(), b.domain())
            && isExact(column.type(), b.high(), b.domain())
            && !(b.low() instanceof ComparedConstant)
            && !(b.high() instanceof ComparedConstant);
    Expression low = bound(b.low(), Place.LOW);
    Expression high = bound(b.high(), Place.HIGH);
    return new Found(column.ordinal())
        .add(new Interval(low, true, high, true, false, false), exact);
  }

  private @Nullable Found isNull(IsNull n) {
    ColumnDefinition column = column(n.operand());
    if (column == null) {
      return null;
    }
    return new Found(column.ordinal()).add(Interval.point(Literals.nullLiteral(), true), true);
  }

  private @Nullable Found like(Like l) {
    ColumnDefinition column = column(l.operand());
    if (column == null
        || !l.hasConstantPattern()
        || !isPlainText(column.type())
        || !l.collation().equals(column.type().collation())) {
      return null;
    }
    return new Found(column.ordinal())
        .add(
            new Interval(
                new LikeBound(l, column.type(), false),
                true,
                new LikeBound(l, column.type(), true),
                true,
                false,
                false),
            false);
  }

  private @Nullable ColumnDefinition column(Expression e) {
    if (e instanceof ColumnExpression c) {
      return c.slot() == slot ? table.columns().get(c.column()) : null;
    }
    for (FunctionalPart part : functionalParts()) {
      ColumnDefinition column = table.columns().get(part.column);
      if (keepsValues(column.type(), e.type()) && Same.expression(part.expression, e)) {
        return column;
      }
    }
    return null;
  }

  /** Whether storing a value of the expression in the column changes nothing, so that both compare alike. */
  private static boolean keepsValues(DataType column, DataType expression) {
    return column.kind() == expression.kind()
        && column.unsigned() == expression.unsigned()
        && column.decimals() == expression.decimals()
        && column.length() >= expression.length()
        && column.collation().equals(expression.collation());
  }

  /** The expression of a functional key part over the table's slot, and the column that stores its values. */
  private record FunctionalPart(int column, Expression expression) {}

  private @Nullable List<FunctionalPart> functionalParts;

  private List<FunctionalPart> functionalParts() {
    if (functionalParts == null) {
      functionalParts = new ArrayList<>();
      for (IndexDefinition index : table.indexes()) {
        for (IndexDefinition.Part part : index.parts()) {
          String sql = computedBy(part);
          if (sql != null) {
            functionalParts.add(
                new FunctionalPart(
                    part.column(), TargetExpressions.expression(table, slot, sql, statement)));
          }
        }
      }
    }
    return functionalParts;
  }

  /** An index on a generated column serves its expression too. */
  private @Nullable String computedBy(IndexDefinition.Part part) {
    if (part.expression() != null) {
      return part.expression();
    }
    ColumnDefinition.Generated generated = table.columns().get(part.column()).generated();
    return generated == null ? null : generated.sql();
  }

  /** A bound is evaluated when the access is opened: it must not read the table itself nor change from row to row. */
  private boolean isUsable(Expression value) {
    return Expressions.isDeterministic(value) && !SlotSets.of(value, statement).get(slot);
  }

  /** Whether the comparison's order is the order of an index on the column. */
  private static boolean fits(
      DataType column, Expression value, Domain domain, Collation collation, boolean isEquality) {
    return switch (domain) {
      case INTEGER -> column.domain() == Domain.INTEGER;
      case DECIMAL, DOUBLE ->
          column.domain() == Domain.INTEGER
              || column.domain() == Domain.DECIMAL
              || column.domain() == Domain.DOUBLE;
      case TEMPORAL -> fitsTemporal(column, value);
      case STRING ->
          column.collation().equals(collation)
              && (isPlainText(column)
                  || column.kind() == TypeKind.ENUM && isEquality && isConstantText(value));
      case NULL -> true;
      case JSON -> false;
    };
  }

  private static boolean isConstantText(Expression value) {
    return value.type().domain() == Domain.STRING && Expressions.isStatementConstant(value);
  }

  private static boolean fitsTemporal(DataType column, Expression value) {
    TypeKind kind = column.kind();
    if (!kind.isTemporal()) {
      return false;
    }
    if (value.type().kind().isTemporal()) {
      return kind.hasDate() == value.type().kind().hasDate();
    }
    return value.type().domain() == Domain.STRING && Expressions.isStatementConstant(value);
  }

  private static boolean isPlainText(DataType type) {
    return type.domain() == Domain.STRING
        && type.kind() != TypeKind.ENUM
        && type.kind() != TypeKind.SET;
  }

  private static boolean isExact(DataType column, Expression value, Domain domain) {
    return switch (domain) {
      case INTEGER -> column.kind() != TypeKind.YEAR && column.kind() != TypeKind.BIT;
      case DECIMAL -> column.domain() != Domain.DOUBLE;
      case STRING -> column.kind() != TypeKind.ENUM && value.type().domain() == Domain.STRING;
      case TEMPORAL ->
          column.kind() != TypeKind.TIMESTAMP
              && value.type().kind().isTemporal()
              && value.type().kind() != TypeKind.TIMESTAMP
              && column.kind().hasDate() == value.type().kind().hasDate();
      case NULL -> true;
      case DOUBLE, JSON -> false;
    };
  }
}
