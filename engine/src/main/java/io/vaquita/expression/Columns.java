package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.temporal.TimeZones;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of {@link ColumnExpression}, one for each representation in rows, so that reading a column is one call on the row and no
 * test of its type. All immutable.
 */
final class Columns {
  private Columns() {}

  static Expression of(int slot, int column, DataType type, boolean nullable, String name) {
    Place place = new Place(slot, column, name);
    return switch (type.kind()) {
      case NULL -> Literals.nullLiteral();
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> new IntegerColumn(place, type, nullable);
      case YEAR -> new YearColumn(place, type, nullable);
      case BIT -> new BitColumn(place, type, nullable);
      case DECIMAL -> new DecimalColumn(place, type, nullable);
      case FLOAT, DOUBLE -> new DoubleColumn(place, type, nullable);
      case DATE, TIME, DATETIME -> new TemporalColumn(place, type, nullable);
      case TIMESTAMP -> new TimestampColumn(place, type, nullable);
      case ENUM -> new EnumColumn(place, type, nullable);
      case SET -> new SetColumn(place, type, nullable);
      case JSON -> new JsonColumn(place, nullable);
      case CHAR,
          VARCHAR,
          BINARY,
          VARBINARY,
          TINYTEXT,
          TEXT,
          MEDIUMTEXT,
          LONGTEXT,
          TINYBLOB,
          BLOB,
          MEDIUMBLOB,
          LONGBLOB ->
          new StringColumn(place, type, nullable);
    };
  }

  private record Place(int slot, int column, String name) {}

  /** Signed and unsigned integers. */
  private static final class IntegerColumn extends LongExpression implements ColumnExpression {
    private final Place place;
    private final int slot;
    private final int column;

    IntegerColumn(Place place, DataType type, boolean nullable) {
      super(type, nullable);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
    }

    @Override
    public long evaluateLong(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return 0;
      }
      frame.isNull = false;
      return row.getLong(column);
    }

    @Override
    public int slot() {
      return place.slot();
    }

    @Override
    public int column() {
      return place.column();
    }

    @Override
    public String name() {
      return place.name();
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
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** YEAR: four digits as text. */
  private static final class YearColumn extends LongExpression implements ColumnExpression {
    private final Place place;
    private final int slot;
    private final int column;

    YearColumn(Place place, DataType type, boolean nullable) {
      super(type, nullable);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
    }

    @Override
    public long evaluateLong(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return 0;
      }
      frame.isNull = false;
      return row.getLong(column);
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return null;
      }
      frame.isNull = false;
      return Conversion.yearToText(row.getLong(column));
    }

    @Override
    public int slot() {
      return place.slot();
    }

    @Override
    public int column() {
      return place.column();
    }

    @Override
    public String name() {
      return place.name();
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
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** BIT(n): a number, and big-endian bytes where a string is asked for. */
  private static final class BitColumn extends LongExpression implements ColumnExpression {
    private final Place place;
    private final int slot;
    private final int column;

    BitColumn(Place place, DataType type, boolean nullable) {
      super(type, nullable);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
    }

    @Override
    public long evaluateLong(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return 0;
      }
      frame.isNull = false;
      return row.getLong(column);
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return null;
      }
      frame.isNull = false;
      return Conversion.bitsToBytes(row.getLong(column), type().length());
    }

    @Override
    public int coercibility() {
      return Coercibility.IMPLICIT;
    }

    @Override
    public int slot() {
      return place.slot();
    }

    @Override
    public int column() {
      return place.column();
    }

