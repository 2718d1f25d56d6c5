package io.vaquita.introspection;

import io.vaquita.catalog.CheckDefinition;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.ForeignKeyDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** STATISTICS and the tables of constraints. Confined to one statement. */
final class KeyRows {
  private final ServerState state;
  private final RowFiller rows;

  KeyRows(ServerState state, RowFiller rows) {
    this.state = state;
    this.rows = rows;
  }

  private void tables(Consumer<TableDefinition> each) {
    new SchemaRows(state, rows)
        .relations(
            relation -> {
              if (relation instanceof TableDefinition table) {
                each.accept(table);
              }
            });
  }

  void statistics() {
    tables(
        table -> {
          for (IndexDefinition index : table.indexes()) {
            for (int i = 0; i < index.parts().size(); i++) {
              statistics(table, index, i);
            }
          }
        });
  }

  private void statistics(TableDefinition table, IndexDefinition index, int i) {
    IndexDefinition.Part part = index.parts().get(i);
    ColumnDefinition column = table.columns().get(part.column());
    long count = state.rowCount(table);
    boolean last = i == index.parts().size() - 1;
    rows.begin()
        .put("TABLE_CATALOG", "def")
        .put("TABLE_SCHEMA", table.schema())
        .put("TABLE_NAME", table.name())
        .put("NON_UNIQUE", index.unique() ? 0 : 1)
        .put("INDEX_SCHEMA", table.schema())
        .put("INDEX_NAME", index.name())
        .put("SEQ_IN_INDEX", i + 1)
        .put("COLUMN_NAME", part.expression() == null ? column.name() : null)
        .put("COLLATION", part.descending() ? "D" : "A")
        .put(
            "CARDINALITY",
            index.unique() && last ? count : Math.max(count / 10, Math.min(count, 1)))
        .putNumber("SUB_PART", part.prefixLength() == 0 ? null : (long) part.prefixLength())
        .put("NULLABLE", column.nullable() ? "YES" : "")
        .put("INDEX_TYPE", "BTREE")
        .put("COMMENT", "")
        .put("INDEX_COMMENT", index.comment())
        .put("IS_VISIBLE", index.visible() ? "YES" : "NO")
        .put("EXPRESSION", part.expression())
        .end();
  }

  void keyColumnUsage() {
    tables(
        table -> {
          for (IndexDefinition index : table.indexes()) {
            if (index.unique()) {
              for (int i = 0; i < index.parts().size(); i++) {
                if (index.parts().get(i).expression() == null) {
                  usage(table, index.name(), index.parts().get(i).column(), i + 1).end();
                }
              }
            }
          }
          for (ForeignKeyDefinition key : table.foreignKeys()) {
            for (int i = 0; i < key.columns().size(); i++) {
              usage(table, key.name(), key.columns().get(i), i + 1)
                  .put("POSITION_IN_UNIQUE_CONSTRAINT", i + 1)
                  .put("REFERENCED_TABLE_SCHEMA", key.parentSchema())
                  .put("REFERENCED_TABLE_NAME", key.parentTable())
                  .put("REFERENCED_COLUMN_NAME", key.parentColumns().get(i))
                  .end();
            }
          }
        });
  }

  private RowFiller usage(TableDefinition table, String name, int column, int position) {
    return rows.begin()
        .put("CONSTRAINT_CATALOG", "def")
        .put("CONSTRAINT_SCHEMA", table.schema())
        .put("CONSTRAINT_NAME", name)
        .put("TABLE_CATALOG", "def")
        .put("TABLE_SCHEMA", table.schema())
        .put("TABLE_NAME", table.name())
        .put("COLUMN_NAME", table.columns().get(column).name())
        .put("ORDINAL_POSITION", position);
  }

  void tableConstraints(String wanted) {
    boolean whole = wanted.equals("TABLE_CONSTRAINTS");
    tables(
        table -> {
          for (IndexDefinition index : table.indexes()) {
            if (index.unique()) {
              constraint(
                  table, index.name(), index.primary() ? "PRIMARY KEY" : "UNIQUE", true, whole);
            }
          }
          for (ForeignKeyDefinition key : table.foreignKeys()) {
            constraint(table, key.name(), "FOREIGN KEY", true, whole);
          }
          for (CheckDefinition check : table.checks()) {
            constraint(table, check.name(), "CHECK", check.enforced(), whole);
          }
        });
  }

  private void constraint(
      TableDefinition table, String name, String type, boolean enforced, boolean whole) {
    rows.begin()
        .put("CONSTRAINT_CATALOG", "def")
        .put("CONSTRAINT_SCHEMA", table.schema())
        .put("CONSTRAINT_NAME", name)
        .put("TABLE_NAME", table.name());
    if (whole) {
      rows.put("TABLE_SCHEMA", table.schema())
          .put("CONSTRAINT_TYPE", type)
          .put("ENFORCED", enforced ? "YES" : "NO");
    }
    rows.end();
  }

  void referentialConstraints() {
    tables(
        table -> {
          for (ForeignKeyDefinition key : table.foreignKeys()) {
            rows.begin()
                .put("CONSTRAINT_CATALOG", "def")
                .put("CONSTRAINT_SCHEMA", table.schema())
                .put("CONSTRAINT_NAME", key.name())
                .put("UNIQUE_CONSTRAINT_CATALOG", "def")
                .put("UNIQUE_CONSTRAINT_SCHEMA", key.parentSchema())
                .put("UNIQUE_CONSTRAINT_NAME", parentKey(key))
                .put("MATCH_OPTION", "NONE")
                .put("UPDATE_RULE", key.onUpdate().name().replace('_', ' '))
                .put("DELETE_RULE", key.onDelete().name().replace('_', ' '))
                .put("TABLE_NAME", table.name())
                .put("REFERENCED_TABLE_NAME", key.parentTable())
                .end();
          }
        });
  }

  private @Nullable String parentKey(ForeignKeyDefinition key) {
    Relation relation = state.catalog().relation(key.parentSchema(), key.parentTable());
    if (relation instanceof TableDefinition parent) {
      for (IndexDefinition index : parent.indexes()) {
        boolean same =
            index.unique()
                && index.parts().stream()
                    .map(p -> parent.columns().get(p.column()).name().toLowerCase(Locale.ROOT))
                    .toList()
                    .equals(
                        key.parentColumns().stream().map(c -> c.toLowerCase(Locale.ROOT)).toList());
        if (same) {
          return index.name();
        }
      }
    }
    return null;
  }

  void checkConstraints() {
    for (var schema : state.catalog().schemas()) {
      for (Relation relation : state.catalog().relations(schema.name())) {
        if (relation instanceof TableDefinition table) {
          for (CheckDefinition check : table.checks()) {
            rows.begin()
                .put("CONSTRAINT_CATALOG", "def")
                .put("CONSTRAINT_SCHEMA", table.schema())
                .put("CONSTRAINT_NAME", check.name())
                .put("CHECK_CLAUSE", DefaultText.escaped(check.sql()))
                .end();
          }
        }
      }
    }
  }
}
