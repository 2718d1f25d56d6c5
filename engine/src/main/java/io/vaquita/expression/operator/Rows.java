package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
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
    return condition(operator, left, right, TemporalConstant.Role.OPERAND, operation, settings);
  }

  private static Condition condition(
      ComparisonOperator operator,
      Expression left,
      Expression right,
      TemporalConstant.Role role,
      String operation,
      BindSettings settings) {
    if (columns(left) != columns(right)) {
      throw MySqlError.ER_OPERAND_COLUMNS.exception(columns(left));
    }
    if (!(left instanceof RowExpression l) || !(right instanceof RowExpression r)) {
      if (operator == ComparisonOperator.NULL_SAFE_EQUAL) {
        return new NullSafeEqual(
            ComparisonDomain.compare(
                ComparisonOperator.EQUAL, left, right, role, operation, settings));
      }
      return ComparisonDomain.compare(operator, left, right, role, operation, settings);
    }
    List<Condition> elements = new ArrayList<>();
    ComparisonOperator each =
        operator == ComparisonOperator.NULL_SAFE_EQUAL ? operator : ComparisonOperator.EQUAL;
    for (int i = 0; i < l.children().size(); i++) {
      elements.add(
          condition(each, l.children().get(i), r.children().get(i), role, operation, settings));
    }
    return new RowComparison(operator, elements);
  }

  static Expression between(
      Expression operand, Expression low, Expression high, boolean negated, BindSettings settings) {
    List<Expression> operands = List.of(operand, low, high);
    operands.forEach(Casts::requireValue);
    Domain domain = ComparisonDomain.of(operands);
    TypeKind kind = ComparisonDomain.temporalKind(operands);
    boolean isColumn = operand instanceof ColumnExpression;
    if (isColumn && domain != Domain.JSON && domain != Domain.STRING) {
      // A column's own type counts where each bound alone would compare in it.
      Domain withLow = ComparisonDomain.of(operand, low);
      Domain withHigh = ComparisonDomain.of(operand, high);
      if (withLow == withHigh && operand.type().domain() == withLow) {
        domain = withLow;
      }
    } else if (isColumn
        && domain == Domain.STRING
        && operand.type().kind() == TypeKind.TIME
        && (Expressions.isStatementConstant(low) || Expressions.isStatementConstant(high))) {
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
    return new Between(
        bounds(operands, domain, kind, settings),
        negated,
        domain,
        betweenCollation(operands, domain, settings),
        kind);
  }

  private static List<Expression> bounds(
      List<Expression> operands, Domain domain, TypeKind kind, BindSettings settings) {
    Expression operand = operands.getFirst();
    List<Expression> bounds = new ArrayList<>();
    bounds.add(
        domain == Domain.TEMPORAL
            ? TemporalConstant.of(
                operand, operands.get(1), kind, TemporalConstant.Role.MEMBER, settings)
            : operand);
    for (Expression bound : operands.subList(1, 3)) {
      // a text that is no TIME may have to be compared as text; one that is no date comes before
      // all dates
      boolean isText = bound.type().domain() == Domain.STRING && kind != TypeKind.TIME;
      TemporalConstant.Role role =
          isText ? TemporalConstant.Role.MEMBER : TemporalConstant.Role.OPERAND;
      bounds.add(
          domain == Domain.TEMPORAL
              ? TemporalConstant.of(bound, operand, kind, role, settings)
              : YearConstant.of(bound, operand));
    }
    return bounds;
  }

  private static Collation betweenCollation(
      List<Expression> operands, Domain domain, BindSettings settings) {
    return domain == Domain.STRING || domain == Domain.TEMPORAL
        ? CollationMix.of(operands, "between", settings).collation()
        : Collations.BINARY;
  }

  static Expression in(
      Expression operand, List<Expression> list, boolean negated, BindSettings settings) {
    // as MySQL names the operation when collations do not mix
    String operation = list.size() > 1 ? " IN " : negated ? "<>" : "=";
    List<Condition> comparisons = new ArrayList<>();
    if (columns(operand) == 1 && list.stream().allMatch(e -> columns(e) == 1)) {
      comparisons.addAll(
          ComparisonDomain.compareWithEach(
              operand, list, memberRole(operand, list), operation, settings));
    } else {
      TemporalConstant.Role role =
          list.size() == 1 ? TemporalConstant.Role.OPERAND : TemporalConstant.Role.WHEN;
      for (Expression element : list) {
        comparisons.add(
            condition(ComparisonOperator.EQUAL, operand, element, role, operation, settings));
      }
    }
    if (comparisons.size() == 1) {
      return negated ? LogicalNot.of(comparisons.getFirst()) : comparisons.getFirst();
    }
    return new InList(operand, comparisons, negated);
  }

  /** A list of one is {@code =}, and so is each member beside a TIME where not all are constant. */
  private static TemporalConstant.Role memberRole(Expression operand, List<Expression> list) {
    boolean isTime = operand.type().kind() == TypeKind.TIME;
    return list.size() == 1 || isTime && !list.stream().allMatch(Expressions::isStatementConstant)
        ? TemporalConstant.Role.OPERAND
        : TemporalConstant.Role.MEMBER;
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
