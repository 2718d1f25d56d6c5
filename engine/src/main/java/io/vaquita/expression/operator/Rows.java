package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.RowExpression;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.TypeKind;
import io.vaquita.value.TypeKind.Domain;
import java.util.ArrayList;
import java.util.List;

/** Binds comparisons whose operands may be values, rows or subqueries. Stateless. */
final class Rows {
  private Rows() {}

  static Expression compare(
      ComparisonOperator operator, Expression left, Expression right, BindSettings settings) {
    if (left instanceof RowSubqueryOperand s) {
      return compare(operator.mirrored(), right, left, settings, s);
    }
    if (right instanceof RowSubqueryOperand s) {
      return compare(operator, left, right, settings, s);
    }
    return condition(operator, left, right, operator.symbol(), settings);
  }

  private static Expression compare(
      ComparisonOperator operator,
      Expression left,
      Expression right,
      BindSettings settings,
      RowSubqueryOperand subquery) {
    if (left instanceof RowSubqueryOperand) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("comparison of two row subqueries");
    }
    requireColumns(left, subquery.outputs().size());
    if (!(right instanceof RowSubqueryOperand)) {
      throw MySqlError.ER_OPERAND_COLUMNS.exception(1);
    }
    return new RowSubquery(
        subquery.index(),
        condition(
            operator, left, new RowExpression(subquery.outputs()), operator.symbol(), settings));
  }

  private static int columns(Expression e) {
    return switch (e) {
      case RowExpression r -> r.children().size();
      case RowSubqueryOperand s -> s.outputs().size();
      default -> 1;
    };
  }

  private static void requireColumns(Expression e, int count) {
    if (columns(e) != count) {
      throw MySqlError.ER_OPERAND_COLUMNS.exception(columns(e) == 1 ? 1 : count);
    }
  }

  /** A comparison of two values or of two rows. */
  static Condition condition(
      ComparisonOperator operator,
      Expression left,
      Expression right,
      String operation,
      BindSettings settings) {
    if (columns(left) != columns(right)) {
      throw MySqlError.ER_OPERAND_COLUMNS.exception(columns(left));
    }
    if (!(left instanceof RowExpression l) || !(right instanceof RowExpression r)) {
      if (operator == ComparisonOperator.NULL_SAFE_EQUAL) {
        return new NullSafeEqual(
            ComparisonDomain.compare(ComparisonOperator.EQUAL, left, right, operation, settings));
      }
      return ComparisonDomain.compare(operator, left, right, operation, settings);
    }
    List<Condition> elements = new ArrayList<>();
    ComparisonOperator each =
        operator == ComparisonOperator.NULL_SAFE_EQUAL ? operator : ComparisonOperator.EQUAL;
    for (int i = 0; i < l.children().size(); i++) {
      elements.add(condition(each, l.children().get(i), r.children().get(i), operation, settings));
    }
    return new RowComparison(operator, elements);
  }

  static Expression between(
      Expression operand, Expression low, Expression high, boolean negated, BindSettings settings) {
    List<Expression> operands = List.of(operand, low, high);
    operands.forEach(Casts::requireValue);
    Domain domain = ComparisonDomain.of(operands);
    TypeKind kind = ComparisonDomain.temporalKind(operands);
    boolean isColumn = operand instanceof io.vaquita.expression.ColumnExpression;
    if (isColumn && domain != Domain.JSON && domain != Domain.STRING) {
      // A column's own type counts where each bound alone would compare in it.
      Domain withLow = ComparisonDomain.of(operand, low);
      Domain withHigh = ComparisonDomain.of(operand, high);
      if (withLow == withHigh && operand.type().domain() == withLow) {
        domain = withLow;
      }
    } else if (isColumn && operand.type().kind() == TypeKind.TIME) {
      domain = Domain.TEMPORAL;
      kind = TypeKind.TIME;
    }
    if (domain == Domain.JSON) {
      Expression inside =
          new LogicalAnd(
              List.of(
                  condition(ComparisonOperator.GREATER_OR_EQUAL, operand, low, "between", settings),
                  condition(ComparisonOperator.LESS_OR_EQUAL, operand, high, "between", settings)));
      return negated ? LogicalNot.of(inside) : inside;
    }
    if (domain == Domain.INTEGER && ComparisonDomain.mixesSigns(operands)) {
      domain = Domain.DECIMAL;
    }
    Collation collation =
        domain == Domain.STRING
            ? CollationMix.of(operands, "between", settings).collation()
            : Collations.BINARY;
    List<Expression> bounds =
        domain == Domain.TEMPORAL
            ? List.of(
                TemporalConstant.of(operand, low.type(), kind, settings),
                TemporalConstant.of(low, operand.type(), kind, settings),
                TemporalConstant.of(high, operand.type(), kind, settings))
            : operands;
    return new Between(bounds, negated, domain, collation, kind);
  }

  static Expression in(
      Expression operand, List<Expression> list, boolean negated, BindSettings settings) {
    // as MySQL names the operation when collations do not mix
    String operation = list.size() > 1 ? " IN " : negated ? "<>" : "=";
    List<Condition> comparisons = new ArrayList<>();
    if (columns(operand) == 1 && list.stream().allMatch(e -> columns(e) == 1)) {
      comparisons.addAll(ComparisonDomain.compareWithEach(operand, list, operation, settings));
    } else {
      for (Expression element : list) {
        comparisons.add(condition(ComparisonOperator.EQUAL, operand, element, operation, settings));
      }
    }
    if (comparisons.size() == 1) {
      return negated ? LogicalNot.of(comparisons.getFirst()) : comparisons.getFirst();
    }
    return new InList(operand, comparisons, negated);
  }

  static Expression quantified(
      Expression operand,
      ComparisonOperator operator,
      boolean all,
      int index,
      List<Expression> outputs,
      BindSettings settings) {
    Expression right = outputs.size() == 1 ? outputs.getFirst() : new RowExpression(outputs);
    if (columns(operand) != columns(right)) {
      throw MySqlError.ER_OPERAND_COLUMNS.exception(columns(operand));
    }
    return new InSubquery(
        index, condition(operator, operand, right, operator.symbol(), settings), all);
  }
}
