package io.vaquita.executor;

import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.ValueRow;
import io.vaquita.value.temporal.TimeZones;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Evaluates expressions into rows of given types. Immutable. */
final class RowMaker {
  private final DataType[] types;
  private final Expression[] expressions;

  RowMaker(List<DataType> types, List<Expression> expressions) {
    this.types = types.toArray(new DataType[0]);
    this.expressions = expressions.toArray(new Expression[0]);
  }

  ValueRow make(Frame frame) {
    ValueRow row = new ValueRow(expressions.length);
    fill(row, frame);
    return row;
  }

  /** Sets the first columns of a wider row. */
  void fill(ValueRow row, Frame frame) {
    for (int i = 0; i < expressions.length; i++) {
      set(row, i, types[i], expressions[i], frame);
    }
  }

  /** Evaluates one expression into a column of {@code type}. */
  static void set(ValueRow row, int column, DataType type, Expression e, Frame frame) {
    switch (type.kind()) {
      case NULL -> {
        var _ = e.evaluate(frame);
      }
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, YEAR, BIT, ENUM, SET -> {
        long v = e.evaluateLong(frame);
        if (!frame.isNull) {
          row.setLong(column, v);
        }
      }
      case FLOAT, DOUBLE -> {
        double v = e.evaluateDouble(frame);
        if (!frame.isNull) {
          row.setDouble(column, v);
        }
      }
      case DECIMAL -> setDecimal(row, column, type, e, frame);
      case DATE, TIME, DATETIME -> {
        long v = e.evaluateTemporal(frame, type.kind());
        if (!frame.isNull) {
          row.setLong(column, v);
        }
      }
      case TIMESTAMP -> setTimestamp(row, column, e, frame);
      case JSON -> {
        Slice v = e.evaluateJson(frame);
        if (v != null && !frame.isNull) {
          row.setBytes(column, v);
        }
      }
      default -> {
        Slice v = e.evaluateBytes(frame);
        if (v != null && !frame.isNull) {
          row.setBytes(column, v);
        }
      }
    }
  }

  /** Sets a boxed value, of the type's own domain or (TIMESTAMP, FLOAT) near to it. */
  static void set(ValueRow row, int column, DataType type, Value value, Frame frame) {
    switch (value) {
      case Value.TemporalValue v when type.kind() == TypeKind.TIMESTAMP ->
          row.setLong(column, TimeZones.toTimestamp(v.packed(), frame.statement.timeZone()));
      case Value.DecimalValue v when v.value().scale() != type.decimals() ->
          row.setDecimal(column, v.value().setScale(type.decimals(), RoundingMode.HALF_UP));
      case Value.LongValue v when type.kind() == TypeKind.DECIMAL ->
          row.setDecimal(
              column,
              BigDecimal.valueOf(v.value()).setScale(type.decimals(), RoundingMode.HALF_UP));
      case Value.LongValue v when type.domain() == TypeKind.Domain.DOUBLE ->
          row.setDouble(column, v.value());
      default -> row.set(column, value);
    }
  }

  private static void setDecimal(
      ValueRow row, int column, DataType type, Expression e, Frame frame) {
    BigDecimal v = e.evaluateDecimal(frame);
    if (v != null && !frame.isNull) {
      row.setDecimal(
          column,
          v.scale() == type.decimals() ? v : v.setScale(type.decimals(), RoundingMode.HALF_UP));
    }
  }

  /** Rows hold a TIMESTAMP as microseconds in UTC: a plain column is copied, so that no hour of a clock change is lost. */
  private static void setTimestamp(ValueRow row, int column, Expression e, Frame frame) {
    if (e instanceof ColumnExpression c && e.type().kind() == TypeKind.TIMESTAMP) {
      if (!frame.rows[c.slot()].isNull(c.column())) {
        row.setLong(column, frame.rows[c.slot()].getLong(c.column()));
      }
      return;
    }
    long v = e.evaluateTemporal(frame, TypeKind.DATETIME);
    if (!frame.isNull) {
      row.setLong(column, TimeZones.toTimestamp(v, frame.statement.timeZone()));
    }
  }
}
