package io.vaquita.session.definition;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.ForeignKeyDefinition.Action;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether a foreign key may be: parent, columns, types, indexes (MySQL manual, "FOREIGN KEY Constraints"). Stateless. */
final class ForeignKeyCheck {
  private ForeignKeyCheck() {}

  /**
   * @throws io.vaquita.error.DatabaseException 1824, 3734, 3780, 1822, 6125, 1215
   */
  static void check(TableDraft.ForeignKey key, TableDraft child, CatalogSnapshot catalog) {
    boolean self = key.parentSchema().equals(child.schema) && key.parentTable().equals(child.name);
    List<ColumnDefinition> parentColumns = new ArrayList<>();
    List<List<String>> uniqueKeys = new ArrayList<>();
    List<List<String>> keys = new ArrayList<>();
    if (self) {
      for (String name : key.parentColumns()) {
        TableDraft.Column column = child.column(name);
        if (column == null) {
          throw MySqlError.ER_FK_NO_COLUMN_PARENT.exception(name, key.name(), key.parentTable());
        }
        parentColumns.add(column.definition());
      }
      for (TableDraft.Index index : child.indexes) {
        List<String> names = index.parts().stream().map(TableDraft.Part::column).toList();
        (index.unique() ? uniqueKeys : keys).add(names);
      }
    } else {
      if (!(catalog.relation(key.parentSchema(), key.parentTable())
          instanceof TableDefinition parent)) {
        throw MySqlError.ER_FK_CANNOT_OPEN_PARENT.exception(key.parentTable());
      }
      for (String name : key.parentColumns()) {
        ColumnDefinition column = parent.column(name);
        if (column == null) {
          throw MySqlError.ER_FK_NO_COLUMN_PARENT.exception(name, key.name(), key.parentTable());
        }
        parentColumns.add(column);
      }
      for (IndexDefinition index : parent.indexes()) {
        List<String> names =
            index.parts().stream().map(p -> parent.columns().get(p.column()).name()).toList();
        (index.unique() ? uniqueKeys : keys).add(names);
      }
    }
    checkColumns(key, child, parentColumns);
    checkParentKey(key, uniqueKeys, keys);
  }

  private static void checkColumns(
      TableDraft.ForeignKey key, TableDraft child, List<ColumnDefinition> parentColumns) {
    for (int i = 0; i < parentColumns.size(); i++) {
      ColumnDefinition column =
          Objects.requireNonNull(child.column(key.columns().get(i))).definition();
      if (!compatible(column.type(), parentColumns.get(i).type())) {
        throw MySqlError.ER_FK_INCOMPATIBLE_COLUMNS.exception(
            column.name(), parentColumns.get(i).name(), key.name());
      }
      boolean setsNull = key.onDelete() == Action.SET_NULL || key.onUpdate() == Action.SET_NULL;
      if (setsNull && !column.nullable()) {
        throw MySqlError.ER_FK_COLUMN_NOT_NULL.exception(column.name(), key.name());
      }
    }
  }

  private static void checkParentKey(
      TableDraft.ForeignKey key, List<List<String>> uniqueKeys, List<List<String>> keys) {
    if (uniqueKeys.stream()
        .anyMatch(u -> u.size() == key.parentColumns().size() && begins(u, key.parentColumns()))) {
      return;
    }
    boolean indexed =
        uniqueKeys.stream().anyMatch(k -> begins(k, key.parentColumns()))
            || keys.stream().anyMatch(k -> begins(k, key.parentColumns()));
    if (indexed) {
      throw MySqlError.ER_FK_NO_UNIQUE_INDEX_PARENT.exception(key.name(), key.parentTable());
    }
    throw MySqlError.ER_FK_NO_INDEX_PARENT.exception(key.name(), key.parentTable());
  }

  private static boolean begins(List<String> index, List<String> columns) {
    if (index.size() < columns.size()) {
      return false;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (!index.get(i).equalsIgnoreCase(columns.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Same kind and sign for integers, same kind family and collation for strings, same precision and scale for decimals. */
  private static boolean compatible(DataType child, DataType parent) {
    boolean string = child.domain() == TypeKind.Domain.STRING;
    if (string && parent.domain() == TypeKind.Domain.STRING) {
      return child.isBinaryString() == parent.isBinaryString()
          && child.collation().name().equals(parent.collation().name());
    }
    if (child.kind() != parent.kind() || child.unsigned() != parent.unsigned()) {
      return false;
    }
    return child.kind() != TypeKind.DECIMAL
        || child.length() == parent.length() && child.decimals() == parent.decimals();
  }
}
