package io.vaquita.expression.operator;

/** The bit operators with two operands. */
public enum BitOperator {
  AND("&"),
  OR("|"),
  XOR("^"),
  SHIFT_LEFT("<<"),
  SHIFT_RIGHT(">>");

  private final String symbol;

  BitOperator(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }
}
