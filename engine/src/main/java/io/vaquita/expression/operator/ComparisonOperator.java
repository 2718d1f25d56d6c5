package io.vaquita.expression.operator;

/** The comparison operators. */
public enum ComparisonOperator {
  EQUAL("="),
  NULL_SAFE_EQUAL("<=>"),
  NOT_EQUAL("<>"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String symbol;

  ComparisonOperator(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }

  /** Whether operands that compare as {@code c} (negative, 0, positive) satisfy it. */
  public boolean holds(int c) {
    return switch (this) {
      case EQUAL, NULL_SAFE_EQUAL -> c == 0;
      case NOT_EQUAL -> c != 0;
      case LESS -> c < 0;
      case LESS_OR_EQUAL -> c <= 0;
      case GREATER -> c > 0;
      case GREATER_OR_EQUAL -> c >= 0;
    };
  }

  /** The operator with operands exchanged: {@code a < b} is {@code b > a}. */
  public ComparisonOperator mirrored() {
    return switch (this) {
      case EQUAL, NULL_SAFE_EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
    };
  }

  /** What holds when this does not, for operands that are not NULL; {@code <=>} has none and gives itself. */
  public ComparisonOperator negated() {
    return switch (this) {
      case EQUAL -> NOT_EQUAL;
      case NULL_SAFE_EQUAL -> NULL_SAFE_EQUAL;
      case NOT_EQUAL -> EQUAL;
      case LESS -> GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> GREATER;
      case GREATER -> LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> LESS;
    };
  }
}
