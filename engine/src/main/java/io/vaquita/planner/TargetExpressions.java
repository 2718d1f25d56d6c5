package io.vaquita.planner;

import io.vaquita.catalog.CheckDefinition;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.Plan.BoundCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds what a table's definition computes over a row to be stored: generated columns, DEFAULT (expr), CHECKs. Stateless. */
final class TargetExpressions {
  private TargetExpressions() {}

  private static ExpressionBinder over(
      TableDefinition table, int rowSlot, StatementBinding statement) {
    BlockBinding block = new BlockBinding(statement, null, CommonTables.NONE, 1);
    block.scope = scope(table, table.name(), rowSlot);
    return new ExpressionBinder(block);
  }

  static Scope scope(TableDefinition table, String alias, int slot) {
    return Scope.of(
        new ScopeTable.Stored(
            alias,
            table.schema(),
            table.name(),
            slot,
            table.columns(),
            new ColumnFlags(table),
            false));
  }

  /** An expression of the table's definition over the table's own rows. */
  static Expression expression(
      TableDefinition table, int slot, String sql, StatementBinding statement) {
    BlockBinding block = new BlockBinding(statement, null, CommonTables.NONE, 1);
    block.scope = scope(table, table.name(), slot);
    return new ExpressionBinder(block).bind(StoredSql.expression(sql), Clause.DEFINITION);
  }

  /** By ordinal; null for plain columns. {@code withDefaults}: DEFAULT (expr) too. */
  static List<@Nullable Expression> computed(
      TableDefinition table, int rowSlot, boolean withDefaults, StatementBinding statement) {
    List<@Nullable Expression> computed = new ArrayList<>(table.columns().size());
    ExpressionBinder binder = null;
    for (ColumnDefinition c : table.columns()) {
      String sql = sql(c, withDefaults);
      if (sql == null) {
        computed.add(null);
      } else {
        binder = binder == null ? over(table, rowSlot, statement) : binder;
        computed.add(binder.bind(StoredSql.expression(sql), Clause.DEFINITION));
      }
    }
    return computed;
  }

  private static @Nullable String sql(ColumnDefinition c, boolean withDefaults) {
    ColumnDefinition.Generated generated = c.generated();
    if (generated != null) {
      return generated.sql();
    }
    return withDefaults
            && c.defaultValue() instanceof ColumnDefinition.Default.ExpressionText(String sql)
        ? sql
        : null;
  }

  static List<BoundCheck> checks(TableDefinition table, int rowSlot, StatementBinding statement) {
    if (table.checks().isEmpty()) {
      return List.of();
    }
    ExpressionBinder binder = over(table, rowSlot, statement);
    List<BoundCheck> checks = new ArrayList<>();
    for (CheckDefinition check : table.checks()) {
      if (check.enforced()) {
        checks.add(
            new BoundCheck(
                null,
                check.name(),
                binder.bind(StoredSql.expression(check.sql()), Clause.DEFINITION)));
      }
    }
    return checks;
  }
}
