package io.vaquita.planner;

import io.vaquita.parser.Parser;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;

/** Parses SQL that the catalog keeps in canonical form: views, defaults, generated columns, CHECKs. Stateless. */
final class StoredSql {
  /** Canonical text means the same whatever the session's sql_mode. */
  private static final long CANONICAL_MODE = 0;

  private StoredSql() {}

  static QuerySyntax query(String sql) {
    return Parser.parseQuery(sql, CANONICAL_MODE);
  }

  static ExpressionSyntax expression(String sql) {
    return Parser.parseExpression(sql, CANONICAL_MODE);
  }
}
