package io.vaquita.executor;

import io.vaquita.error.MySqlError;
import io.vaquita.planner.physical.PhysicalNode;

/** JSON_TABLE. */
final class JsonTableOperator extends Operator {
  private final PhysicalNode.JsonTableScan node;

  JsonTableOperator(Execution execution, PhysicalNode.JsonTableScan node) {
    super(execution);
    this.node = node;
  }

  @Override
  @SuppressWarnings("DoNotCallSuggester")
  void open() {
    throw MySqlError.ER_NOT_SUPPORTED_YET.exception("JSON_TABLE in slot " + node.slot());
  }

  @Override
  boolean next() {
    return false;
  }

  @Override
  void close() {}
}
