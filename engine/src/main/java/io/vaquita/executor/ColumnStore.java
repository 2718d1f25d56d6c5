package io.vaquita.executor;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.ValueRow;
import io.vaquita.value.conversion.StoreContext;
import io.vaquita.value.conversion.StoreConversion;

/** Evaluates an expression and stores it into a column of a row, converted as an assignment does. Immutable. */
final class ColumnStore {
  /** By which of the typed methods the value travels: integers and strings without boxing. */
  private enum Way {
    LONG,
    BYTES,
    RAW,
    BOXED
  }

  private final int column;
  private final Expression expression;
  private final StoreConversion conversion;
  private final Way way;

  ColumnStore(ColumnDefinition target, StoreConversion conversion, Expression expression) {
    this(target.ordinal(), conversion, expression);
  }

  /** {@code column}: where it is in the row. */
  ColumnStore(int column, StoreConversion conversion, Expression expression) {
    this.column = column;
    this.expression = expression;
    this.conversion = conversion;
    this.way = way(conversion.type());
  }

  private Way way(DataType target) {
    TypeKind kind = expression.type().kind();
    if (conversion.takesLong() && kind.isInteger()) {
      return Way.LONG;
    }
    if (conversion.takesBytes() && expression.type().domain() == TypeKind.Domain.STRING) {
      return Way.BYTES;
    }
    if (kind == TypeKind.TIMESTAMP
        && target.kind() == TypeKind.TIMESTAMP
        && target.decimals() >= expression.type().decimals()
        && expression instanceof ColumnExpression) {
      return Way.RAW;
    }
    return Way.BOXED;
  }

  int column() {
    return column;
  }

  Expression expression() {
    return expression;
  }

  void store(Frame frame, ValueRow into, StoreContext context) {
    switch (way) {
      case LONG -> {
        long v = expression.evaluateLong(frame);
        if (frame.isNull) {
          into.set(column, conversion.convertNull(context));
        } else {
          into.setLong(column, conversion.convertLong(v, expression.type().unsigned(), context));
        }
      }
      case BYTES -> {
        Slice v = expression.evaluateBytes(frame);
        if (v == null || frame.isNull) {
          into.set(column, conversion.convertNull(context));
        } else {
          into.setBytes(column, conversion.convertBytes(v, expression.type().collation(), context));
        }
      }
      case RAW -> storeRaw(frame, into, context);
      case BOXED -> into.set(column, conversion.convert(expression.evaluate(frame), context));
    }
  }

  private void storeRaw(Frame frame, ValueRow into, StoreContext context) {
    if (expression instanceof ColumnExpression c) {
      if (frame.rows[c.slot()].isNull(c.column())) {
        into.set(column, conversion.convertNull(context));
      } else {
        into.setLong(column, frame.rows[c.slot()].getLong(c.column()));
      }
    }
  }

  /** Stores a value that is not an expression's. */
  void store(Value value, ValueRow into, StoreContext context) {
    into.set(column, conversion.convert(value, context));
  }
}
