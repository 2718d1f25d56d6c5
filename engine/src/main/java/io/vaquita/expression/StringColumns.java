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

  /** ENUM and SET: a number in the row. */
  abstract static sealed class MemberColumn extends StringExpression implements ColumnExpression
      permits EnumColumn, SetColumn {
    private final Place place;
    private final int slot;
    private final int column;

    MemberColumn(Place place, DataType type, boolean nullable) {
      super(type, nullable, Coercibility.IMPLICIT);
      this.place = place;
      this.slot = place.slot();
      this.column = place.column();
    }

    @Override
    public final long evaluateLong(Frame frame) {
      Row row = frame.rows[slot];
      frame.isNull = row.isNull(column);
      return frame.isNull ? 0 : row.getLong(column);
    }

    @Override
    public final double evaluateDouble(Frame frame) {
      return evaluateLong(frame);
    }

    @Override
    public final @Nullable BigDecimal evaluateDecimal(Frame frame) {
      long v = evaluateLong(frame);
      return frame.isNull ? null : BigDecimal.valueOf(v);
    }

    @Override
    public final boolean evaluateBoolean(Frame frame) {
      return evaluateLong(frame) != 0;
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

  /** ENUM: the label as a string, the index as a number. */
  static final class EnumColumn extends MemberColumn {
    /** By index; 0 is the empty label of a wrong value. */
    private final Slice[] labels;

    EnumColumn(Place place, DataType type, boolean nullable) {
      super(place, type, nullable);
      this.labels = Conversion.labels(type.members());
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      long index = evaluateLong(frame);
      return frame.isNull ? null : labels[(int) index];
    }
  }

  /** SET: the labels with commas as a string, the bits as a number. */
  static final class SetColumn extends MemberColumn {
    SetColumn(Place place, DataType type, boolean nullable) {
      super(place, type, nullable);
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      long bits = evaluateLong(frame);
      return frame.isNull ? null : Conversion.setToText(bits, type().members());
    }
  }

  /** JSON. */
  static final class JsonColumn extends JsonExpression implements ColumnExpression {
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
