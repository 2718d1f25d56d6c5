package io.vaquita.session;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.SessionStatement;
import io.vaquita.parser.syntax.SetItem;
import io.vaquita.session.variable.NamedVariables;
import io.vaquita.session.variable.SystemVariable;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.transaction.IsolationLevel;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.CharacterSets;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.Value;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs SET: each assignment takes effect in turn. Confined to the session's thread. */
final class SetStatements {
  /** Taken from the global values when a connection begins, and then fixed for it. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("max_allowed_packet", "net_buffer_length", "max_user_connections");

  /** Options of the start that SET PERSIST_ONLY may keep for the next one; the other read-only variables are facts or places. */
  private static final Set<String> PERSISTABLE =
      Set.of(
          "back_log",
          "disabled_storage_engines",
          "ft_min_word_len",
          "ft_query_expansion_limit",
          "innodb_autoinc_lock_mode",
          "innodb_buffer_pool_instances",
          "innodb_flush_method",
          "innodb_ft_min_token_size",
          "innodb_rollback_on_timeout",
          "lower_case_table_names",
          "open_files_limit",
          "performance_schema",
          "skip_name_resolve",
          "skip_show_database",
          "thread_handling",
          "thread_stack");

  private final EngineSession session;

  SetStatements(EngineSession session) {
    this.session = session;
  }

  void run(SessionStatement.SetStatement statement) {
    for (SetItem item : statement.items()) {
      run(item);
    }
  }

  private void run(SetItem item) {
    switch (item) {
      case SetItem.UserVariable user ->
          session.userVariables().set(user.name(), session.evaluate(user.value()));
      case SetItem.SystemVariable system -> system(system);
      case SetItem.Names names -> names(names.characterSet(), names.collation());
      case SetItem.CharacterSet set -> characterSet(set.characterSet());
      case SetItem.Transaction transaction -> transaction(transaction);
    }
  }

