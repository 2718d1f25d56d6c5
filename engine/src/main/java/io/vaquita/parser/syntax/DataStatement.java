package io.vaquita.parser.syntax;

import io.vaquita.parser.syntax.QuerySyntax.Limit;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.QuerySyntax.With;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that read or change rows. Immutable. */
public sealed interface DataStatement extends StatementSyntax {

  record SelectStatement(QuerySyntax query) implements DataStatement {}

  record Assignment(ExpressionSyntax.ColumnReference column, ExpressionSyntax value) {}

  /**
   * INSERT and REPLACE. INSERT … SET has become columns and one row.
   *
   * @param columns empty when none were named
   * @param rows of VALUES; empty with {@code query}
   * @param rowAlias {@code AS new}, or null
   */
  record InsertStatement(
      HintedBlock block,
      boolean replace,
      boolean ignore,
      @Nullable String priority,
      TableName table,
      List<String> partitions,
      List<ExpressionSyntax.ColumnReference> columns,
      List<List<ExpressionSyntax>> rows,
      @Nullable QuerySyntax query,
      @Nullable String rowAlias,
      List<String> rowAliasColumns,
      List<Assignment> onDuplicateKeyUpdate)
      implements DataStatement {}

  /** Single- and multi-table UPDATE; ORDER BY and LIMIT only with one table. */
  record UpdateStatement(
      With with,
      HintedBlock block,
      boolean ignore,
      boolean lowPriority,
      TableReference table,
      List<Assignment> assignments,
      @Nullable ExpressionSyntax where,
      List<OrderItem> orderBy,
      @Nullable Limit limit)
      implements DataStatement {}

  /**
   * Single- and multi-table DELETE.
   *
   * @param targets the tables to delete from in the multi-table forms (names or aliases); empty in the single-table form
   */
  record DeleteStatement(
      With with,
      HintedBlock block,
      boolean ignore,
      boolean lowPriority,
      boolean quick,
      List<TableName> targets,
      TableReference from,
      @Nullable ExpressionSyntax where,
      List<OrderItem> orderBy,
      @Nullable Limit limit)
      implements DataStatement {}

  /**
   * LOAD DATA.
   *
   * @param onDuplicate REPLACE, IGNORE or null
   * @param targets column references and user variables; empty for all columns
   */
  record LoadDataStatement(
      boolean local,
      String file,
      @Nullable String onDuplicate,
      TableName table,
      List<String> partitions,
      FileFormat format,
      long ignoreLines,
      List<ExpressionSyntax> targets,
      List<Assignment> assignments)
      implements DataStatement {}

  /** DO expr, … */
  record DoStatement(List<ExpressionSyntax> expressions) implements DataStatement {}

  /**
   * EXPLAIN / DESCRIBE of a statement.
   *
   * @param format upper case: TRADITIONAL, JSON, TREE; null: what explain_format says
   * @param variable the user variable of INTO, or null
   * @param schema of FOR SCHEMA: what unqualified names are looked up in, or null
   */
  record ExplainStatement(
      StatementSyntax statement,
      @Nullable String format,
      boolean analyze,
      @Nullable String variable,
      @Nullable String schema)
      implements DataStatement {}

  /** EXPLAIN [FORMAT = …] FOR CONNECTION id. */
  record ExplainConnection(long id, @Nullable String format) implements DataStatement {}
}
