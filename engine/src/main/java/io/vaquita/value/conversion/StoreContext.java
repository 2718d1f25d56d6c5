package io.vaquita.value.conversion;

import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.value.number.NumberScan;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.TemporalResult;
import java.time.ZoneId;

/** The statement that stores values: how strict it is, where its warnings go, which row it is at. Confined to its thread. */
public final class StoreContext {
  private final WarningSink warnings;
  private final boolean strict;
  private final boolean nullAsDefault;
  private final long sqlMode;
  private final ZoneId timeZone;
  private final long currentDate;

  /** The row's number in the statement, from 1, that errors name. */
  public long row = 1;

  final NumberScan scan = new NumberScan();
  final TemporalResult temporal = new TemporalResult();

  /**
   * @param strict strict mode without IGNORE: bad values are errors
   * @param nullAsDefault NULL for a NOT NULL column becomes the type's implicit default with warning 1048, as in multi-row INSERT and
   *     UPDATE without strict mode and with IGNORE
   * @param sqlMode the session's bits
   * @param currentDate today's packed DATE, which a TIME gets as its day
   */
  public StoreContext(
      WarningSink warnings,
      boolean strict,
      boolean nullAsDefault,
      long sqlMode,
      ZoneId timeZone,
      long currentDate) {
    this.warnings = warnings;
    this.strict = strict;
    this.nullAsDefault = nullAsDefault;
    this.sqlMode = sqlMode;
    this.timeZone = timeZone;
    this.currentDate = currentDate;
  }

  /** Ends the statement in strict mode, otherwise warns. */
  void complain(MySqlError error, Object... arguments) {
    if (strict) {
      throw error.exception(arguments);
    }
    warnings.warn(error, arguments);
  }

  void note(int number, String message) {
    warnings.warn(WarningSink.Level.NOTE, number, message);
  }

  void warn(MySqlError error, Object... arguments) {
    warnings.warn(error, arguments);
  }

  void note(MySqlError error, Object... arguments) {
    warnings.note(error, arguments);
  }

  public boolean isStrict() {
    return strict;
  }

  boolean isNullAsDefault() {
    return nullAsDefault;
  }

  public ZoneId timeZone() {
    return timeZone;
  }

  long currentDate() {
    return currentDate;
  }

  int dateFlags() {
    return DateFlags.ofSqlMode(sqlMode);
  }
}
