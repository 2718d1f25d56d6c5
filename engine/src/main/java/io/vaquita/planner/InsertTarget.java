package io.vaquita.planner;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.planner.physical.OutputColumn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The table that an INSERT fills, perhaps through a view. Immutable.
 *
 * @param alias the name by which statements call it
 * @param names by position: the columns' names as the statement knows them
 * @param ordinals by position: the columns of the table
 * @param viewSlot the table's slot in {@code viewChecks}
 */
record InsertTarget(
    TableDefinition table,
    String alias,
    List<String> names,
    List<Integer> ordinals,
    List<ViewCheck> viewChecks,
    int viewSlot) {

  static InsertTarget find(TableName name, StatementBinding statement) {
    Relation relation = Relations.find(name, statement);
    statement.use(relation, true);
    return switch (relation) {
      case TableDefinition t -> ofTable(t);
      case ViewDefinition v -> ofView(v, name, statement);
      case VirtualTable v ->
          throw MySqlError.ER_DBACCESS_DENIED_ERROR.exception(
              userName(statement), userHost(statement), v.schema());
    };
  }

  static String userName(StatementBinding statement) {
    String user = statement.context.statement().currentUser();
    int at = user.lastIndexOf('@');
    return at < 0 ? user : user.substring(0, at);
  }

  static String userHost(StatementBinding statement) {
    String user = statement.context.statement().currentUser();
    return user.substring(user.lastIndexOf('@') + 1);
  }

  private static InsertTarget ofTable(TableDefinition t) {
    List<String> names = new ArrayList<>(t.columns().size());
    List<Integer> ordinals = new ArrayList<>(t.columns().size());
    for (ColumnDefinition c : t.columns()) {
      names.add(c.name());
      ordinals.add(c.ordinal());
    }
    return new InsertTarget(t, t.name(), names, ordinals, List.of(), -1);
  }

  /** A view over one table whose columns are plain: what it leaves out gets its default. */
  private static InsertTarget ofView(ViewDefinition v, TableName name, StatementBinding statement) {
    BlockBinding block = new BlockBinding(statement, null, CommonTables.NONE, 1);
    FromBinder from = new FromBinder(block, new ExpressionBinder(block));
    from.bind(new TableReference.NamedTable(name, null, List.of(), List.of()));
    if (from.tables().size() != 1
        || !(block.scope.tables().getFirst() instanceof ScopeTable.Derived d)) {
      throw MySqlError.ER_NON_INSERTABLE_TABLE.exception(v.name(), "INSERT");
    }
    Source.Table base = from.tables().getFirst();
    List<String> names = new ArrayList<>();
    List<Integer> ordinals = new ArrayList<>();
    for (OutputColumn o : d.columns()) {
      if (!(o.expression() instanceof ColumnExpression c) || c.slot() != base.slot) {
        throw MySqlError.ER_NON_INSERTABLE_TABLE.exception(v.name(), "INSERT");
      }
      names.add(o.name());
      ordinals.add(c.column());
    }
    statement.use(base.table, true);
    return new InsertTarget(base.table, v.name(), names, ordinals, from.viewChecks(), base.slot);
  }

  /** 1054 when unknown. */
  int ordinal(ColumnReference reference) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(reference.column())
          && (reference.table() == null || reference.table().equals(alias))) {
        return ordinals.get(i);
      }
    }
    throw MySqlError.ER_BAD_FIELD_ERROR.exception(
        BlockBinding.asWritten(reference), Clause.FIELD_LIST.text());
  }

  /** The ordinals of the columns that values are given for; without a list, all visible ones. 1110 when named twice. */
  List<Integer> columns(List<ColumnReference> references) {
    List<Integer> columns = new ArrayList<>();
    if (references.isEmpty()) {
      for (int ordinal : ordinals) {
        if (!table.columns().get(ordinal).invisible()) {
          columns.add(ordinal);
        }
      }
      return columns;
    }
    BitSet seen = new BitSet();
    for (ColumnReference reference : references) {
      int ordinal = ordinal(reference);
      if (seen.get(ordinal)) {
        throw MySqlError.ER_FIELD_SPECIFIED_TWICE.exception(reference.column());
      }
      seen.set(ordinal);
      columns.add(ordinal);
    }
    return columns;
  }
}
