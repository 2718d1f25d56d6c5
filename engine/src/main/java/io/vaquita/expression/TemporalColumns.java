package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.temporal.TimeZones;

/** Columns of dates and times; see {@link Columns}. All immutable. */
final class TemporalColumns {
  private TemporalColumns() {}

  /** DATE, TIME and DATETIME. */
  static final class TemporalColumn extends TemporalExpression implements ColumnExpression {
    private final Place place;
    private final int slot;
    private final int column;

    TemporalColumn(Place place, DataType type, boolean nullable) {
      super(type, nullable);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
    }

    @Override
    protected long evaluatePacked(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return 0;
      }
      frame.isNull = false;
      return row.getLong(column);
    }

    @Override
    public Place place() {
      return place;
    }

    @Override
    public String describe() {
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** TIMESTAMP: microseconds in UTC in the row, DATETIME in the session's time zone here. */
  static final class TimestampColumn extends TemporalExpression implements ColumnExpression {
    private final Place place;
    private final int slot;
    private final int column;

    TimestampColumn(Place place, DataType type, boolean nullable) {
      super(type, nullable);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
    }

    @Override
    protected long evaluatePacked(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return 0;
      }
      frame.isNull = false;
      return TimeZones.ofTimestamp(row.getLong(column), frame.statement.timeZone());
    }

    @Override
    public Place place() {
      return place;
    }

    @Override
    public String describe() {
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }
}
