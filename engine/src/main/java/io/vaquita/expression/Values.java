package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads boxed values in the domain that is asked for, setting {@link Frame#isNull} as expressions do. Stateless. */
public final class Values {
  private Values() {}

  public static long toLong(Value value, Frame frame) {
    frame.isNull = false;
    return switch (value) {
      case Value.NullValue n -> nothing(frame);
      case Value.LongValue v -> v.value();
      case Value.DoubleValue v -> Conversion.doubleToLong(v.value(), false, frame);
      case Value.DecimalValue v -> Conversion.decimalToLong(v.value(), false, frame);
      case Value.StringValue v -> Conversion.textToLong(v.bytes(), frame);
      case Value.TemporalValue v -> Conversion.temporalToLong(v.packed(), v.kind());
      case Value.JsonValue v -> Conversion.jsonToLong(v.binary(), frame);
    };
  }

  public static double toDouble(Value value, Frame frame) {
    frame.isNull = false;
    return switch (value) {
      case Value.NullValue n -> nothing(frame);
      case Value.LongValue v ->
          v.unsigned() && v.value() < 0 ? Conversion.unsignedToDouble(v.value()) : v.value();
      case Value.DoubleValue v -> v.value();
      case Value.DecimalValue v -> v.value().doubleValue();
      case Value.StringValue v -> Conversion.textToDouble(v.bytes(), frame);
      case Value.TemporalValue v -> Conversion.temporalToDouble(v.packed(), v.kind());
      case Value.JsonValue v -> Conversion.jsonToDouble(v.binary(), frame);
    };
  }

  public static @Nullable BigDecimal toDecimal(Value value, Frame frame) {
    frame.isNull = false;
    return switch (value) {
      case Value.NullValue n -> {
        frame.isNull = true;
        yield null;
      }
      case Value.LongValue v -> Conversion.longToDecimal(v.value(), v.unsigned());
      case Value.DoubleValue v -> Conversion.doubleToDecimal(v.value());
      case Value.DecimalValue v -> v.value();
      case Value.StringValue v -> Conversion.textToDecimal(v.bytes(), frame);
      case Value.TemporalValue v ->
          Conversion.temporalToDecimal(v.packed(), v.kind(), v.decimals());
      case Value.JsonValue v -> Conversion.jsonToDecimal(v.binary(), frame);
    };
  }

  public static @Nullable Slice toBytes(Value value, Frame frame) {
    frame.isNull = false;
    return switch (value) {
      case Value.NullValue n -> {
        frame.isNull = true;
        yield null;
      }
      case Value.LongValue v ->
          Conversion.longToText(
              v.value(), v.unsigned() ? DataType.UNSIGNED_BIGINT : DataType.BIGINT);
      case Value.DoubleValue v -> Conversion.doubleToText(v.value(), DataType.DOUBLE);
      case Value.DecimalValue v -> Slice.utf8(v.value().toPlainString());
      case Value.StringValue v -> v.bytes();
      case Value.TemporalValue v -> Conversion.temporalToText(v.packed(), v.kind(), v.decimals());
      case Value.JsonValue v -> Conversion.jsonToText(v.binary());
    };
  }

  public static long toTemporal(Value value, TypeKind kind, Frame frame) {
    frame.isNull = false;
    return switch (value) {
      case Value.NullValue n -> nothing(frame);
      case Value.LongValue v -> Conversion.longToTemporal(v.value(), DataType.BIGINT, kind, frame);
      case Value.DoubleValue v -> Conversion.doubleToTemporal(v.value(), kind, frame);
      case Value.DecimalValue v -> Conversion.decimalToTemporal(v.value(), kind, frame);
      case Value.StringValue v -> Conversion.textToTemporal(v.bytes(), kind, frame);
      case Value.TemporalValue v ->
          v.kind() == kind
              ? v.packed()
              : Conversion.temporalToTemporal(v.packed(), v.kind(), kind, frame);
      case Value.JsonValue v -> Conversion.jsonToTemporal(v.binary(), kind, frame);
    };
  }

  public static @Nullable Slice toJson(Value value, Frame frame) {
    frame.isNull = false;
    return switch (value) {
      case Value.NullValue n -> {
        frame.isNull = true;
        yield null;
      }
      case Value.LongValue v -> Conversion.longToJson(v.value(), v.unsigned());
      case Value.DoubleValue v -> Conversion.doubleToJson(v.value());
      case Value.DecimalValue v -> Conversion.decimalToJson(v.value());
      case Value.StringValue v ->
          Conversion.textToJson(v.bytes(), DataType.varchar(0, v.collation()), "cast_as_json", 1);
      case Value.TemporalValue v -> Conversion.temporalToJson(v.packed(), v.kind());
      case Value.JsonValue v -> v.binary();
    };
  }

  public static boolean toBoolean(Value value, Frame frame) {
    frame.isNull = false;
    return switch (value) {
      case Value.NullValue n -> {
        frame.isNull = true;
        yield false;
      }
      case Value.LongValue v -> v.value() != 0;
      case Value.DoubleValue v -> v.value() != 0;
      case Value.DecimalValue v -> v.value().signum() != 0;
      case Value.StringValue v -> Conversion.textToDouble(v.bytes(), frame) != 0;
      case Value.TemporalValue v -> v.packed() != 0;
      case Value.JsonValue v -> Conversion.jsonToBoolean(v.binary(), frame);
    };
  }

  private static long nothing(Frame frame) {
    frame.isNull = true;
    return 0;
  }
}
