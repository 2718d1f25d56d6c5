package io.vaquita.expression;

import io.vaquita.value.Collation;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The session's settings that types, collations and operators of bound expressions hang on. Immutable; part of a cached plan's key.
 *
 * @param sqlMode the bits of {@link SqlMode}
 * @param connectionCollation of literals and of numbers turned to text
 * @param schema the current schema, for the message of error 1305
 * @param timeZone of the session, for constants that are converted while binding
 */
public record BindSettings(
    long sqlMode,
    Collation connectionCollation,
    int divPrecisionIncrement,
    long groupConcatMaxLength,
    long maxAllowedPacket,
    @Nullable String schema,
    ZoneId timeZone) {

  public static BindSettings of(StatementContext statement) {
    return new BindSettings(
        statement.sqlMode(),
        statement.connectionCollation(),
        statement.divPrecisionIncrement(),
        statement.groupConcatMaxLength(),
        statement.maxAllowedPacket(),
        statement.currentSchema(),
        statement.timeZone());
  }

  /** The same with another current schema. */
  public BindSettings withSchema(String other) {
    return new BindSettings(
        sqlMode,
        connectionCollation,
        divPrecisionIncrement,
        groupConcatMaxLength,
        maxAllowedPacket,
        other,
        timeZone);
  }

  public boolean isSet(SqlMode mode) {
    return mode.isSet(sqlMode);
  }
}
