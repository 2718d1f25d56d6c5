package io.vaquita.planner;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.OutputColumn;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A table as names after FROM see it: an alias and named columns that stand for expressions. Confined to the binding. */
sealed interface ScopeTable {
  int NOT_FOUND = -1;

  String alias();

  /** The schema by which {@code schema.table.column} may qualify it; null for derived tables. */
  @Nullable String schema();

  int size();

  String name(int column);

  /** Not shown by {@code *}: an invisible column. */
  boolean isHidden(int column);

  /** The column's ordinal, or {@link #NOT_FOUND}. */
  int find(String name);

  /** What the column stands for. */
  Expression expression(int column, StatementBinding statement);

  /** The column as a result column under its own name. */
  OutputColumn output(int column, StatementBinding statement);

  /** {@code schema.table.column} as errors 1055 and 1140 print it. */
  default String fullName(int column) {
    return (schema() == null ? "" : schema() + ".") + alias() + "." + name(column);
  }

  /** Columns that are stored in a row of a slot: base tables and virtual tables. */
  record Stored(
      String alias,
      String schema,
      String tableName,
      int slot,
      List<ColumnDefinition> columns,
      ColumnFlags flags,
      boolean nullable)
      implements ScopeTable {
    @Override
    public int size() {
      return columns.size();
    }

    @Override
    public String name(int column) {
      return columns.get(column).name();
    }

    @Override
    public boolean isHidden(int column) {
      return columns.get(column).invisible();
    }

    @Override
    public int find(String name) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equalsIgnoreCase(name) && !columns.get(i).isHidden()) {
          return i;
        }
      }
      return NOT_FOUND;
    }

    @Override
    public Expression expression(int column, StatementBinding statement) {
      statement.columnUsed(slot, column);
      ColumnDefinition c = columns.get(column);
      return ColumnExpression.of(
          slot,
          column,
          c.type(),
          nullable || c.nullable(),
          "`" + schema + "`.`" + alias + "`.`" + c.name() + "`");
    }

    @Override
    public OutputColumn output(int column, StatementBinding statement) {
      ColumnDefinition c = columns.get(column);
      String shown =
          schema.equals("information_schema") ? c.name().toUpperCase(Locale.ROOT) : c.name();
      return new OutputColumn(
          expression(column, statement), shown, c.name(), alias, tableName, schema, flags.of(c));
    }
  }

  /** Columns that stand for expressions: derived tables, views, common table expressions. */
  record Derived(String alias, @Nullable String schema, List<OutputColumn> columns)
      implements ScopeTable {
    @Override
    public int size() {
      return columns.size();
    }

    @Override
    public String name(int column) {
      return columns.get(column).name();
    }

    @Override
    public boolean isHidden(int column) {
      return false;
    }

    @Override
    public int find(String name) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equalsIgnoreCase(name)) {
          return i;
        }
      }
      return NOT_FOUND;
    }

    @Override
    public Expression expression(int column, StatementBinding statement) {
      Expression e = columns.get(column).expression();
      if (e instanceof ColumnExpression c) {
        statement.columnUsed(c.slot(), c.column());
      }
      return e;
    }

    @Override
    public OutputColumn output(int column, StatementBinding statement) {
      expression(column, statement);
      return columns.get(column);
    }
  }
}
