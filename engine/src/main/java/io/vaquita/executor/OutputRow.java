package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one result row, each evaluated once, from left to right, by its own type: expressions may have effects. Confined to
 * the statement's thread; reused for every row.
 */
final class OutputRow {
  private final List<OutputColumn> outputs;
  private final boolean[] nulls;
  private final long[] longs;
  private final @Nullable Object[] objects;

  OutputRow(List<OutputColumn> outputs) {
    int n = outputs.size();
    this.outputs = outputs;
    nulls = new boolean[n];
    longs = new long[n];
    objects = new Object[n];
  }

  void evaluate(Frame frame) {
    for (int i = 0; i < nulls.length; i++) {
      evaluate(i, outputs.get(i).expression(), frame);
      nulls[i] = frame.isNull;
    }
  }

  private void evaluate(int i, Expression e, Frame frame) {
    switch (e.type().domain()) {
      case NULL -> {
        objects[i] = e.evaluate(frame);
        frame.isNull = true;
      }
      case INTEGER -> longs[i] = e.evaluateLong(frame);
      case DOUBLE -> longs[i] = Double.doubleToRawLongBits(e.evaluateDouble(frame));
      case DECIMAL -> objects[i] = e.evaluateDecimal(frame);
      case TEMPORAL -> longs[i] = e.evaluateTemporal(frame, temporalKind(e.type()));
      case STRING -> objects[i] = e.evaluateBytes(frame);
      case JSON -> objects[i] = e.evaluateJson(frame);
    }
  }

  private static TypeKind temporalKind(DataType type) {
    return type.kind() == TypeKind.TIMESTAMP ? TypeKind.DATETIME : type.kind();
  }

  private DataType type(int column) {
    return outputs.get(column).expression().type();
  }

  boolean isNull(int column) {
    return nulls[column];
  }

  long getLong(int column) {
    if (nulls[column]) {
      return 0;
    }
    return switch (type(column).domain()) {
      case INTEGER, TEMPORAL -> longs[column];
      case DOUBLE -> Math.round(Double.longBitsToDouble(longs[column]));
      case DECIMAL -> objects[column] instanceof BigDecimal d ? ResultText.round(d) : 0;
      case STRING ->
          objects[column] instanceof Slice s ? ResultText.round(ResultText.number(s)) : 0;
      case NULL, JSON -> 0;
    };
  }

  double getDouble(int column) {
    if (nulls[column]) {
      return 0;
    }
    return switch (type(column).domain()) {
      case INTEGER ->
          type(column).unsigned() ? ResultText.unsignedToDouble(longs[column]) : longs[column];
      case TEMPORAL -> longs[column];
      case DOUBLE -> Double.longBitsToDouble(longs[column]);
      case DECIMAL -> objects[column] instanceof BigDecimal d ? d.doubleValue() : 0;
      case STRING -> objects[column] instanceof Slice s ? ResultText.number(s).doubleValue() : 0;
      case NULL, JSON -> 0;
    };
  }

  Value getValue(int column) {
    DataType type = type(column);
    if (nulls[column]) {
      return Value.NullValue.NULL;
    }
    return switch (type.domain()) {
      case NULL -> Value.NullValue.NULL;
      case INTEGER -> new Value.LongValue(longs[column], type.unsigned());
      case DOUBLE -> new Value.DoubleValue(Double.longBitsToDouble(longs[column]));
      case TEMPORAL -> new Value.TemporalValue(temporalKind(type), longs[column], type.decimals());
      case DECIMAL ->
          objects[column] instanceof BigDecimal d
              ? new Value.DecimalValue(ResultText.ofScale(d, type))
              : Value.NullValue.NULL;
      case STRING ->
          objects[column] instanceof Slice s
              ? new Value.StringValue(s, type.collation())
              : Value.NullValue.NULL;
      case JSON ->
          objects[column] instanceof Slice s ? new Value.JsonValue(s) : Value.NullValue.NULL;
    };
  }

  void appendText(int column, TextBuffer out) {
    DataType type = type(column);
    switch (type.domain()) {
      case NULL -> {}
      case INTEGER -> ResultText.appendInteger(out, longs[column], type);
      case DOUBLE -> ResultText.appendDouble(out, Double.longBitsToDouble(longs[column]), type);
      case TEMPORAL -> ResultText.appendTemporal(out, longs[column], type);
      case DECIMAL -> {
        if (objects[column] instanceof BigDecimal d) {
          ResultText.appendDecimal(out, d, type);
        }
      }
      case STRING -> {
        if (objects[column] instanceof Slice s) {
          out.append(s);
        }
      }
      case JSON -> {
        if (objects[column] instanceof Slice s) {
          ResultText.appendJson(out, s);
        }
      }
    }
  }
}
