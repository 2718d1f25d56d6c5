package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.TemporalExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.temporal.Fractions;
import io.vaquita.value.temporal.TimeZones;
import java.time.ZoneId;
import java.util.List;

/** CAST(timestamp AT TIME ZONE zone AS DATETIME): the moment as a clock in that zone shows it. Immutable. */
final class CastAtTimeZone extends TemporalExpression {
  private final Expression operand;
  private final ZoneId zone;

  private CastAtTimeZone(Expression operand, ZoneId zone, int decimals) {
    super(DataType.datetime(decimals), true);
    this.operand = operand;
    this.zone = zone;
  }

  static CastAtTimeZone of(Expression operand, String zone, int decimals) {
    ZoneId id = TimeZones.parse(zone);
    if (id == null) {
      throw MySqlError.ER_UNKNOWN_TIME_ZONE.exception(zone);
    }
    return new CastAtTimeZone(operand, id, decimals);
  }

  @Override
  protected long evaluatePacked(Frame frame) {
    long local = operand.evaluateTemporal(frame, TypeKind.DATETIME);
    if (frame.isNull) {
      return 0;
    }
    long micros = TimeZones.toEpochMicros(local, frame.statement.timeZone());
    return Fractions.round(
        TimeZones.toDateTime(micros, zone), TypeKind.DATETIME, type().decimals());
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new CastAtTimeZone(children.getFirst(), zone, type().decimals());
  }

  @Override
  public String describe() {
    return "cast(" + operand.describe() + " at time zone '" + zone + "' as datetime)";
  }
}
