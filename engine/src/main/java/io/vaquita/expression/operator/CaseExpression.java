package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CASE and IF: the result of the first condition that is true. {@code CASE x WHEN y} has become {@code WHEN x = y}. Immutable. */
final class CaseExpression extends Selection {
  private final Expression[] conditions;
  private final Expression[] results;
  private final @Nullable Expression otherwise;
  private final int coercibility;
  private final boolean isIf;

  CaseExpression(
      List<Expression> conditions,
      List<Expression> results,
      @Nullable Expression otherwise,
      DataType type,
      int coercibility,
      boolean isIf) {
    super(type, nullable(results, otherwise), coercibility);
    this.conditions = conditions.toArray(Expression[]::new);
    this.results = results.toArray(Expression[]::new);
    this.otherwise = otherwise;
    this.coercibility = coercibility;
    this.isIf = isIf;
  }

  private static boolean nullable(List<Expression> results, @Nullable Expression otherwise) {
    return otherwise == null || otherwise.isNullable() || Condition.anyNullable(results);
  }

  @Override
  protected @Nullable Expression select(Frame frame) {
    for (int i = 0; i < conditions.length; i++) {
      if (conditions[i].evaluateBoolean(frame)) {
        return results[i];
      }
    }
    return otherwise;
  }

  @Override
  public List<Expression> children() {
    List<Expression> all = new ArrayList<>();
    for (int i = 0; i < conditions.length; i++) {
      all.add(conditions[i]);
      all.add(results[i]);
    }
    if (otherwise != null) {
      all.add(otherwise);
    }
    return all;
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    List<Expression> newConditions = new ArrayList<>();
    List<Expression> newResults = new ArrayList<>();
    for (int i = 0; i < conditions.length; i++) {
      newConditions.add(children.get(2 * i));
      newResults.add(children.get(2 * i + 1));
    }
    return new CaseExpression(
        newConditions,
        newResults,
        otherwise == null ? null : children.getLast(),
        type(),
        coercibility,
        isIf);
  }

  @Override
  public String describe() {
    if (isIf) {
      return io.vaquita.expression.Describe.call("if", children());
    }
    StringBuilder text = new StringBuilder("(case");
    for (int i = 0; i < conditions.length; i++) {
      text.append(" when ").append(conditions[i].describe());
      text.append(" then ").append(results[i].describe());
    }
    if (otherwise != null) {
      text.append(" else ").append(otherwise.describe());
    }
    return text.append(" end)").toString();
  }
}
