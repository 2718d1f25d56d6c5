package io.vaquita.executor;

/** One row without columns. */
final class SingleRowOperator extends Operator {
  private boolean given;

  SingleRowOperator(Execution execution) {
    super(execution);
  }

  @Override
  void open() {
    given = false;
  }

  @Override
  boolean next() {
    if (given) {
      return false;
    }
    given = true;
    return true;
  }

  @Override
  void close() {}
}
