package io.vaquita.server;

import io.vaquita.protocol.ByteRange;
import io.vaquita.protocol.WireType;
import io.vaquita.protocol.WireValue;
import io.vaquita.value.Collations;
import io.vaquita.value.Encoding;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.temporal.PackedTemporal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Parameters of clients as values of the engine. Stateless. */
final class ParameterMapping {
  private static final long HOURS_MAX = 1_000_000;

  /** Temporal parameters count as having microseconds, sent or not, as in MySQL. */
  private static final int PARAMETER_DECIMALS = 6;

  private ParameterMapping() {}

  static Value value(WireValue wire, SessionSettings settings) {
    return switch (wire) {
      case WireValue.Null ignored -> Value.NullValue.NULL;
      case WireValue.IntegerValue i -> new Value.LongValue(i.value(), i.unsigned());
      case WireValue.FloatingValue f -> Value.of(f.value());
      case WireValue.BytesValue b -> ofBytes(b.type(), b.range(), settings);
      case WireValue.DateTimeValue d -> ofDateTime(d);
      case WireValue.TimeValue t -> ofTime(t);
    };
  }

  /** Also for values that came by COM_STMT_SEND_LONG_DATA. */
  static Value ofBytes(int type, ByteRange bytes, SessionSettings settings) {
    return switch (type) {
      case WireType.DECIMAL, WireType.NEWDECIMAL -> ofDecimal(bytes, settings);
      case WireType.TINY_BLOB,
          WireType.MEDIUM_BLOB,
          WireType.LONG_BLOB,
          WireType.BLOB,
          WireType.BIT,
          WireType.GEOMETRY ->
          new Value.StringValue(slice(bytes), Collations.BINARY);
      default -> ofText(bytes, settings);
    };
  }

  private static Slice slice(ByteRange bytes) {
    return new Slice(bytes.array(), bytes.offset(), bytes.length());
  }

  private static Value ofText(ByteRange bytes, SessionSettings settings) {
    Slice slice = slice(bytes);
    var set = settings.clientSet();
    return new Value.StringValue(
        set == null ? slice : Encoding.decode(slice, set), settings.connectionCollation());
  }

  private static Value ofDecimal(ByteRange bytes, SessionSettings settings) {
    try {
      BigDecimal number =
          new BigDecimal(new String(bytes.toBytes(), StandardCharsets.ISO_8859_1).strip());
      boolean fits = number.precision() <= 65 && number.scale() >= 0 && number.scale() <= 30;
      return fits ? Value.of(number) : ofText(bytes, settings);
    } catch (NumberFormatException e) {
      return ofText(bytes, settings);
    }
  }

  private static Value ofDateTime(WireValue.DateTimeValue d) {
    if (!isInRange(d)) {
      TypeKind kind = d.type() == WireType.DATE ? TypeKind.DATE : TypeKind.DATETIME;
      return new Value.TemporalValue(kind, 0, 0);
    }
    if (d.type() == WireType.DATE) {
      return new Value.TemporalValue(
          TypeKind.DATE, PackedTemporal.ofDate(d.year(), d.month(), d.day()), 0);
    }
    long packed =
        PackedTemporal.ofDateTime(
            d.year(), d.month(), d.day(), d.hour(), d.minute(), d.second(), d.micros());
    return new Value.TemporalValue(TypeKind.DATETIME, packed, PARAMETER_DECIMALS);
  }

  /** Fields that no date can have make a zero date, as in MySQL. */
  private static boolean isInRange(WireValue.DateTimeValue d) {
    return d.year() <= 9999
        && d.month() <= 12
        && d.day() <= 31
        && d.hour() <= 23
        && isMinuteAndSecond(d.minute(), d.second(), d.micros());
  }

  private static boolean isMinuteAndSecond(int minute, int second, int micros) {
    return minute <= 59 && second <= 59 && micros >= 0 && micros <= 999_999;
  }

  private static Value ofTime(WireValue.TimeValue t) {
    if (!isMinuteAndSecond(t.minute(), t.second(), t.micros())) {
      return new Value.TemporalValue(TypeKind.TIME, 0, 0);
    }
    long hours = Math.min(HOURS_MAX, t.days() * 24 + t.hour());
    long packed =
        hours > 838
            ? (t.isNegative() ? -PackedTemporal.TIME_MAX : PackedTemporal.TIME_MAX)
            : PackedTemporal.ofTime(
                t.isNegative(), (int) hours, t.minute(), t.second(), t.micros());
    return new Value.TemporalValue(TypeKind.TIME, packed, PARAMETER_DECIMALS);
  }
}
