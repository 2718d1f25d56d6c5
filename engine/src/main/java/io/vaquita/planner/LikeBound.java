package io.vaquita.planner;

import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.StringExpression;
import io.vaquita.expression.operator.Like;
import io.vaquita.value.DataType;
import io.vaquita.value.LikeMatcher;
import io.vaquita.value.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The least or greatest string that can match a LIKE pattern: the pattern's literal beginning, filled up with the character that
 * sorts first or last. Immutable.
 */
final class LikeBound extends StringExpression {
  private static final int FILLED = 3;

  /** U+10FFFF: sorts after all assigned characters, and as bytes too. */
  private static final byte[] LAST = {(byte) 0xF4, (byte) 0x8F, (byte) 0xBF, (byte) 0xBF};

  private static final byte[] LAST_BYTE = {(byte) 0xFF};
  private static final byte[] FIRST = {0};

  private final Like like;
  private final boolean isHigh;

  LikeBound(Like like, DataType type, boolean isHigh) {
    super(type, true, Coercibility.COERCIBLE);
    this.like = like;
    this.isHigh = isHigh;
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    LikeMatcher matcher = like.matcher(frame);
    if (matcher == null) {
      frame.isNull = true;
      return null;
    }
    frame.isNull = false;
    Slice prefix = matcher.literalPrefix();
    if (matcher.isLiteral() || !isHigh && !type().collation().isPadSpace()) {
      return prefix;
    }
    byte[] fill = isHigh ? type().isBinaryString() ? LAST_BYTE : LAST : FIRST;
    int length = prefix.length();
    byte[] bound = new byte[length + FILLED * fill.length];
    System.arraycopy(prefix.array(), prefix.offset(), bound, 0, length);
    for (int i = 0; i < FILLED; i++) {
      System.arraycopy(fill, 0, bound, length + i * fill.length, fill.length);
    }
    return Slice.of(bound);
  }

  @Override
  public Dependence dependence() {
    return Dependence.STATEMENT;
  }

  @Override
  public List<Expression> children() {
    return List.of(like.pattern());
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return this;
  }

  @Override
  public String describe() {
    return (isHigh ? "last of " : "first of ") + like.pattern().describe();
  }
}
