package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;

/** Parses SQL that the catalog keeps in canonical form: views, defaults, generated columns, CHECKs. Stateless. */
@SuppressWarnings("DoNotCallSuggester")
final class StoredSql {
  private StoredSql() {}

  static QuerySyntax query(String sql, PlannerContext context) {
    throw MySqlError.ER_NOT_SUPPORTED_YET.exception(sql + context);
  }

  static ExpressionSyntax expression(String sql, PlannerContext context) {
    throw MySqlError.ER_NOT_SUPPORTED_YET.exception(sql + context);
  }
}
