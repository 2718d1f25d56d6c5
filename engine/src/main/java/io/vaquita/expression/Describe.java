package io.vaquita.expression;

import java.util.List;

/** Puts together the texts of {@link Expression#describe}. Stateless. */
public final class Describe {
  private Describe() {}

  /** {@code name(a,b)} as MySQL prints calls. */
  public static String call(String name, List<Expression> arguments) {
    StringBuilder text = new StringBuilder(name).append('(');
    for (int i = 0; i < arguments.size(); i++) {
      text.append(i == 0 ? "" : ",").append(arguments.get(i).describe());
    }
    return text.append(')').toString();
  }

  /** {@code (a + b)}. */
  public static String infix(Expression left, String operator, Expression right) {
    return "(" + left.describe() + " " + operator + " " + right.describe() + ")";
  }
}
