package io.vaquita.session.variable;

import io.vaquita.expression.SqlMode;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.Value;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The session values of all system variables, with the ones that statements ask for all the time kept unpacked. Confined to the
 * session's thread. Shares the global array until the first SET, so that an idle session costs one reference.
 */
public final class SessionVariables {
  private final GlobalVariables global;
  private Value[] values;
  private boolean owned;

  private long sqlMode;
  private ZoneId timeZone = ZoneOffset.UTC;
  private Collation connectionCollation = Collations.BINARY;
  private boolean autocommit;
  private boolean guarded;
  private long longQueryMicros;

  public SessionVariables(GlobalVariables global) {
    this.global = global;
    this.values = global.shared();
    unpack();
  }

  /** Back to the global values: COM_RESET_CONNECTION. */
  public void reset() {
    values = global.shared();
    owned = false;
    unpack();
  }

  public Value get(SystemVariable variable) {
    return variable.hasSession() ? values[variable.index()] : global.get(variable);
  }

  public Value get(String name) {
    return get(SystemVariables.get(name));
  }

  public long getLong(String name) {
    return VariableValues.wholeNumber(get(name));
  }

  public String getText(String name) {
    return VariableValues.text(get(name));
  }

  public boolean isOn(String name) {
    return getLong(name) != 0;
  }

  /** Sets a value that has been converted. */
  public void set(SystemVariable variable, Value value) {
    if (!owned) {
      values = values.clone();
      owned = true;
    }
    values[variable.index()] = value;
    switch (variable.name()) {
      case "sql_mode",
          "time_zone",
          "collation_connection",
          "autocommit",
          "long_query_time",
          "sql_select_limit",
          "sql_safe_updates",
          "sql_big_selects" ->
          unpack();
      default -> {}
    }
  }

  public void set(String name, Value value) {
    set(SystemVariables.get(name), value);
  }

  /** The bits of {@link SqlMode}. */
  public long sqlMode() {
    return sqlMode;
  }

  public boolean isSet(SqlMode mode) {
    return mode.isSet(sqlMode);
  }

  public ZoneId timeZone() {
    return timeZone;
  }

  public Collation connectionCollation() {
    return connectionCollation;
  }

  public boolean autocommit() {
    return autocommit;
  }

  /** {@code long_query_time}: statements that take longer are slow ones. */
  public long longQueryMicros() {
    return longQueryMicros;
  }

  /** Whether statements are to be held within limits that no shared plan knows of. */
  public boolean isGuarded() {
    return guarded;
  }

  private void unpack() {
    longQueryMicros =
        get("long_query_time") instanceof Value.DoubleValue d
            ? (long) (d.value() * 1_000_000)
            : Long.MAX_VALUE;
    guarded =
        getLong("sql_select_limit") != -1 || isOn("sql_safe_updates") || !isOn("sql_big_selects");
    sqlMode = VariableValues.sqlMode(get("sql_mode"));
    timeZone = Objects.requireNonNullElse(zone(getText("time_zone")), ZoneId.systemDefault());
    Collation collation = Collations.byName(getText("collation_connection"));
    connectionCollation = collation == null ? Collations.BINARY : collation;
    autocommit = getLong("autocommit") != 0;
  }

  /** The zone of a {@code time_zone} value: SYSTEM, an offset such as {@code +05:30}, or a name; null when there is none. */
  public static @Nullable ZoneId zone(String text) {
    if (text.equalsIgnoreCase("SYSTEM")) {
      return ZoneId.systemDefault();
    }
    try {
      if (text.startsWith("+") || text.startsWith("-")) {
        return offset(text);
      }
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable ZoneId offset(String text) {
    int colon = text.indexOf(':');
    if (colon < 2 || colon > 3 || text.length() != colon + 3) {
      return null;
    }
    try {
      int hours = Integer.parseInt(text.substring(1, colon));
      int minutes = Integer.parseInt(text.substring(colon + 1));
      int total = (hours * 60 + minutes) * (text.charAt(0) == '-' ? -1 : 1);
      // MySQL: -13:59 to +14:00
      if (minutes > 59 || total < -(13 * 60 + 59) || total > 14 * 60) {
        return null;
      }
      return ZoneOffset.ofTotalSeconds(total * 60);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
