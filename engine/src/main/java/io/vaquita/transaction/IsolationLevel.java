package io.vaquita.transaction;

/** The SQL isolation levels, in InnoDB's meaning. */
public enum IsolationLevel {
  READ_UNCOMMITTED("READ-UNCOMMITTED"),
  READ_COMMITTED("READ-COMMITTED"),
  REPEATABLE_READ("REPEATABLE-READ"),
  SERIALIZABLE("SERIALIZABLE");

  private final String variableValue;

  IsolationLevel(String variableValue) {
    this.variableValue = variableValue;
  }

  /** As in {@code @@transaction_isolation}. */
  public String variableValue() {
    return variableValue;
  }
}
