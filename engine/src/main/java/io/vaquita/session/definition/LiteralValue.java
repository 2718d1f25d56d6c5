package io.vaquita.session.definition;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The value of a literal in the syntax tree, where only literals may stand (DEFAULT, options). Stateless. */
public final class LiteralValue {
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private LiteralValue() {}

  /** Null when {@code syntax} is no literal. Strings get {@code collation}. */
  public static @Nullable Value of(ExpressionSyntax syntax, Collation collation) {
    return switch (syntax) {
      case ExpressionSyntax.NullLiteral n -> Value.NullValue.NULL;
      case ExpressionSyntax.BooleanLiteral b -> Value.of(b.value() ? 1 : 0);
      case ExpressionSyntax.IntegerLiteral i ->
          new Value.LongValue(i.value().longValue(), i.value().compareTo(LONG_MAX) > 0);
      case ExpressionSyntax.DecimalLiteral d -> Value.of(d.value());
      case ExpressionSyntax.DoubleLiteral d -> Value.of(d.value());
      case ExpressionSyntax.StringLiteral s ->
          new Value.StringValue(Slice.utf8(s.value()), collation);
      case ExpressionSyntax.BytesLiteral b ->
          new Value.StringValue(Slice.of(b.value()), Collations.BINARY);
      case ExpressionSyntax.TemporalLiteral t ->
          new Value.StringValue(Slice.utf8(t.text()), collation);
      case ExpressionSyntax.Unary u -> signed(u, collation);
      default -> null;
    };
  }

  private static @Nullable Value signed(ExpressionSyntax.Unary unary, Collation collation) {
    Value operand = of(unary.operand(), collation);
    if (operand == null || unary.operator() == ExpressionSyntax.UnaryOperator.PLUS) {
      return operand;
    }
    if (unary.operator() != ExpressionSyntax.UnaryOperator.MINUS) {
      return null;
    }
    return switch (operand) {
      case Value.LongValue l when !l.unsigned() || l.value() == Long.MIN_VALUE ->
          Value.of(-l.value());
      case Value.LongValue l -> Value.of(new BigDecimal(Long.toUnsignedString(l.value())).negate());
      case Value.DecimalValue d -> Value.of(d.value().negate());
      case Value.DoubleValue d -> Value.of(-d.value());
      default -> null;
    };
  }
}
