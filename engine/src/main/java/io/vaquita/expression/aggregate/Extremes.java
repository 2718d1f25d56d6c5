package io.vaquita.expression.aggregate;

import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** MIN and MAX, a class for each domain. NULL without values. */
final class Extremes {
  private Extremes() {}

  static Accumulator of(Expression argument, DataType type, boolean max) {
    return switch (type.domain()) {
      case INTEGER -> new OfLongs(argument, max);
      case DOUBLE -> new OfDoubles(argument, max);
      case DECIMAL -> new OfDecimals(argument, max);
      case TEMPORAL -> new OfTemporals(argument, max);
      case STRING, NULL -> new OfStrings(argument, type, max);
      case JSON -> new OfJson(argument, max);
    };
  }

  private static final class OfLongs extends Accumulator {
    private final Expression argument;
    private final boolean max;

    /** Turns the order of unsigned numbers into that of signed ones. */
    private final long flip;

    private long best;
    private boolean any;

    OfLongs(Expression argument, boolean max) {
      this.argument = argument;
      this.max = max;
      this.flip = argument.type().unsigned() ? Long.MIN_VALUE : 0;
    }

    @Override
    public void add(Frame frame) {
      long v = argument.evaluateLong(frame);
      if (!frame.isNull
          && (!any || (max ? (v ^ flip) > (best ^ flip) : (v ^ flip) < (best ^ flip)))) {
        best = v;
        any = true;
      }
    }

    @Override
    public Value result(Frame frame) {
      return any ? new Value.LongValue(best, flip != 0) : Value.NullValue.NULL;
    }

    @Override
    public void reset() {
      any = false;
    }
  }

  private static final class OfDoubles extends Accumulator {
    private final Expression argument;
    private final boolean max;
    private double best;
    private boolean any;

    OfDoubles(Expression argument, boolean max) {
      this.argument = argument;
      this.max = max;
    }

    @Override
    public void add(Frame frame) {
      double v = argument.evaluateDouble(frame);
      if (!frame.isNull && (!any || (max ? v > best : v < best))) {
        best = v;
        any = true;
      }
    }

    @Override
    public Value result(Frame frame) {
      return any ? Value.of(best) : Value.NullValue.NULL;
    }

    @Override
    public void reset() {
      any = false;
    }
  }

  private static final class OfDecimals extends Accumulator {
    private final Expression argument;
    private final boolean max;
    private @Nullable BigDecimal best;

    OfDecimals(Expression argument, boolean max) {
      this.argument = argument;
      this.max = max;
    }

    @Override
    public void add(Frame frame) {
      BigDecimal v = argument.evaluateDecimal(frame);
      if (v != null && (best == null || (max ? v.compareTo(best) > 0 : v.compareTo(best) < 0))) {
        best = v;
      }
    }

    @Override
    public Value result(Frame frame) {
      return best == null ? Value.NullValue.NULL : Value.of(best);
    }

    @Override
    public void reset() {
      best = null;
    }
  }

  private static final class OfTemporals extends Accumulator {
    private final Expression argument;
    private final boolean max;
    private final TypeKind kind;
    private long best;
    private boolean any;

    OfTemporals(Expression argument, boolean max) {
      this.argument = argument;
      this.max = max;
      TypeKind own = argument.type().kind();
      this.kind = own == TypeKind.TIMESTAMP ? TypeKind.DATETIME : own;
    }

    @Override
    public void add(Frame frame) {
      long v = argument.evaluateTemporal(frame, kind);
      if (!frame.isNull && (!any || (max ? v > best : v < best))) {
        best = v;
        any = true;
      }
    }

    @Override
    public Value result(Frame frame) {
      return any
          ? new Value.TemporalValue(kind, best, argument.type().decimals())
          : Value.NullValue.NULL;
    }

    @Override
    public void reset() {
      any = false;
    }
  }

  /** The first of equal strings stays. */
  private static final class OfStrings extends Accumulator {
    private final Expression argument;
    private final DataType type;
    private final boolean max;
    private @Nullable Slice best;

    OfStrings(Expression argument, DataType type, boolean max) {
      this.argument = argument;
      this.type = type;
      this.max = max;
    }

    @Override
    public void add(Frame frame) {
      Slice v = argument.evaluateBytes(frame);
      if (v == null) {
        return;
      }
      if (best == null) {
        best = v;
        return;
      }
      int c = type.collation().compare(v, best);
      if (max ? c > 0 : c < 0) {
        best = v;
      }
    }

    @Override
    public Value result(Frame frame) {
      return best == null ? Value.NullValue.NULL : new Value.StringValue(best, type.collation());
    }

    @Override
    public void reset() {
      best = null;
    }
  }

  private static final class OfJson extends Accumulator {
    private final Expression argument;
    private final boolean max;
    private @Nullable Slice best;

    OfJson(Expression argument, boolean max) {
      this.argument = argument;
      this.max = max;
    }

    @Override
    public void add(Frame frame) {
      Slice v = argument.evaluateJson(frame);
      if (v == null) {
        return;
      }
      if (best == null) {
        best = v;
        return;
      }
      int c = Conversion.compareJson(v, best);
      if (max ? c > 0 : c < 0) {
        best = v;
      }
    }

    @Override
    public Value result(Frame frame) {
      return best == null ? Value.NullValue.NULL : new Value.JsonValue(best);
    }

    @Override
    public void reset() {
      best = null;
    }
  }
}
