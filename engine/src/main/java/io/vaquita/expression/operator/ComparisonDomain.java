package io.vaquita.expression.operator;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.BooleanValued;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.expression.NumericTypes;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In what domain values compare (MySQL manual, "Type Conversion in Expression Evaluation"), decided while binding: for two operands as
 * comparisons need it, for several as BETWEEN does. Stateless.
 */
final class ComparisonDomain {
  private ComparisonDomain() {}

  /** A comparison in the right domain; {@code operator} is not {@code <=>}. */
  static Comparison compare(
      ComparisonOperator operator,
      Expression left,
      Expression right,
      String operation,
      BindSettings settings) {
    return compare(operator, left, right, TemporalConstant.Role.OPERAND, operation, settings);
  }

  static Comparison compare(
      ComparisonOperator operator,
      Expression left,
      Expression right,
      TemporalConstant.Role role,
      String operation,
      BindSettings settings) {
    return compare(operator, left, right, List.of(left, right), role, operation, settings);
  }

  /** The operand with each of several values, of IN and CASE: strings compare in the one collation that all of them mix to. */
  static List<Condition> compareWithEach(
      Expression operand,
      List<Expression> values,
      TemporalConstant.Role role,
      String operation,
      BindSettings settings) {
    List<Expression> all = new ArrayList<>(List.of(operand));
    all.addAll(values);
    boolean isJson = all.stream().anyMatch(e -> e.type().domain() == TypeKind.Domain.JSON);
    List<Condition> comparisons = new ArrayList<>();
    for (Expression value : values) {
      List<Expression> mixed = isJson ? List.of(operand, value) : all;
      comparisons.add(
          compare(ComparisonOperator.EQUAL, operand, value, mixed, role, operation, settings));
    }
    return comparisons;
  }

  private static Comparison compare(
      ComparisonOperator operator,
      Expression left,
      Expression right,
      List<Expression> mixed,
      TemporalConstant.Role role,
      String operation,
      BindSettings settings) {
    TypeKind.Domain domain = of(left, right);
    return switch (domain) {
      case INTEGER ->
          Comparisons.ofLongs(operator, year(left, right, role), year(right, left, role));
      case DECIMAL -> new Comparisons.OfDecimals(operator, left, right);
      case DOUBLE ->
          new Comparisons.OfDoubles(operator, year(left, right, role), year(right, left, role));
      case TEMPORAL -> {
        TypeKind kind = temporalKind(List.of(left, right));
        yield Comparisons.ofTemporals(
            operator,
            TemporalConstant.of(left, right, kind, role, settings),
            TemporalConstant.of(right, left, kind, role, settings),
            kind,
            settings);
      }
      case JSON -> new Comparisons.OfJson(operator, jsonOperand(left), jsonOperand(right));
      case STRING, NULL ->
          new Comparisons.OfStrings(
              operator, left, right, CollationMix.of(mixed, operation, settings).collation());
    };
  }

  /** In lists and CASE a number is the year that it says. */
  private static Expression year(Expression e, Expression other, TemporalConstant.Role role) {
    return role == TemporalConstant.Role.OPERAND ? YearConstant.of(e, other) : e;
  }

  private static Expression jsonOperand(Expression e) {
    boolean isBoolean =
        e instanceof BooleanValued
            || e instanceof LiteralExpression && e.type().equals(DataType.BOOLEAN);
    return isBoolean || e.type().domain() == TypeKind.Domain.STRING ? new JsonScalar(e) : e;
  }

  static TypeKind.Domain of(Expression left, Expression right) {
    TypeKind.Domain a = left.type().domain();
    TypeKind.Domain b = right.type().domain();
    if (a == TypeKind.Domain.NULL || b == TypeKind.Domain.NULL) {
      return a == TypeKind.Domain.NULL ? b : a;
    }
    if (a == TypeKind.Domain.JSON || b == TypeKind.Domain.JSON) {
      return TypeKind.Domain.JSON;
    }
    TypeKind.Domain temporal = temporal(left, right);
    if (temporal != null) {
      return temporal;
    }
    if (isIntegerColumn(left) && isIntegerText(right)
        || isIntegerColumn(right) && isIntegerText(left)) {
      return TypeKind.Domain.INTEGER;
    }
    return numeric(a, b);
  }

