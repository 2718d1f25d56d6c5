package io.vaquita.session.definition;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.SyntaxPrinter;
import io.vaquita.parser.syntax.ExpressionSyntax;
import java.util.Set;

/**
 * Which functions a table's definition may call: rows must not hang on who looks at them, when, or in which order. Stateless. The sets
 * are those of MySQL.
 */
final class StoredFunctions {
  /** Refused everywhere: what depends on the session or the server, or does something. */
  private static final Set<String> REFUSED =
      Set.of(
          "benchmark",
          "found_rows",
          "get_lock",
          "icu_version",
          "is_free_lock",
          "is_used_lock",
          "last_insert_id",
          "load_file",
          "master_pos_wait",
          "release_all_locks",
          "release_lock",
          "row_count",
          "sleep",
          "source_pos_wait",
          "vaquita_lock_token",
          "version");

  /** A default may call these: it is computed once. */
  private static final Set<String> DEFAULTS_ONLY =
      Set.of(
          "connection_id",
          "curdate",
          "current_date",
          "current_role",
          "current_time",
          "current_timestamp",
          "current_user",
          "curtime",
          "database",
          "localtime",
          "localtimestamp",
          "now",
          "rand",
          "roles_graphml",
          "schema",
          "session_user",
          "system_user",
          "unix_timestamp",
          "user",
          "utc_date",
          "utc_time",
          "utc_timestamp",
          "uuid",
          "uuid_short");

  /** Refused in generated columns, allowed in checks: as in MySQL, odd as it is. */
  private static final Set<String> CHECKS_TOO =
      Set.of("random_bytes", "statement_digest", "statement_digest_text", "sysdate");

  private StoredFunctions() {}

  static void checkGenerated(String column, ExpressionSyntax expression) {
    for (String function : SyntaxPrinter.functionsOf(expression)) {
      if (REFUSED.contains(function)
          || DEFAULTS_ONLY.contains(function)
          || CHECKS_TOO.contains(function)) {
        throw MySqlError.ER_GENERATED_COLUMN_NAMED_FUNCTION_IS_NOT_ALLOWED.exception(
            column, function);
      }
    }
  }

  static void checkDefault(String column, ExpressionSyntax expression) {
    for (String function : SyntaxPrinter.functionsOf(expression)) {
      if (REFUSED.contains(function)) {
        throw MySqlError.ER_DEFAULT_VAL_GENERATED_NAMED_FUNCTION_IS_NOT_ALLOWED.exception(
            column, function);
      }
    }
  }

  static void checkCondition(String constraint, ExpressionSyntax expression) {
    for (String function : SyntaxPrinter.functionsOf(expression)) {
      if (REFUSED.contains(function) || DEFAULTS_ONLY.contains(function)) {
        throw MySqlError.ER_CHECK_CONSTRAINT_NAMED_FUNCTION_IS_NOT_ALLOWED.exception(
            constraint, function);
      }
    }
  }
}
