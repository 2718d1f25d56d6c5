package io.vaquita.parser.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements about tables and their indexes. Immutable. */
public sealed interface TableStatement extends DefinitionStatement {

  /** What CREATE TABLE … SELECT does with a row whose key is there already. */
  enum DuplicateHandling {
    ERROR,
    IGNORE,
    REPLACE
  }

  /**
   * @param partitioning the text of PARTITION BY …, or null
   * @param query AS SELECT, or null
   */
  record CreateTable(
      boolean temporary,
      boolean ifNotExists,
      TableName name,
      List<TableElement> elements,
      List<TableOption> options,
      @Nullable String partitioning,
      DuplicateHandling duplicates,
      @Nullable QuerySyntax query)
      implements TableStatement {}

  record CreateTableLike(boolean temporary, boolean ifNotExists, TableName name, TableName original)
      implements TableStatement {}

  /**
   * @param actions in the order of the text; several at once are one change
   * @param algorithm DEFAULT, INSTANT, INPLACE, COPY or null
   * @param lock DEFAULT, NONE, SHARED, EXCLUSIVE or null
   */
  record AlterTable(
      TableName name,
      List<AlterTableAction> actions,
      @Nullable String algorithm,
      @Nullable String lock)
      implements TableStatement {}

  /** RESTRICT and CASCADE mean nothing in MySQL and are not kept. */
  record DropTables(boolean temporary, boolean ifExists, List<TableName> names)
      implements TableStatement {}

  record Rename(TableName from, TableName to) {}

  record RenameTables(List<Rename> renames) implements TableStatement {}

  record TruncateTable(TableName name) implements TableStatement {}

  record CreateIndex(
      TableName table, TableElement.Key key, @Nullable String algorithm, @Nullable String lock)
      implements TableStatement {}

  record DropIndex(TableName table, String name, @Nullable String algorithm, @Nullable String lock)
      implements TableStatement {}

  /** ANALYZE, CHECK, OPTIMIZE, REPAIR, CHECKSUM TABLE. */
  enum MaintenanceKind {
    ANALYZE,
    CHECK,
    OPTIMIZE,
    REPAIR,
    CHECKSUM
  }

  /**
   * @param options upper case: QUICK, EXTENDED, FOR UPGRADE, LOCAL, UPDATE HISTOGRAM, DROP HISTOGRAM …
   * @param histogramColumns of ANALYZE TABLE … UPDATE/DROP HISTOGRAM ON
   */
  record MaintainTables(
      MaintenanceKind kind,
      List<TableName> tables,
      List<String> options,
      List<String> histogramColumns)
      implements TableStatement {}
}
