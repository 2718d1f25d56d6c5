package io.vaquita.planner;

/** The part of a query block that an expression stands in, with MySQL's words for it in error messages. */
enum Clause {
  FIELD_LIST("field list", "SELECT list"),
  WHERE("where clause", "WHERE clause"),
  ON("on clause", "ON clause"),
  GROUP("group statement", "GROUP BY clause"),
  HAVING("having clause", "HAVING clause"),
  ORDER("order clause", "ORDER BY clause"),
  /** Arguments of JSON_TABLE. */
  TABLE_FUNCTION("a table function argument", "FROM clause"),
  WINDOW("window partition by", "WINDOW clause"),
  WINDOW_ORDER("window order by", "WINDOW clause"),
  /** DEFAULT (expr), generated columns, CHECK. */
  DEFINITION("generated column function", "");

  private final String text;
  private final String groupingText;

  Clause(String text, String groupingText) {
    this.text = text;
    this.groupingText = groupingText;
  }

  /** As in errors 1052 and 1054. */
  String text() {
    return text;
  }

  /** As in errors 1055 and 1140. */
  String groupingText() {
    return groupingText;
  }
}
