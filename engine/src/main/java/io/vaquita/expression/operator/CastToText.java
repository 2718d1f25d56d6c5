package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.StringExpression;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.DataType;
import io.vaquita.value.Encoding;
import io.vaquita.value.Slice;
import io.vaquita.value.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CAST AS CHAR and CONVERT USING. Immutable. */
final class CastToText extends StringExpression {
  private final Expression operand;
  private final boolean limited;

  CastToText(Expression operand, DataType type, boolean limited) {
    super(type, true, Coercibility.IMPLICIT);
    this.operand = operand;
    this.limited = limited;
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    Slice v = operand.evaluateBytes(frame);
    if (v == null) {
      return null;
    }
    if (operand.type().isBinaryString()) {
      v = Encoding.decode(v, type().collation().characterSet());
      int malformed = Utf8.firstMalformed(v);
      if (malformed >= 0) {
        frame.statement.warn(
            MySqlError.ER_INVALID_CHARACTER_STRING,
            type().collation().characterSet().name(),
            hex(v, malformed));
        frame.isNull = true;
        return null;
      }
    } else if (!type().collation().characterSet().isUtf8()) {
      CharacterSet set = type().collation().characterSet();
      v = Encoding.decode(Encoding.encode(v, set), set);
    }
    int width = (int) type().length();
    if (limited && v.length() > width && Utf8.length(v) > width) {
      Conversion.truncated(frame.statement, "CHAR(" + width + ")", v.toUtf8());
      return Utf8.prefix(v, width);
    }
    return v;
  }

  /** Up to six bytes from the first bad one, as MySQL shows them. */
  private static String hex(Slice v, int from) {
    StringBuilder out = new StringBuilder();
    for (int i = from; i < Math.min(v.length(), from + 6); i++) {
      out.append(String.format("%02X", v.byteAt(i)));
    }
    return out.toString();
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new CastToText(children.getFirst(), type(), limited);
  }

  @Override
  public String describe() {
    return "cast("
        + operand.describe()
        + " as char"
        + (limited ? "(" + type().length() + ")" : "")
        + " charset "
        + type().collation().characterSet().name()
        + ")";
  }
}