  private static TypeKind.Domain numeric(TypeKind.Domain a, TypeKind.Domain b) {
    if (isText(a) && isText(b)) {
      return TypeKind.Domain.STRING;
    }
    if (a == TypeKind.Domain.INTEGER && b == TypeKind.Domain.INTEGER) {
      return TypeKind.Domain.INTEGER;
    }
    boolean exact =
        (a == TypeKind.Domain.INTEGER || a == TypeKind.Domain.DECIMAL)
            && (b == TypeKind.Domain.INTEGER || b == TypeKind.Domain.DECIMAL);
    return exact ? TypeKind.Domain.DECIMAL : TypeKind.Domain.DOUBLE;
  }

  /** Temporal values count as text where they meet no other temporal value. */
  private static boolean isText(TypeKind.Domain d) {
    return d == TypeKind.Domain.STRING || d == TypeKind.Domain.TEMPORAL;
  }

  private static TypeKind.@Nullable Domain temporal(Expression left, Expression right) {
    DataType a = left.type();
    DataType b = right.type();
    if (!a.kind().isTemporal() && !b.kind().isTemporal()) {
      return null;
    }
    if (a.kind().isTemporal() && b.kind().isTemporal()) {
      return TypeKind.Domain.TEMPORAL;
    }
    Expression temporal = a.kind().isTemporal() ? left : right;
    Expression other = a.kind().isTemporal() ? right : left;
    if (other.type().domain() == TypeKind.Domain.STRING) {
      boolean isTimeColumn =
          temporal instanceof ColumnExpression && Expressions.isStatementConstant(other);
      return temporal.type().kind().hasDate() || isTimeColumn
          ? TypeKind.Domain.TEMPORAL
          : TypeKind.Domain.STRING;
    }
    return temporal instanceof ColumnExpression && Expressions.isStatementConstant(other)
        ? TypeKind.Domain.TEMPORAL
        : null;
  }

  /** In which kind temporal operands meet. */
  static TypeKind temporalKind(List<Expression> operands) {
    boolean anyDate = false;
    boolean allDates = true;
    for (Expression e : operands) {
      anyDate |= e.type().kind().hasDate();
      allDates &= e.type().kind() == TypeKind.DATE || e.type().kind() == TypeKind.NULL;
    }
    return allDates ? TypeKind.DATE : anyDate ? TypeKind.DATETIME : TypeKind.TIME;
  }

  private static boolean isIntegerColumn(Expression e) {
    return e instanceof ColumnExpression && e.type().domain() == TypeKind.Domain.INTEGER;
  }

  /** A constant string that is exactly an integer compares with an integer column without loss. */
  private static boolean isIntegerText(Expression e) {
    return e instanceof LiteralExpression l
        && l.value() instanceof io.vaquita.value.Value.StringValue s
        && !(e instanceof io.vaquita.expression.HexNumber)
        && IntegerText.isSmallInteger(s.bytes());
  }

  /** The domain of several values that are compared with each other at once: BETWEEN, GREATEST. */
  static TypeKind.Domain of(List<Expression> operands) {
    TypeKind.Domain common = TypeKind.Domain.NULL;
    boolean anyDate = false;
    boolean allTemporal = true;
    boolean allTextOrTemporal = true;
    for (Expression e : operands) {
      TypeKind.Domain d = e.type().domain();
      if (d == TypeKind.Domain.NULL) {
        continue;
      }
      if (d == TypeKind.Domain.JSON) {
        return TypeKind.Domain.JSON;
      }
      anyDate |= e.type().kind().hasDate();
      allTemporal &= d == TypeKind.Domain.TEMPORAL;
      allTextOrTemporal &= isText(d);
      common = common == TypeKind.Domain.NULL ? d : numeric(common, d);
    }
    if (common == TypeKind.Domain.NULL) {
      return TypeKind.Domain.STRING;
    }
    if (allTemporal || anyDate && allTextOrTemporal) {
      return TypeKind.Domain.TEMPORAL;
    }
    return common == TypeKind.Domain.TEMPORAL ? TypeKind.Domain.STRING : common;
  }

  /** Whether integers among the operands have to be compared as decimals since their signs differ. */
  static boolean mixesSigns(List<Expression> operands) {
    boolean signed = false;
    boolean unsigned = false;
    for (Expression e : operands) {
      if (e.type().domain() == TypeKind.Domain.INTEGER) {
        signed |= !NumericTypes.isUnsigned(e);
        unsigned |= NumericTypes.isUnsigned(e);
      }
    }
    return signed && unsigned;
  }
}
