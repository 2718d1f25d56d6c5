package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Columns of numbers; see {@link Columns}. All immutable. */
final class NumberColumns {
  private NumberColumns() {}

  /** Signed and unsigned integers. */
  static final class IntegerColumn extends LongExpression implements ColumnExpression {
    private final Columns.Place place;
    private final int slot;
    private final int column;

    IntegerColumn(Columns.Place place, DataType type, boolean nullable) {
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
    public String describe() {
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** YEAR: four digits as text. */
  static final class YearColumn extends LongExpression implements ColumnExpression {
    private final Columns.Place place;
    private final int slot;
    private final int column;

    YearColumn(Columns.Place place, DataType type, boolean nullable) {
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
    public String describe() {
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** BIT(n): a number, and big-endian bytes where a string is asked for. */
  static final class BitColumn extends LongExpression implements ColumnExpression {
    private final Columns.Place place;
    private final int slot;
    private final int column;

    BitColumn(Columns.Place place, DataType type, boolean nullable) {
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
    public String describe() {
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** DECIMAL. */
  static final class DecimalColumn extends DecimalExpression implements ColumnExpression {
    private final Columns.Place place;
    private final int slot;
    private final int column;

    DecimalColumn(Columns.Place place, DataType type, boolean nullable) {
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
    public String describe() {
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** FLOAT and DOUBLE. */
  static final class DoubleColumn extends DoubleExpression implements ColumnExpression {
    private final Columns.Place place;
    private final int slot;
    private final int column;

    DoubleColumn(Columns.Place place, DataType type, boolean nullable) {
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
    public String describe() {
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }
}