  private void system(SetItem.SystemVariable item) {
    if (item.component() != null) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("component variable " + item.component());
    }
    SystemVariable variable = SystemVariables.find(item.name());
    if (variable == null) {
      throw MySqlError.ER_UNKNOWN_SYSTEM_VARIABLE.exception(item.name());
    }
    if (item.scope() == SetItem.Scope.PERSIST_ONLY) {
      persistOnly(variable, item.value());
      return;
    }
    boolean global = isGlobal(item.scope());
    checkScope(variable, item.scope());
    if (item.value() instanceof ExpressionSyntax.Default) {
      Value value = global ? variable.initial() : session.engine().globals().get(variable);
      assign(variable, global, value);
      if (variable.name().equals("max_join_size")) {
        assignBigSelects(variable, global);
      }
    } else {
      checkAndAssign(variable, global, session.evaluate(bareWord(item.value())));
    }
    if (item.scope() == SetItem.Scope.PERSIST) {
      persist(variable, session.engine().globals().get(variable));
    }
  }

  private void persist(SystemVariable variable, Value value) {
    session.engine().persisted().set(variable.name(), VariableValues.show(variable, value));
  }

  /** Keeps a value for the next start and leaves the present one. */
  private void persistOnly(SystemVariable variable, ExpressionSyntax value) {
    if (!variable.hasGlobal()) {
      throw MySqlError.ER_LOCAL_VARIABLE.exception(variable.name());
    }
    if (variable.readOnly() && !PERSISTABLE.contains(variable.name())) {
      throw MySqlError.ER_INCORRECT_GLOBAL_LOCAL_VAR.exception(
          variable.name(), "non persistent read only");
    }
    if (value instanceof ExpressionSyntax.Default) {
      persist(variable, variable.initial());
      return;
    }
    Value given = session.evaluate(bareWord(value));
    Value now = session.engine().globals().get(variable);
    persist(variable, VariableValues.convert(variable, given, now, (level, number, text) -> {}));
  }

  private static boolean isGlobal(SetItem.Scope scope) {
    return switch (scope) {
      case DEFAULT, SESSION -> false;
      case GLOBAL, PERSIST -> true;
      case PERSIST_ONLY -> throw new IllegalStateException("changes no value");
    };
  }

  private static void checkScope(SystemVariable variable, SetItem.Scope scope) {
    if (variable.readOnly()) {
      throw MySqlError.ER_INCORRECT_GLOBAL_LOCAL_VAR.exception(variable.name(), "read only");
    }
    boolean global = scope == SetItem.Scope.GLOBAL || scope == SetItem.Scope.PERSIST;
    if (global && !variable.hasGlobal()) {
      throw MySqlError.ER_LOCAL_VARIABLE.exception(variable.name());
    }
    if (!global && !variable.hasSession()) {
      throw MySqlError.ER_GLOBAL_VARIABLE.exception(variable.name());
    }
    if (!global && OF_THE_CONNECTION.contains(variable.name())) {
      throw MySqlError.ER_VARIABLE_IS_READONLY.exception("SESSION", variable.name(), "SET GLOBAL");
    }
  }

  /** {@code SET sql_mode = ansi}: a bare word stands for its name. */
  private static ExpressionSyntax bareWord(ExpressionSyntax value) {
    return value instanceof ExpressionSyntax.ColumnReference c
            && c.table() == null
            && c.schema() == null
        ? new ExpressionSyntax.StringLiteral(c.column(), null)
        : value;
  }

  private void checkAndAssign(SystemVariable variable, boolean global, Value given) {
    String name = variable.name();
    if (NamedVariables.includes(variable)) {
      assignNamed(variable, global, NamedVariables.check(variable, given));
    } else if (name.equals("last_insert_id") || name.equals("identity")) {
      session.setLastInsertId(VariableValues.wholeNumber(given));
    } else if (name.equals("timestamp")) {
      Value converted = VariableValues.convert(variable, given, session.diagnostics());
      session.fixTimestamp(converted instanceof Value.DoubleValue d ? d.value() : 0);
    } else {
      Value current =
          global ? session.engine().globals().get(variable) : session.variables().get(variable);
      assign(
          variable,
          global,
          VariableValues.convert(variable, given, current, session.diagnostics()));
      if (name.equals("max_join_size")) {
        assignBigSelects(variable, global);
      }
    }
  }

  /** Queries of any size are allowed again by the largest {@code max_join_size} only. */
  private void assignBigSelects(SystemVariable size, boolean global) {
    Value now = global ? session.engine().globals().get(size) : session.variables().get(size);
    boolean isLargest = VariableValues.wholeNumber(now) == -1;
    assign(SystemVariables.get("sql_big_selects"), global, Value.of(isLargest ? 1 : 0));
  }

  private void assignNamed(SystemVariable variable, boolean global, Value checked) {
    assign(variable, global, checked);
    NamedVariables.Assigned companion =
        NamedVariables.companion(variable, checked, usual(CharacterSet.UTF8MB4));
    if (companion != null) {
      assign(companion.variable(), global, companion.value());
    }
  }

  private void assign(SystemVariable variable, boolean global, Value value) {
    if (global) {
      session.engine().globals().set(variable, value);
      return;
    }
    boolean wasAutocommit = session.variables().autocommit();
    session.setVariable(variable, value);
    if (variable.name().equals("autocommit")
        && !wasAutocommit
        && session.variables().autocommit()) {
      session.transactions().commit();
    }
  }

  /** SET NAMES. */
  void names(@Nullable String characterSet, @Nullable String collation) {
    CharacterSet set = clientSet(characterSet);
    Collation chosen;
    if (collation == null) {
      chosen = usual(set);
    } else {
      Collation named = Collations.byName(collation);
      if (named == null) {
        throw MySqlError.ER_UNKNOWN_COLLATION.exception(collation);
      }
      if (!named.characterSet().name().equals(set.name())) {
        throw MySqlError.ER_COLLATION_CHARSET_MISMATCH.exception(named.name(), set.name());
      }
      chosen = named;
    }
    Value name = SystemVariables.text(set.name());
    session.setVariable(SystemVariables.get("character_set_client"), name);
    session.setVariable(SystemVariables.get("character_set_results"), name);
    session.setVariable(SystemVariables.get("character_set_connection"), name);
    session.setVariable(SystemVariables.get("collation_connection"), text(chosen));
  }

  /** SET CHARACTER SET: client and results; the connection gets the schema's. */
  private void characterSet(@Nullable String characterSet) {
    Value name = SystemVariables.text(clientSet(characterSet).name());
    session.setVariable(SystemVariables.get("character_set_client"), name);
    session.setVariable(SystemVariables.get("character_set_results"), name);
    session.setVariable(
        SystemVariables.get("character_set_connection"),
        session.systemValues().get(null, "character_set_database"));
    session.setVariable(
        SystemVariables.get("collation_connection"),
        session.systemValues().get(null, "collation_database"));
  }

  private CharacterSet clientSet(@Nullable String name) {
    String wanted =
        name == null ? session.engine().globals().getText("character_set_client") : name;
    CharacterSet set = CharacterSets.byName(wanted);
    if (set == null) {
      throw MySqlError.ER_UNKNOWN_CHARACTER_SET.exception(wanted);
    }
    if (!NamedVariables.isClientSet(set)) {
      throw MySqlError.ER_WRONG_VALUE_FOR_VAR.exception("character_set_client", set.name());
    }
    return set;
  }

  private Collation usual(CharacterSet set) {
    if (set.name().equals("utf8mb4")) {
      Collation utf8 =
          Collations.byName(session.variables().getText("default_collation_for_utf8mb4"));
      if (utf8 != null) {
        return utf8;
      }
    }
    return Collations.defaultFor(set);
  }

  private static Value text(Collation collation) {
    return SystemVariables.text(collation.name());
  }

  private void transaction(SetItem.Transaction item) {
    IsolationLevel isolation = null;
    for (IsolationLevel level : IsolationLevel.values()) {
      if (level.variableValue().equals(item.isolation())) {
        isolation = level;
      }
    }
    if (item.scope() == SetItem.Scope.DEFAULT) {
      session.transactions().setNext(isolation, item.readOnly());
      return;
    }
    boolean global = isGlobal(item.scope());
    if (isolation != null) {
      assign(
          SystemVariables.get("transaction_isolation"),
          global,
          SystemVariables.text(isolation.variableValue()));
    }
    if (item.readOnly() != null) {
      assign(
          SystemVariables.get("transaction_read_only"), global, Value.of(item.readOnly() ? 1 : 0));
    }
  }
}
