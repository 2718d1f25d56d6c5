package io.vaquita.introspection;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.parser.syntax.TableName;
import java.util.function.Consumer;

/** SCHEMATA, TABLES, VIEWS, PARTITIONS. Confined to one statement. */
final class SchemaRows {
  /** What MySQL shows for a small InnoDB table: one page. */
  private static final long PAGE_BYTES = 16384;

  private final ServerState state;
  private final RowFiller rows;

  SchemaRows(ServerState state, RowFiller rows) {
    this.state = state;
    this.rows = rows;
  }

  /** All relations that the statement may ask for. */
  void relations(Consumer<Relation> each) {
    for (SchemaDefinition schema : state.catalog().schemas()) {
      if (rows.wants("TABLE_SCHEMA", schema.name())) {
        for (Relation relation : state.catalog().relations(schema.name())) {
          if (rows.wants("TABLE_NAME", relation.name())) {
            each.accept(relation);
          }
        }
      }
    }
  }

  void schemata(String table) {
    for (SchemaDefinition schema : state.catalog().schemas()) {
      rows.begin().put("CATALOG_NAME", "def").put("SCHEMA_NAME", schema.name());
      if (table.equals("SCHEMATA")) {
        rows.put("DEFAULT_CHARACTER_SET_NAME", schema.collation().characterSet().name())
            .put("DEFAULT_COLLATION_NAME", schema.collation().name())
            .put("DEFAULT_ENCRYPTION", "NO");
      } else {
        rows.put("OPTIONS", "");
      }
      rows.end();
    }
  }

  void tables() {
    relations(
        relation -> {
          rows.begin()
              .put("TABLE_CATALOG", "def")
              .put("TABLE_SCHEMA", relation.schema())
              .put("TABLE_NAME", relation.name());
          switch (relation) {
            case TableDefinition table -> table(table);
            case ViewDefinition view -> rows.put("TABLE_TYPE", "VIEW").put("TABLE_COMMENT", "VIEW");
            case VirtualTable virtual ->
                rows.put("TABLE_TYPE", "SYSTEM VIEW")
                    .put("VERSION", 10)
                    .put("TABLE_ROWS", 0)
                    .put("TABLE_COMMENT", "");
          }
          rows.end();
        });
  }

  private void table(TableDefinition table) {
    long count = state.rowCount(table);
    long dataBytes = Math.max(PAGE_BYTES, count * averageRowBytes(table));
    rows.put("TABLE_TYPE", "BASE TABLE")
        .put("ENGINE", "InnoDB")
        .put("VERSION", 10)
        .put("ROW_FORMAT", "Dynamic")
        .put("TABLE_ROWS", count)
        .put("AVG_ROW_LENGTH", count == 0 ? 0 : dataBytes / count)
        .put("DATA_LENGTH", dataBytes)
        .put("MAX_DATA_LENGTH", 0)
        .put("INDEX_LENGTH", (table.indexes().size() - 1) * PAGE_BYTES)
        .put("DATA_FREE", 0)
        .put("CREATE_TIME", table.createdMicros())
        .put("TABLE_COLLATION", table.collation().name())
        .put("CREATE_OPTIONS", table.createOptions())
        .put("TABLE_COMMENT", table.comment());
    if (table.columns().stream().anyMatch(ColumnDefinition::autoIncrement)) {
      long next = state.nextAutoIncrement(table);
      rows.putNumber("AUTO_INCREMENT", Math.max(1, next));
    }
  }

  private static long averageRowBytes(TableDefinition table) {
    long bytes = 20;
    for (ColumnDefinition column : table.columns()) {
      bytes += Math.min(column.type().length(), 64);
    }
    return bytes;
  }

  void tablesExtensions() {
    relations(
        relation ->
            rows.begin()
                .put("TABLE_CATALOG", "def")
                .put("TABLE_SCHEMA", relation.schema())
                .put("TABLE_NAME", relation.name())
                .end());
  }

  void views() {
    relations(
        relation -> {
          if (relation instanceof ViewDefinition view) {
            rows.begin()
                .put("TABLE_CATALOG", "def")
                .put("TABLE_SCHEMA", view.schema())
                .put("TABLE_NAME", view.name())
                .put("VIEW_DEFINITION", view.sql())
                .put("CHECK_OPTION", view.checkOption())
                .put("IS_UPDATABLE", ViewShape.isUpdatable(view) ? "YES" : "NO")
                .put("DEFINER", view.definer())
                .put("SECURITY_TYPE", view.securityType())
                .put("CHARACTER_SET_CLIENT", view.characterSetClient())
                .put("COLLATION_CONNECTION", view.collationConnection())
                .end();
          }
        });
  }

  void viewTableUsage() {
    relations(
        relation -> {
          if (relation instanceof ViewDefinition view) {
            for (TableName table : ViewShape.tables(view)) {
              rows.begin()
                  .put("VIEW_CATALOG", "def")
                  .put("VIEW_SCHEMA", view.schema())
                  .put("VIEW_NAME", view.name())
                  .put("TABLE_CATALOG", "def")
                  .put("TABLE_SCHEMA", String.valueOf(table.schema()))
                  .put("TABLE_NAME", table.name())
                  .end();
            }
          }
        });
  }

  /** One row a table, as MySQL has for tables without partitions. */
  void partitions() {
    relations(
        relation -> {
          if (relation instanceof TableDefinition table) {
            long count = state.rowCount(table);
            long bytes = Math.max(PAGE_BYTES, count * averageRowBytes(table));
            rows.begin()
                .put("TABLE_CATALOG", "def")
                .put("TABLE_SCHEMA", table.schema())
                .put("TABLE_NAME", table.name())
                .put("TABLE_ROWS", count)
                .put("AVG_ROW_LENGTH", count == 0 ? 0 : bytes / count)
                .put("DATA_LENGTH", bytes)
                .put("MAX_DATA_LENGTH", 0)
                .put("INDEX_LENGTH", (table.indexes().size() - 1) * PAGE_BYTES)
                .put("DATA_FREE", 0)
                .put("CREATE_TIME", table.createdMicros())
                .put("PARTITION_COMMENT", "")
                .put("NODEGROUP", "")
                .end();
          }
        });
  }
}