    @Override
    public String name() {
      return place.name();
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
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** DECIMAL. */
  private static final class DecimalColumn extends DecimalExpression implements ColumnExpression {
    private final Place place;
    private final int slot;
    private final int column;

    DecimalColumn(Place place, DataType type, boolean nullable) {
      super(type, nullable);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
    }

    @Override
    public @Nullable BigDecimal evaluateDecimal(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return null;
      }
      frame.isNull = false;
      return row.getDecimal(column);
    }

    @Override
    public int slot() {
      return place.slot();
    }

    @Override
    public int column() {
      return place.column();
    }

    @Override
    public String name() {
      return place.name();
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
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** FLOAT and DOUBLE. */
  private static final class DoubleColumn extends DoubleExpression implements ColumnExpression {
    private final Place place;
    private final int slot;
    private final int column;

    DoubleColumn(Place place, DataType type, boolean nullable) {
      super(type, nullable);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
    }

    @Override
    public double evaluateDouble(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return 0;
      }
      frame.isNull = false;
      return row.getDouble(column);
    }

    @Override
    public int slot() {
      return place.slot();
    }

    @Override
    public int column() {
      return place.column();
    }

    @Override
    public String name() {
      return place.name();
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
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** Strings of characters and bytes. */
  private static final class StringColumn extends StringExpression implements ColumnExpression {
    private final Place place;
    private final int slot;
    private final int column;

    StringColumn(Place place, DataType type, boolean nullable) {
      super(type, nullable, Coercibility.IMPLICIT);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return null;
      }
      frame.isNull = false;
      return row.getBytes(column);
    }

    @Override
    public int slot() {
      return place.slot();
    }

    @Override
    public int column() {
      return place.column();
    }

    @Override
    public String name() {
      return place.name();
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
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** DATE, TIME and DATETIME. */
  private static final class TemporalColumn extends TemporalExpression implements ColumnExpression {
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
    public int slot() {
      return place.slot();
    }

    @Override
    public int column() {
      return place.column();
    }

    @Override
    public String name() {
      return place.name();
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
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** TIMESTAMP: microseconds in UTC in the row, DATETIME in the session's time zone here. */
  private static final class TimestampColumn extends TemporalExpression
      implements ColumnExpression {
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
    public int slot() {
      return place.slot();
    }

    @Override
    public int column() {
      return place.column();
    }

    @Override
    public String name() {
      return place.name();
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
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** ENUM: the label as a string, the index as a number. */
  private static final class EnumColumn extends StringExpression implements ColumnExpression {
    private final Place place;
    private final int slot;
    private final int column;

    /** By index; 0 is the empty label of a wrong value. */
    private final Slice[] labels;

    EnumColumn(Place place, DataType type, boolean nullable) {
      super(type, nullable, Coercibility.IMPLICIT);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
      this.labels = Conversion.labels(type.members());
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return null;
      }
      frame.isNull = false;
      return labels[(int) row.getLong(column)];
    }

    @Override
    public long evaluateLong(Frame frame) {
      Row row = frame.rows[slot];
      frame.isNull = row.isNull(column);
      return frame.isNull ? 0 : row.getLong(column);
    }

    @Override
    public double evaluateDouble(Frame frame) {
      return evaluateLong(frame);
    }

    @Override
    public @Nullable BigDecimal evaluateDecimal(Frame frame) {
      long v = evaluateLong(frame);
      return frame.isNull ? null : BigDecimal.valueOf(v);
    }

    @Override
    public boolean evaluateBoolean(Frame frame) {
      return evaluateLong(frame) != 0;
    }

    @Override
    public int slot() {
      return place.slot();
    }

    @Override
    public int column() {
      return place.column();
    }

    @Override
    public String name() {
      return place.name();
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
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** SET: the labels with commas as a string, the bits as a number. */
  private static final class SetColumn extends StringExpression implements ColumnExpression {
    private final Place place;
    private final int slot;
    private final int column;

    SetColumn(Place place, DataType type, boolean nullable) {
      super(type, nullable, Coercibility.IMPLICIT);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return null;
      }
      frame.isNull = false;
      return Conversion.setToText(row.getLong(column), type().members());
    }

    @Override
    public long evaluateLong(Frame frame) {
      Row row = frame.rows[slot];
      frame.isNull = row.isNull(column);
      return frame.isNull ? 0 : row.getLong(column);
    }

    @Override
    public double evaluateDouble(Frame frame) {
      return evaluateLong(frame);
    }

    @Override
    public @Nullable BigDecimal evaluateDecimal(Frame frame) {
      long v = evaluateLong(frame);
      return frame.isNull ? null : BigDecimal.valueOf(v);
    }

    @Override
    public boolean evaluateBoolean(Frame frame) {
      return evaluateLong(frame) != 0;
    }

    @Override
    public int slot() {
      return place.slot();
    }

    @Override
    public int column() {
      return place.column();
    }

    @Override
    public String name() {
      return place.name();
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
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** JSON. */
  private static final class JsonColumn extends JsonExpression implements ColumnExpression {
    private final Place place;
    private final int slot;
    private final int column;

    JsonColumn(Place place, boolean nullable) {
      super(nullable);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
    }

    @Override
    public @Nullable Slice evaluateJson(Frame frame) {
      Row row = frame.rows[slot];
      if (row.isNull(column)) {
        frame.isNull = true;
        return null;
      }
      frame.isNull = false;
      return row.getBytes(column);
    }

    @Override
    public int slot() {
      return place.slot();
    }

    @Override
    public int column() {
      return place.column();
    }

    @Override
    public String name() {
      return place.name();
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
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }
}
