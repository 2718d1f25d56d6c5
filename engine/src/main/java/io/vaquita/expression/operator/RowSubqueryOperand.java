package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.SubqueryExpression;
import io.vaquita.expression.ValueExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.util.List;

/** A subquery with several columns before a comparison takes it; as a value it is error 1241. Immutable. */
final class RowSubqueryOperand extends ValueExpression implements SubqueryExpression {
  private final int index;
  private final List<Expression> outputs;

  RowSubqueryOperand(int index, List<Expression> outputs) {
    super(DataType.NULL, true);
    this.index = index;
    this.outputs = List.copyOf(outputs);
  }

  @Override
  public int index() {
    return index;
  }

  List<Expression> outputs() {
    return outputs;
  }

  @Override
  public Value evaluate(Frame frame) {
    throw MySqlError.ER_OPERAND_COLUMNS.exception(1);
  }

  @Override
  public List<Expression> children() {
    return List.of();
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return this;
  }

  @Override
  public String describe() {
    return "(/* select#" + (index + 2) + " */ ...)";
  }
}
