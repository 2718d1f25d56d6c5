package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Columns whose values are bytes or show as such; see {@link Columns}. All immutable. */
final class StringColumns {
  private StringColumns() {}

  /** Strings of characters and bytes. */
  static final class StringColumn extends StringExpression implements ColumnExpression {
    private final Columns.Place place;
    private final int slot;
    private final int column;

    StringColumn(Columns.Place place, DataType type, boolean nullable) {
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
    public String describe() {
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** ENUM: the label as a string, the index as a number. */
  static final class EnumColumn extends StringExpression implements ColumnExpression {
    private final Columns.Place place;
    private final int slot;
    private final int column;

    /** By index; 0 is the empty label of a wrong value. */
    private final Slice[] labels;

    EnumColumn(Columns.Place place, DataType type, boolean nullable) {
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
    public String describe() {
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** SET: the labels with commas as a string, the bits as a number. */
  static final class SetColumn extends StringExpression implements ColumnExpression {
    private final Columns.Place place;
    private final int slot;
    private final int column;

    SetColumn(Columns.Place place, DataType type, boolean nullable) {
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
    public String describe() {
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }

  /** JSON. */
  static final class JsonColumn extends JsonExpression implements ColumnExpression {
    private final Columns.Place place;
    private final int slot;
    private final int column;

    JsonColumn(Columns.Place place, boolean nullable) {
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
    public String describe() {
      return place.name();
    }

    @Override
    public Dependence dependence() {
      return Dependence.ROW;
    }
  }
}
