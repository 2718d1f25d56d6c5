package io.vaquita.executor;

/** No row. */
final class EmptyOperator extends Operator {
  EmptyOperator(Execution execution) {
    super(execution);
  }

  @Override
  void open() {}

  @Override
  boolean next() {
    return false;
  }

  @Override
  void close() {}
}
