package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Literals;
import io.vaquita.parser.syntax.ExpressionSyntax.TemporalLiteral;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.DateTimeParser;
import io.vaquita.value.temporal.TemporalResult;
import io.vaquita.value.temporal.TimeParser;

/** Binds {@code DATE '…'}, {@code TIME '…'} and {@code TIMESTAMP '…'}. Stateless. */
final class TemporalLiterals {
  private TemporalLiterals() {}

  /** 1525 when the text is no such value. */
  static Expression bind(TemporalLiteral literal, BindSettings settings) {
    TemporalResult result = new TemporalResult();
    Slice text = Slice.utf8(literal.text().strip());
    int flags = DateFlags.ofSqlMode(settings.sqlMode());
    TypeKind kind =
        switch (literal.kind()) {
          case "DATE" -> TypeKind.DATE;
          case "TIME" -> TypeKind.TIME;
          default -> TypeKind.DATETIME;
        };
    if (kind == TypeKind.TIME) {
      TimeParser.parse(text, flags, settings.timeZone(), result);
    } else {
      DateTimeParser.parse(text, flags, settings.timeZone(), result);
    }
    if (result.isDamaged() || result.kind != kind) {
      throw MySqlError.ER_WRONG_VALUE.exception(kind.name(), literal.text());
    }
    int decimals = result.decimals;
    DataType type =
        switch (kind) {
          case DATE -> DataType.DATE;
          case TIME -> DataType.time(decimals);
          default -> DataType.datetime(decimals);
        };
    return Literals.of(new Value.TemporalValue(kind, result.packed, decimals), type);
  }
}
