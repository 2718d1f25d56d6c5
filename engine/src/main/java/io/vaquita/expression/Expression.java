package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bound expression, evaluated by the type that is asked for, as MySQL's own items are, so that nothing is boxed on the way. An
 * expression answers every {@code evaluate…} method: when asked for another domain than its own it converts by MySQL's rules.
 * Immutable and shared between sessions: all state is in the {@link Frame}.
 *
 * <p>Every method sets {@link Frame#isNull}; a primitive result is 0 and an object result null when it is NULL.
 */
public abstract class Expression {
  private final DataType type;
  private final boolean nullable;

  protected Expression(DataType type, boolean nullable) {
    this.type = type;
    this.nullable = nullable;
  }

  public final DataType type() {
    return type;
  }

  /** Whether the result may be NULL; false is a promise. */
  public final boolean isNullable() {
    return nullable;
  }

  /** The 64 bits of an integer; unsigned where {@code type().unsigned()}. Converting a fraction rounds. */
  public abstract long evaluateLong(Frame frame);

  public abstract double evaluateDouble(Frame frame);

  public abstract @Nullable BigDecimal evaluateDecimal(Frame frame);

  /** The text in UTF-8, or raw bytes where the type is a byte string. */
  public abstract @Nullable Slice evaluateBytes(Frame frame);

  /**
   * A packed temporal of {@code kind} (DATE, TIME or DATETIME; see {@code value.temporal}), converted from whatever this is.
   */
  public abstract long evaluateTemporal(Frame frame, TypeKind kind);

  /** A JSON document in binary form. */
  public abstract @Nullable Slice evaluateJson(Frame frame);

  /** As MySQL tests a condition: not zero. NULL gives false with {@link Frame#isNull} set. */
  public abstract boolean evaluateBoolean(Frame frame);

  /** Boxed, in the expression's own domain. */
  public abstract Value evaluate(Frame frame);

  /** Direct operands, for walks over the tree; none, unless a class says otherwise. */
  public List<Expression> children() {
    return List.of();
  }

  /** The same node over other operands, in the order of {@link #children}. */
  public Expression withChildren(List<Expression> children) {
    return this;
  }

  /** The text that EXPLAIN and error messages show. */
  public abstract String describe();

  /** What a result hangs on besides the operands. */
  public enum Dependence {
    /** Nothing: equal operands give equal results for ever; may be folded while binding when all operands are constants. */
    OPERANDS,
    /** The statement: parameters, NOW(), USER(), system variables. Fixed while one statement runs. */
    STATEMENT,
    /** The current rows: columns and subqueries. */
    ROW,
    /** Each evaluation may differ or does something: RAND(), user variables, GET_LOCK(). */
    EVALUATION
  }

  /** Of this node alone; {@link Expressions} answers for whole trees. */
  public Dependence dependence() {
    return Dependence.OPERANDS;
  }

  /** How strongly this expression's collation counts (see {@link Coercibility}). */
  public int coercibility() {
    return switch (type.domain()) {
      case NULL -> Coercibility.IGNORABLE;
      case STRING -> Coercibility.COERCIBLE;
      case JSON -> Coercibility.IMPLICIT;
      default -> Coercibility.NUMERIC;
    };
  }

  @Override
  public String toString() {
    return describe();
  }
}
