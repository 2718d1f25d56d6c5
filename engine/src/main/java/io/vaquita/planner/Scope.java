package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables and columns that names can mean at one place of a FROM clause or of the block above it. Immutable.
 *
 * @param tables in the order of the text
 * @param columns what {@code *} and unqualified names see once NATURAL or USING has merged columns; null: all columns of all tables
 */
record Scope(List<ScopeTable> tables, @Nullable List<Column> columns) {
  static final Scope EMPTY = new Scope(List.of(), null);

  /** A column of a table in scope. */
  record Column(ScopeTable table, int column) {
    String name() {
      return table.name(column);
    }
  }

  static Scope of(ScopeTable table) {
    return new Scope(List.of(table), null);
  }

  /** Both sides of a join; 1066 where they share an alias. */
  static Scope join(Scope left, Scope right) {
    for (ScopeTable r : right.tables) {
      for (ScopeTable l : left.tables) {
        if (l.alias().equals(r.alias()) && java.util.Objects.equals(l.schema(), r.schema())) {
          throw MySqlError.ER_NONUNIQ_TABLE.exception(r.alias());
        }
      }
    }
    List<ScopeTable> tables = new ArrayList<>(left.tables);
    tables.addAll(right.tables);
    if (left.columns == null && right.columns == null) {
      return new Scope(tables, null);
    }
    List<Column> columns = new ArrayList<>(left.visible());
    columns.addAll(right.visible());
    return new Scope(tables, columns);
  }

  Scope withColumns(List<Column> merged) {
    return new Scope(tables, merged);
  }

  /** The columns of {@code *}, hidden ones included. */
  List<Column> visible() {
    if (columns != null) {
      return columns;
    }
    List<Column> all = new ArrayList<>();
    for (ScopeTable t : tables) {
      for (int i = 0; i < t.size(); i++) {
        all.add(new Column(t, i));
      }
    }
    return all;
  }

  /** Null when unknown; 1052 when two columns fit. */
  @Nullable Column find(
      @Nullable String schema, @Nullable String table, String column, Clause clause) {
    if (table == null && columns != null) {
      return findMerged(column, clause);
    }
    Column found = null;
    for (ScopeTable t : tables) {
      if (table != null && !matches(t, schema, table)) {
        continue;
      }
      int c = t.find(column);
      if (c != ScopeTable.NOT_FOUND) {
        if (found != null) {
          throw ambiguous(table == null ? column : table + "." + column, clause);
        }
        found = new Column(t, c);
      }
    }
    return found;
  }

  private @Nullable Column findMerged(String column, Clause clause) {
    Column found = null;
    for (Column c : java.util.Objects.requireNonNull(columns)) {
      if (c.name().equalsIgnoreCase(column)) {
        if (found != null) {
          throw ambiguous(column, clause);
        }
        found = c;
      }
    }
    return found;
  }

  private static RuntimeException ambiguous(String column, Clause clause) {
    return MySqlError.ER_NON_UNIQ_ERROR.exception(column, clause.text());
  }

  /** The table of {@code t.*}, or null. */
  @Nullable ScopeTable table(@Nullable String schema, String table) {
    for (ScopeTable t : tables) {
      if (matches(t, schema, table)) {
        return t;
      }
    }
    return null;
  }

  private static boolean matches(ScopeTable t, @Nullable String schema, String table) {
    return t.alias().equals(table) && (schema == null || schema.equals(t.schema()));
  }
}
