package io.vaquita.parser.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands between the parentheses of CREATE TABLE, and after ADD of ALTER TABLE. Immutable. */
public sealed interface TableElement {

  /**
   * A column.
   *
   * @param nullable NULL is true, NOT NULL false, neither null
   * @param defaultValue null when there is no DEFAULT; a literal (may be negative: {@code Unary}), NOW(n) as a function call, or any
   *     expression when {@code defaultIsExpression}
   * @param defaultIsExpression DEFAULT (expr), in parentheses
   * @param onUpdateNow ON UPDATE CURRENT_TIMESTAMP: its fraction, or null without the clause
   * @param key PRIMARY or UNIQUE when the column says so, otherwise null
   * @param visible VISIBLE is true, INVISIBLE false, neither null
   * @param references an inline REFERENCES clause, which MySQL 8.4 reads and ignores
   * @param attributes COLUMN_FORMAT, STORAGE, SRID, ENGINE_ATTRIBUTE …
   */
  record Column(
      String name,
      TypeSyntax type,
      @Nullable Boolean nullable,
      @Nullable ExpressionSyntax defaultValue,
      boolean defaultIsExpression,
      @Nullable Integer onUpdateNow,
      boolean autoIncrement,
      @Nullable Generated generated,
      @Nullable KeyKind key,
      @Nullable String comment,
      @Nullable Boolean visible,
      List<Check> checks,
      @Nullable References references,
      List<TableOption> attributes)
      implements TableElement {}

  record Generated(ExpressionSyntax expression, boolean stored) {}

  /** Kinds of keys. */
  enum KeyKind {
    PRIMARY,
    UNIQUE,
    INDEX,
    FULLTEXT,
    SPATIAL
  }

  /**
   * PRIMARY KEY, UNIQUE, INDEX/KEY, FULLTEXT, SPATIAL; also what CREATE INDEX makes.
   *
   * @param constraint the name after CONSTRAINT, or null
   * @param name the index's own name, or null
   * @param options USING, KEY_BLOCK_SIZE, COMMENT, WITH PARSER, VISIBLE (YES or NO) …
   */
  record Key(
      KeyKind kind,
      @Nullable String constraint,
      @Nullable String name,
      List<KeyPart> parts,
      List<TableOption> options)
      implements TableElement {}

  /**
   * A key part is a column or, in parentheses, an expression: one of them is null.
   *
   * @param length of a prefix, 0 without
   */
  record KeyPart(
      @Nullable String column,
      @Nullable ExpressionSyntax expression,
      int length,
      boolean descending) {}

  record ForeignKey(
      @Nullable String constraint,
      @Nullable String indexName,
      List<String> columns,
      References references)
      implements TableElement {}

  /**
   * @param columns empty when none were named
   * @param match FULL, PARTIAL, SIMPLE or null
   * @param onDelete null when not given
   */
  record References(
      TableName table,
      List<String> columns,
      @Nullable String match,
      @Nullable ReferenceAction onDelete,
      @Nullable ReferenceAction onUpdate) {}

  /** ON DELETE and ON UPDATE. */
  enum ReferenceAction {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
  }

  /** CHECK (expr) [NOT ENFORCED], of a column or a table. */
  record Check(@Nullable String constraint, ExpressionSyntax condition, boolean enforced)
      implements TableElement {}
}
