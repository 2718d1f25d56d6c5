package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.SqlMode;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.LikeMatcher;
import io.vaquita.value.Slice;
import io.vaquita.value.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LIKE. A constant pattern is compiled once a statement. Immutable. */
public final class Like extends Condition {
  private final Expression operand;
  private final Expression pattern;
  private final @Nullable Expression escape;
  private final Collation collation;
  private final boolean negated;
  private final boolean isConstant;

  Like(
      Expression operand,
      Expression pattern,
      @Nullable Expression escape,
      Collation collation,
      boolean negated) {
    super(DataType.BOOLEAN, operand.isNullable() || pattern.isNullable());
    this.operand = operand;
    this.pattern = pattern;
    this.escape = escape;
    this.collation = collation;
    this.negated = negated;
    this.isConstant =
        Expressions.isStatementConstant(pattern)
            && (escape == null || Expressions.isStatementConstant(escape));
  }

  public Expression operand() {
    return operand;
  }

  public Expression pattern() {
    return pattern;
  }

  public Collation collation() {
    return collation;
  }

  public boolean isNegated() {
    return negated;
  }

  /** Whether the pattern is one for the whole statement, so that {@link #matcher} may be asked for index ranges. */
  public boolean hasConstantPattern() {
    return isConstant;
  }

  Like negate() {
    return new Like(operand, pattern, escape, collation, !negated);
  }

  /** The compiled pattern, or null when the pattern is NULL. */
  public @Nullable LikeMatcher matcher(Frame frame) {
    if (!isConstant) {
      return compile(frame);
    }
    Compiled compiled = frame.statement.state(this, () -> new Compiled(compile(frame)));
    return compiled.matcher();
  }

  private record Compiled(@Nullable LikeMatcher matcher) {}

  private @Nullable LikeMatcher compile(Frame frame) {
    Slice text = pattern.evaluateBytes(frame);
    return text == null ? null : new LikeMatcher(text, escapeCharacter(frame), collation);
  }

  private int escapeCharacter(Frame frame) {
    if (escape == null) {
      return SqlMode.NO_BACKSLASH_ESCAPES.isSet(frame.statement.sqlMode()) ? -1 : '\\';
    }
    Slice text = escape.evaluateBytes(frame);
    if (text == null) {
      return '\\';
    }
    if (text.length() == 0) {
      return -1;
    }
    if (Utf8.length(text) > 1) {
      throw MySqlError.ER_WRONG_ARGUMENTS.exception("ESCAPE");
    }
    return text.toUtf8().codePointAt(0);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    LikeMatcher matcher = matcher(frame);
    Slice text = operand.evaluateBytes(frame);
    if (text == null || matcher == null) {
      frame.isNull = true;
      return false;
    }
    return matcher.matches(text) != negated;
  }

  @Override
  public List<Expression> children() {
    List<Expression> all = new ArrayList<>(List.of(operand, pattern));
    if (escape != null) {
      all.add(escape);
    }
    return all;
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new Like(
        children.get(0),
        children.get(1),
        children.size() > 2 ? children.get(2) : null,
        collation,
        negated);
  }

  @Override
  public String describe() {
    return "("
        + operand.describe()
        + (negated ? " not like " : " like ")
        + pattern.describe()
        + (escape == null ? "" : " escape " + escape.describe())
        + ")";
  }
}
