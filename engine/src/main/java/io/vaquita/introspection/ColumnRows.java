package io.vaquita.introspection;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.TypeNames;
import java.util.List;

/** COLUMNS. Confined to one statement. */
final class ColumnRows {
  private final ServerState state;
  private final RowFiller rows;

  ColumnRows(ServerState state, RowFiller rows) {
    this.state = state;
    this.rows = rows;
  }

  void columns(String table) {
    new SchemaRows(state, rows)
        .relations(
            relation -> {
              switch (relation) {
                case TableDefinition t -> columns(table, t, t.columns());
                case VirtualTable v -> columns(table, v, v.columns());
                case ViewDefinition v -> columns(table, v, state.viewColumns(v));
              }
            });
  }

  private void columns(String table, Relation relation, List<ColumnDefinition> columns) {
    for (ColumnDefinition column : columns) {
      if (column.isHidden() || !rows.wants("COLUMN_NAME", column.name())) {
        continue;
      }
      rows.begin()
          .put("TABLE_CATALOG", "def")
          .put("TABLE_SCHEMA", relation.schema())
          .put("TABLE_NAME", relation.name())
          .put("COLUMN_NAME", column.name());
      if (table.equals("COLUMNS")) {
        column(relation, column);
      }
      rows.end();
    }
  }

  private void column(Relation relation, ColumnDefinition column) {
    DataType type = column.type();
    rows.put("ORDINAL_POSITION", column.ordinal() + 1)
        .put("COLUMN_DEFAULT", DefaultText.of(column))
        .put("IS_NULLABLE", column.nullable() ? "YES" : "NO")
        .put("DATA_TYPE", TypeNames.dataType(type))
        .put("COLUMN_TYPE", TypeNames.columnType(type))
        .put("COLUMN_KEY", relation instanceof TableDefinition table ? key(table, column) : "")
        .put("EXTRA", DefaultText.extra(column))
        .put("PRIVILEGES", "select,insert,update,references")
        .put("COLUMN_COMMENT", column.comment())
        .put(
            "GENERATION_EXPRESSION",
            column.generated() == null ? "" : DefaultText.escaped(column.generated().sql()));
    sizes(type);
  }

  private void sizes(DataType type) {
    switch (type.domain()) {
      case STRING -> {
        boolean binary = type.isBinaryString();
        int width = type.collation().characterSet().bytesPerCharacterMax();
        boolean lob = type.kind().isLob();
        rows.put("CHARACTER_MAXIMUM_LENGTH", type.length())
            .put("CHARACTER_OCTET_LENGTH", binary || lob ? type.length() : type.length() * width);
        if (!binary) {
          rows.put("CHARACTER_SET_NAME", type.collation().characterSet().name())
              .put("COLLATION_NAME", type.collation().name());
        }
      }
      case INTEGER -> {
        if (type.kind() == TypeKind.BIT) {
          rows.put("NUMERIC_PRECISION", type.length());
        } else if (type.kind() != TypeKind.YEAR) {
          rows.put("NUMERIC_PRECISION", precision(type)).put("NUMERIC_SCALE", 0);
        }
      }
      case DECIMAL ->
          rows.put("NUMERIC_PRECISION", type.length()).put("NUMERIC_SCALE", type.decimals());
      case DOUBLE -> {
        rows.put("NUMERIC_PRECISION", type.length());
        if (type.decimals() != DataType.NOT_FIXED) {
          rows.put("NUMERIC_SCALE", type.decimals());
        }
      }
      case TEMPORAL -> {
        if (type.kind() != TypeKind.DATE) {
          rows.put("DATETIME_PRECISION", type.decimals());
        }
      }
      case JSON, NULL -> {}
    }
  }

  private static int precision(DataType type) {
    return switch (type.kind()) {
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case MEDIUMINT -> 7;
      case INT -> 10;
      default -> type.unsigned() ? 20 : 19;
    };
  }

  /** PRI, UNI, MUL or nothing, as SHOW COLUMNS has it. */
  static String key(TableDefinition table, ColumnDefinition column) {
    String key = "";
    for (IndexDefinition index : table.indexes()) {
      for (int i = 0; i < index.parts().size(); i++) {
        if (index.parts().get(i).column() != column.ordinal()) {
          continue;
        }
        if (index.primary()) {
          return "PRI";
        }
        if (i == 0) {
          boolean unique = index.unique() && index.parts().size() == 1;
          key = unique ? "UNI" : key.isEmpty() ? "MUL" : key;
        }
      }
    }
    return key;
  }
}
