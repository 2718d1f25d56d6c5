package io.vaquita.planner;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Literals;
import io.vaquita.expression.operator.Operators;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Encoding;
import io.vaquita.value.Slice;
import io.vaquita.value.SqlText;
import io.vaquita.value.Value;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Binds literals. Stateless. */
final class LiteralBinder {
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger LONG_MIN_MAGNITUDE = LONG_MAX.add(BigInteger.ONE);

  private LiteralBinder() {}

  static Expression bind(ExpressionSyntax.NullLiteral ignored, BindSettings settings) {
    return Literals.nullLiteral();
  }

  static Expression bind(ExpressionSyntax.BooleanLiteral literal, BindSettings settings) {
    return Literals.ofBoolean(literal.value());
  }

  static Expression bind(ExpressionSyntax.IntegerLiteral literal, BindSettings settings) {
    BigInteger value = literal.value();
    return value.compareTo(LONG_MAX) <= 0
        ? Literals.of(value.longValue())
        : Literals.of(Value.ofUnsigned(value.longValue()));
  }

  static Expression bind(ExpressionSyntax.DecimalLiteral literal, BindSettings settings) {
    return Literals.of(Value.of(literal.value()));
  }

  static Expression bind(ExpressionSyntax.DoubleLiteral literal, BindSettings settings) {
    return Literals.of(Value.of(literal.value()));
  }

  static Expression bind(ExpressionSyntax.StringLiteral literal, BindSettings settings) {
    String characterSet = literal.characterSet();
    Collation collation =
        characterSet == null
            ? settings.connectionCollation()
            : CharacterSetNames.defaultCollation(characterSet);
    // an introducer says what the bytes are that the client sent, it does not convert them
    Slice text = Slice.of(SqlText.encode(literal.value()));
    if (collation.equals(Collations.BINARY)) {
      return Literals.of(new Value.StringValue(text, collation));
    }
    return Literals.ofText(
        characterSet == null
            ? literal.value()
            : Encoding.decode(text, collation.characterSet()).toUtf8(),
        collation);
  }

  static Expression bind(ExpressionSyntax.BytesLiteral literal, BindSettings settings) {
    Expression bytes = Literals.ofHex(literal.value());
    String characterSet = literal.characterSet();
    return characterSet == null
        ? bytes
        : Operators.convertUsing(bytes, CharacterSetNames.characterSet(characterSet), settings);
  }

  static Expression bind(ExpressionSyntax.TemporalLiteral literal, BindSettings settings) {
    return TemporalLiterals.bind(literal, settings);
  }

  /** {@code -n} as one literal, so that the smallest BIGINT can be written; null when the operand is no number. */
  static @Nullable Expression negative(ExpressionSyntax operand) {
    return switch (operand) {
      case ExpressionSyntax.IntegerLiteral(BigInteger value)
          when value.compareTo(LONG_MIN_MAGNITUDE) <= 0 && value.signum() != 0 ->
          Literals.of(value.negate().longValue());
      case ExpressionSyntax.DecimalLiteral(var value) ->
          Literals.of(
              Value.of(value.negate()),
              DataType.decimal(
                  Math.max(Math.max(value.precision(), value.scale()), 1),
                  Math.max(value.scale(), 0),
                  false));
      case ExpressionSyntax.DoubleLiteral(double value) -> Literals.of(Value.of(-value));
      default -> null;
    };
  }
}
