package io.vaquita.expression.operator;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Expression;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind.Domain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes CASE, IF, COALESCE, NULLIF, LEAST and GREATEST with their result types. Stateless. */
public final class ControlFlow {
  private ControlFlow() {}

  static Expression caseWhen(
      @Nullable Expression operand,
      List<Expression> conditions,
      List<Expression> results,
      @Nullable Expression otherwise,
      BindSettings settings) {
    conditions.forEach(Casts::requireValue);
    List<Expression> tests = new ArrayList<>(conditions);
    if (operand != null) {
      tests.clear();
      tests.addAll(
          ComparisonDomain.compareWithEach(
              operand, conditions, TemporalConstant.Role.WHEN, "case", settings));
    }
    List<Expression> all = new ArrayList<>(results);
    if (otherwise != null) {
      all.add(otherwise);
    }
    all.forEach(Casts::requireValue);
    DataType type = ResultTypes.of(all, "case", settings);
    return new CaseExpression(
        tests,
        results.stream().map(e -> Casts.convertBranch(e, type)).toList(),
        otherwise == null ? null : Casts.convertBranch(otherwise, type),
        type,
        coercibility(all, type, "case", settings),
        false);
  }

  public static Expression ifThenElse(
      Expression condition, Expression then, Expression otherwise, BindSettings settings) {
    Casts.requireValue(condition);
    List<Expression> all = List.of(then, otherwise);
    all.forEach(Casts::requireValue);
    DataType type = ResultTypes.of(all, "if", settings);
    return new CaseExpression(
        List.of(condition),
        List.of(Casts.convertBranch(then, type)),
        Casts.convertBranch(otherwise, type),
        type,
        coercibility(all, type, "if", settings),
        true);
  }

  /** COALESCE and IFNULL. */
  public static Expression coalesce(String name, List<Expression> operands, BindSettings settings) {
    operands.forEach(Casts::requireValue);
    DataType type = ResultTypes.of(operands, name, settings);
    return new Coalesce(
        name, Casts.convertAll(operands, type), type, coercibility(operands, type, name, settings));
  }

  public static Expression nullIf(Expression left, Expression right, BindSettings settings) {
    Casts.requireValue(left);
    Casts.requireValue(right);
    Comparison comparison =
        ComparisonDomain.compare(ComparisonOperator.EQUAL, left, right, "nullif", settings);
    return new NullIf(comparison, left, left.type());
  }

  /** LEAST and GREATEST. */
  public static Expression extreme(
      boolean greatest, List<Expression> operands, BindSettings settings) {
    String name = greatest ? "greatest" : "least";
    operands.forEach(Casts::requireValue);
    DataType type = ResultTypes.of(operands, name, settings);
    List<Expression> converted = Casts.convertAll(operands, type);
    boolean asDates =
        type.domain() == Domain.STRING
            && operands.stream().anyMatch(e -> e.type().kind().hasDate());
    List<Expression> compared = asDates ? operands : converted;
    int n = operands.size();
    Comparison[] comparisons = new Comparison[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        Expression left = compared.get(i);
        Expression right = compared.get(j);
        Comparison comparison =
            ComparisonDomain.compare(ComparisonOperator.EQUAL, left, right, name, settings);
        // here 1 is a number, also beside a YEAR column
        comparisons[i * n + j] =
            comparison.domain() == Domain.INTEGER
                ? Comparisons.ofLongs(ComparisonOperator.EQUAL, left, right)
                : comparison;
      }
    }
    return new Extreme(
        greatest, converted, comparisons, type, coercibility(operands, type, name, settings));
  }

  private static int coercibility(
      List<Expression> operands, DataType type, String name, BindSettings settings) {
    return switch (type.domain()) {
      case STRING -> CollationMix.ofResult(operands, name, settings).coercibility();
      case NULL -> Coercibility.IGNORABLE;
      case JSON -> Coercibility.IMPLICIT;
      default -> Coercibility.NUMERIC;
    };
  }
}
