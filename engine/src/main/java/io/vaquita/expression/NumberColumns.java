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
  static sealed class IntegerColumn extends LongExpression implements ColumnExpression
      permits YearColumn, BitColumn {
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

  /** YEAR: four digits as text. */
  static final class YearColumn extends IntegerColumn {
    YearColumn(Place place, DataType type, boolean nullable) {
      super(place, type, nullable);
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      long v = evaluateLong(frame);
      return frame.isNull ? null : Conversion.yearToText(v);
    }
  }

  /** BIT(n): a number, and big-endian bytes where a string is asked for. */
  static final class BitColumn extends IntegerColumn {
    BitColumn(Place place, DataType type, boolean nullable) {
      super(place, type, nullable);
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      long v = evaluateLong(frame);
      return frame.isNull ? null : Conversion.bitsToBytes(v, type().length());
    }

    @Override
    public int coercibility() {
      return Coercibility.IMPLICIT;
    }
  }

  /** DECIMAL. */
  static final class DecimalColumn extends DecimalExpression implements ColumnExpression {
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

  /** FLOAT and DOUBLE. */
  static final class DoubleColumn extends DoubleExpression implements ColumnExpression {
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
