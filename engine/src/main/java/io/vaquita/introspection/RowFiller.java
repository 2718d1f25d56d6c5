package io.vaquita.introspection;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.ValueRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the rows of one virtual table, columns set by name; what is not set is NULL. Confined to one statement. */
final class RowFiller {
  private final VirtualTable table;
  private final Map<String, ColumnDefinition> columns = new HashMap<>();
  private final Map<Integer, Value> equal;
  private final List<Row> rows = new ArrayList<>();
  private ValueRow row;

  /** @param equal values that columns must have, by ordinal: rows that differ need not be gathered */
  RowFiller(VirtualTable table, Map<Integer, Value> equal) {
    this.table = table;
    this.equal = equal;
    this.row = new ValueRow(table.columns().size());
    for (ColumnDefinition column : table.columns()) {
      columns.put(column.name(), column);
    }
  }

  /** Whether a row whose text column {@code name} is {@code text} can be among those asked for. */
  boolean wants(String name, String text) {
    ColumnDefinition column = columns.get(name);
    if (column == null || !(equal.get(column.ordinal()) instanceof Value.StringValue wanted)) {
      return true;
    }
    // names of tables are case-sensitive, names of columns are not: the condition itself decides
    return wanted.bytes().toUtf8().equalsIgnoreCase(text);
  }

  RowFiller begin() {
    row = new ValueRow(table.columns().size());
    return this;
  }

  RowFiller put(String name, @Nullable String text) {
    ColumnDefinition column = column(name);
    if (text == null) {
      row.setNull(column.ordinal());
    } else {
      row.setBytes(column.ordinal(), Slice.utf8(text));
    }
    return this;
  }

  RowFiller put(String name, long value) {
    ColumnDefinition column = column(name);
    DataType type = column.type();
    if (type.domain() == TypeKind.Domain.STRING) {
      row.setBytes(column.ordinal(), Slice.utf8(Long.toString(value)));
    } else {
      row.setLong(column.ordinal(), value);
    }
    return this;
  }

  boolean isTimestamp(String name) {
    return column(name).type().kind() == TypeKind.TIMESTAMP;
  }

  /** Null is NULL. */
  RowFiller putNumber(String name, @Nullable Long value) {
    if (value == null) {
      row.setNull(column(name).ordinal());
      return this;
    }
    return put(name, value);
  }

  RowFiller end() {
    rows.add(row);
    return this;
  }

  List<Row> rows() {
    return rows;
  }

  private ColumnDefinition column(String name) {
    ColumnDefinition column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException(table.name() + " has no column " + name);
    }
    return column;
  }
}
