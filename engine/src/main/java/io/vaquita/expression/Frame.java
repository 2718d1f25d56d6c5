package io.vaquita.expression;

import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.number.NumberScan;
import io.vaquita.value.temporal.TemporalResult;
import org.jspecify.annotations.Nullable;

/**
 * The state of one running statement that expressions read: the current row of every table reference, the parameters, the
 * statement's context. Confined to the thread that runs the statement.
 *
 * <p>Every table reference, derived table, aggregation result and so on of a whole statement, its subqueries included, has a
 * <b>slot</b> of its own, so that a correlated subquery reads the outer row where the outer query left it. Plans are shared between
 * sessions and immutable; everything that changes while a statement runs is here or in the operators.
 */
public final class Frame {
  /** Set by every {@code evaluate…} call of {@link Expression}: whether its result is NULL. Read it before the next call. */
  public boolean isNull;

  /** The current row by slot; {@link NullRow} for the inner side of an outer join without a match. */
  public final Row[] rows;

  /** The literals of a digested text statement, or the parameters of a prepared one. */
  public final Value[] parameters;

  /** The statement's subqueries that are run while expressions are evaluated, by {@link SubqueryExpression#index}. */
  public final Subquery[] subqueries;

  public final StatementContext statement;

  /** What the text of a parameter was last read as, so that it is parsed once a statement and not once a row. */
  private long @Nullable [] readParameters;

  /** Of which kind {@link #readParameters} is: ordinal of the {@link TypeKind} plus 1, negative for NULL, 0 for nothing yet. */
  private byte @Nullable [] readKinds;

  /** Scratch of conversions between domains; nothing keeps it between two calls. */
  final NumberScan scan = new NumberScan();

  /** Scratch of conversions to dates and times, as {@link #scan}. */
  final TemporalResult temporal = new TemporalResult();

  /** The text of a parameter as a packed date or time. */
  long parameterTemporal(int index, Slice text, TypeKind kind) {
    return readParameter(index, text, kind);
  }

  double parameterDouble(int index, Slice text) {
    return Double.longBitsToDouble(readParameter(index, text, TypeKind.DOUBLE));
  }

  private long readParameter(int index, Slice text, TypeKind kind) {
    long[] values = readParameters;
    byte[] kinds = readKinds;
    if (values == null || kinds == null) {
      values = readParameters = new long[parameters.length];
      kinds = readKinds = new byte[parameters.length];
    }
    int code = kind.ordinal() + 1;
    if (Math.abs(kinds[index]) == code) {
      isNull = kinds[index] < 0;
      return values[index];
    }
    isNull = false;
    long v =
        kind == TypeKind.DOUBLE
            ? Double.doubleToRawLongBits(Conversion.textToDouble(text, this))
            : Conversion.textToTemporal(text, kind, this);
    values[index] = v;
    kinds[index] = (byte) (isNull ? -code : code);
    return v;
  }

  public Frame(int slots, Value[] parameters, int subqueryCount, StatementContext statement) {
    this.rows = new Row[slots];
    java.util.Arrays.fill(this.rows, NullRow.INSTANCE);
    this.parameters = parameters;
    this.subqueries = new Subquery[subqueryCount];
    this.statement = statement;
  }
}
