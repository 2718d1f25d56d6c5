package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink.Level;
import io.vaquita.expression.SqlMode;
import io.vaquita.parser.syntax.SessionStatement;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** SIGNAL, RESIGNAL and GET DIAGNOSTICS outside of stored programs. Confined to the session's thread. */
final class ConditionStatements {
  private static final int MESSAGE_CHARACTERS_MAX = 128;
  private static final int ITEM_CHARACTERS_MAX = 64;
  private static final int NUMBER_MAX = 65_535;

  private final EngineSession session;

  ConditionStatements(EngineSession session) {
    this.session = session;
  }

  /** Ends with the error, or with a warning when the SQLSTATE is one of class 01. */
  Result signal(SessionStatement.Signal signal) {
    if (signal.resignal()) {
      throw MySqlError.ER_RESIGNAL_WITHOUT_ACTIVE_HANDLER.exception();
    }
    String state = signal.sqlState() == null ? "45000" : signal.sqlState();
    if (state.startsWith("00")) {
      throw MySqlError.ER_SP_BAD_SQLSTATE.exception(state);
    }
    MySqlError usual =
        state.startsWith("01")
            ? MySqlError.ER_SIGNAL_WARN
            : state.startsWith("02")
                ? MySqlError.ER_SIGNAL_NOT_FOUND
                : MySqlError.ER_SIGNAL_EXCEPTION;
    Map<String, String> items = items(signal.items());
    String numberItem = items.remove("MYSQL_ERRNO");
    int number = numberItem == null ? usual.number() : Integer.parseInt(numberItem);
    String textItem = items.remove("MESSAGE_TEXT");
    String text = textItem == null ? usual.format() : textItem;
    items.putIfAbsent("CLASS_ORIGIN", "");
    items.putIfAbsent("SUBCLASS_ORIGIN", "");
    if (state.startsWith("01")) {
      session
          .diagnostics()
          .add(new Diagnostics.Condition(Level.WARNING, number, state, text, items));
      return session.runner().ok();
    }
    session.diagnostics().signal(items);
    throw new DatabaseException(number, state, text, null);
  }

  private Map<String, String> items(List<SessionStatement.SignalItem> given) {
    Map<String, String> items = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (SessionStatement.SignalItem item : given) {
      if (!seen.add(item.name())) {
        throw MySqlError.ER_DUP_SIGNAL_SET.exception(item.name());
      }
    }
    for (SessionStatement.SignalItem item : given) {
      Value value = session.evaluate(item.value());
      if (value.isNull()) {
        throw MySqlError.ER_WRONG_VALUE_FOR_VAR.exception(item.name(), "NULL");
      }
      items.put(item.name(), item(item.name(), value));
    }
    return items;
  }

  private String item(String name, Value value) {
    String text = VariableValues.text(value);
    if (name.equals("MYSQL_ERRNO")) {
      long number = VariableValues.wholeNumber(value);
      if (number <= 0 || number > NUMBER_MAX) {
        throw MySqlError.ER_WRONG_VALUE_FOR_VAR.exception(name, text);
      }
      return Long.toString(number);
    }
    int max = name.equals("MESSAGE_TEXT") ? MESSAGE_CHARACTERS_MAX : ITEM_CHARACTERS_MAX;
    if (text.codePointCount(0, text.length()) > max) {
      if (session.variables().isSet(SqlMode.STRICT_TRANS_TABLES)
          || session.variables().isSet(SqlMode.STRICT_ALL_TABLES)) {
        throw MySqlError.ER_COND_ITEM_TOO_LONG.exception(name);
      }
      session.context().warn(MySqlError.ER_COND_ITEM_TOO_LONG, name);
      return text.substring(0, text.offsetByCodePoints(0, max));
    }
    return text;
  }

  /** Leaves the diagnostics as they are; a condition that is not there is added to them as an error. */
  Result get(SessionStatement.GetDiagnostics get) {
    if (get.stacked()) {
      throw MySqlError.ER_GET_STACKED_DA_WITHOUT_ACTIVE_HANDLER.exception();
    }
    List<Diagnostics.Condition> conditions = List.copyOf(session.diagnostics().conditions());
    long rowCount = session.rowCount();
    if (get.condition() == null) {
      for (SessionStatement.DiagnosticsItem item : get.items()) {
        session
            .userVariables()
            .set(
                item.variable(),
                Value.of(item.item().equals("NUMBER") ? conditions.size() : rowCount));
      }
      return done(0);
    }
    Value number = session.evaluate(get.condition());
    long position = number.isNull() ? 0 : VariableValues.wholeNumber(number);
    if (position < 1 || position > conditions.size()) {
      session.diagnostics().error(MySqlError.ER_DA_INVALID_CONDITION_NUMBER.exception());
      return done(1);
    }
    Diagnostics.Condition condition = conditions.get((int) position - 1);
    for (SessionStatement.DiagnosticsItem item : get.items()) {
      session.userVariables().set(item.variable(), value(condition, item.item()));
    }
    return done(0);
  }

  /** The client is told of what the statement itself added. */
  private Result done(int added) {
    session.runner().ok();
    return new OkResult(0, 0, "", added);
  }

  private static Value value(Diagnostics.Condition condition, String item) {
    String set = condition.items().get(item);
    if (set != null) {
      return SystemVariables.text(set);
    }
    String state = condition.sqlState();
    boolean isStandard = "01234ABCDEFGH".indexOf(state.charAt(0)) >= 0;
    return switch (item) {
      case "MYSQL_ERRNO" -> Value.of(condition.number());
      case "RETURNED_SQLSTATE" -> SystemVariables.text(state);
      case "MESSAGE_TEXT" -> SystemVariables.text(condition.message());
      case "CLASS_ORIGIN" -> SystemVariables.text(isStandard ? "ISO 9075" : "MySQL");
      case "SUBCLASS_ORIGIN" ->
          SystemVariables.text(isStandard || state.endsWith("000") ? "ISO 9075" : "MySQL");
      default -> SystemVariables.text("");
    };
  }
}
