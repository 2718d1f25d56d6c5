package io.vaquita.parser.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands after FROM. Immutable. */
public sealed interface TableReference {

  record NamedTable(
      TableName name, @Nullable String alias, List<String> partitions, List<IndexHint> indexHints)
      implements TableReference {}

  /** USE / FORCE / IGNORE INDEX [FOR …]; {@code kind} upper case; no names: USE INDEX (). */
  record IndexHint(String kind, @Nullable String purpose, List<String> indexes) {}

  record DerivedTable(
      boolean lateral, QuerySyntax query, @Nullable String alias, List<String> columns)
      implements TableReference {}

  /** JSON_TABLE(expr, path COLUMNS (…)). */
  record JsonTable(ExpressionSyntax document, String path, List<JsonColumn> columns, String alias)
      implements TableReference {}

  /** A column of JSON_TABLE. */
  sealed interface JsonColumn {
    record Ordinality(String name) implements JsonColumn {}

    /** onEmpty and onError: "NULL", "ERROR" or "DEFAULT x" as a default's text. */
    record Path(
        String name,
        TypeSyntax type,
        boolean exists,
        String path,
        @Nullable String onEmpty,
        @Nullable String onError)
        implements JsonColumn {}

    record Nested(String path, List<JsonColumn> columns) implements JsonColumn {}
  }

  /** Join kinds; the comma is CROSS. */
  enum JoinKind {
    INNER,
    CROSS,
    LEFT,
    RIGHT,
    STRAIGHT
  }

  record Join(
      JoinKind kind,
      boolean natural,
      TableReference left,
      TableReference right,
      @Nullable ExpressionSyntax on,
      List<String> using)
      implements TableReference {}
}
