package io.vaquita.planner;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.expression.Literals;
import io.vaquita.parser.syntax.DataStatement.InsertStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.Plan.BoundCheck;
import io.vaquita.planner.physical.Plan.ColumnAssignment;
import io.vaquita.planner.physical.Plan.InsertPlan;
import io.vaquita.planner.physical.RowLocking;
import io.vaquita.value.DataType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds and plans one INSERT or REPLACE. Confined to one thread. */
final class InsertBinder {
  private final StatementBinding statement;
  private final InsertStatement insert;
  private final InsertTarget target;
  private final TableDefinition table;
  private final int sourceSlot;
  private final int rowSlot;
  private final int existingSlot;
  private boolean valuesReadRow;

  InsertBinder(StatementBinding statement, InsertStatement insert) {
    this.statement = statement;
    this.insert = insert;
    if (!insert.partitions().isEmpty()) {
      throw MySqlError.ER_PARTITION_CLAUSE_ON_NONPARTITIONED.exception();
    }
    this.target = InsertTarget.find(insert.table(), statement);
    this.table = target.table();
    this.sourceSlot = statement.newSlot(1, "<source>");
    this.rowSlot = statement.newSlot(1, table.name());
    this.existingSlot = statement.newSlot(1, table.name());
  }

  InsertPlan plan() {
    if ("DELAYED".equals(insert.priority())) {
      String verb = insert.replace() ? "REPLACE" : "INSERT";
      statement
          .context
          .statement()
          .warn(MySqlError.ER_WARN_LEGACY_SYNTAX_CONVERTED, verb + " DELAYED", verb);
    }
    List<Integer> named = target.columns(insert.columns());
    QuerySyntax query = insert.query();
    QueryPlanner planner = QueryPlanner.begin(statement);
    BlockBinding sourceBlock = null;
    BitSet kept = keptColumns(named);
    PhysicalNode source;
    if (query != null) {
      statement.setReadLocking(RowLocking.IMPLICIT_SHARED);
      QueryBinder binder = new QueryBinder(statement, null, "SIMPLE", false);
      BoundQuery bound = binder.bind(query);
      if (bound.outputs().size() != named.size()) {
        throw MySqlError.ER_WRONG_VALUE_COUNT_ON_ROW.exception(1);
      }
      refuseGenerated(named);
      source = ofQuery(bound, planner);
      sourceBlock = binder.selectBlock();
    } else {
      statement.newBlock("INSERT");
      statement.hintNames.bound(insert.block(), table);
      statement.addTarget(table);
      statement.setReadLocking(RowLocking.IMPLICIT_SHARED);
      source = ofValues(named, kept);
    }
    statement.addTarget(table);
    List<ColumnAssignment> onDuplicate = onDuplicate(named, sourceBlock);
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      if (kept.get(i)) {
        columns.add(named.get(i));
      }
    }
    return new InsertPlan(
        Planner.shape(statement, planner),
        table,
        insert.replace(),
        insert.ignore(),
        source,
        sourceSlot,
        List.copyOf(columns),
        TargetExpressions.computed(table, rowSlot, true, statement),
        rowSlot,
        existingSlot,
        onDuplicate,
        checks(),
        insert.rows().size() == 1,
        valuesReadRow);
  }

  private List<BoundCheck> checks() {
    List<BoundCheck> checks = new ArrayList<>(TargetExpressions.checks(table, rowSlot, statement));
    checks.addAll(ViewCheck.bind(target.viewChecks(), target.viewSlot(), rowSlot));
    return checks;
  }

  /** Positions of columns that take a value; a generated one takes only DEFAULT, which is left out. */
  private BitSet keptColumns(List<Integer> named) {
    BitSet kept = new BitSet();
    for (int i = 0; i < named.size(); i++) {
      kept.set(i, table.columns().get(named.get(i)).generated() == null);
    }
    return kept;
  }

  private void refuseGenerated(List<Integer> named) {
    for (int ordinal : named) {
      if (table.columns().get(ordinal).generated() != null) {
        throw generated(table.columns().get(ordinal));
      }
    }
  }

  private RuntimeException generated(ColumnDefinition column) {
    return MySqlError.ER_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN.exception(
        column.name(), table.name());
  }

  private PhysicalNode ofQuery(BoundQuery bound, QueryPlanner planner) {
    List<DataType> types = new ArrayList<>();
    for (OutputColumn o : bound.outputs()) {
      types.add(ResultTypes.column(o.expression().type()));
    }
    PhysicalNode root = planner.plan(bound);
    if (statement.reads(table)) {
      root = new PhysicalNode.Buffer(root, ProducedSlots.of(root), root.estimatedRows());
    }
    return new PhysicalNode.Project(
        root, sourceSlot, types, QueryPlanner.expressions(bound.outputs()), root.estimatedRows());
  }

  private PhysicalNode ofValues(List<Integer> named, BitSet kept) {
    BlockBinding block = new BlockBinding(statement, null, CommonTables.NONE, 1);
    block.scope = TargetExpressions.scope(table, table.name(), rowSlot);
    ExpressionBinder expressions = new ExpressionBinder(block, new Values(false));
    List<List<Expression>> rows = new ArrayList<>(insert.rows().size());
    for (List<ExpressionSyntax> row : insert.rows()) {
      boolean isDefaults = row.isEmpty() && insert.columns().isEmpty();
      if (row.size() != named.size() && !isDefaults) {
        throw MySqlError.ER_WRONG_VALUE_COUNT_ON_ROW.exception(rows.size() + 1);
      }
      rows.add(row(row, named, kept, isDefaults, expressions));
    }
    List<DataType> types = new ArrayList<>();
    for (Expression e : rows.getFirst()) {
      types.add(ResultTypes.column(e.type()));
    }
    return new PhysicalNode.ValuesScan(sourceSlot, types, rows, rows.size());
  }

  private List<Expression> row(
      List<ExpressionSyntax> row,
      List<Integer> named,
      BitSet kept,
      boolean isDefaults,
      ExpressionBinder expressions) {
    List<Expression> values = new ArrayList<>(named.size());
    for (int i = 0; i < named.size(); i++) {
      ColumnDefinition column = table.columns().get(named.get(i));
      boolean isDefault =
          isDefaults
              || row.get(i) instanceof ExpressionSyntax.Default(ColumnReference c) && c == null;
      if (!kept.get(i)) {
        if (!isDefault) {
          throw generated(column);
        }
      } else if (isDefault) {
        values.add(defaultOf(column));
      } else {
        values.add(value(expressions, row.get(i)));
      }
    }
    return values;
  }

  private Expression value(ExpressionBinder expressions, ExpressionSyntax syntax) {
    Expression e = ExpressionBinder.single(expressions.bind(syntax));
    if (!(e instanceof LiteralExpression) && Expressions.references(e, rowSlot)) {
      valuesReadRow = true;
    }
    return e;
  }

  /** The keyword DEFAULT. An AUTO_INCREMENT column counts on NULL. */
  private Expression defaultOf(ColumnDefinition column) {
    if (column.autoIncrement()) {
      return Literals.nullLiteral();
    }
    Expression value = DefaultValues.of(column, statement);
    if (value == null) {
      throw MySqlError.ER_NO_DEFAULT_FOR_FIELD.exception(column.name());
    }
    return value;
  }

  private List<ColumnAssignment> onDuplicate(
      List<Integer> named, @Nullable BlockBinding sourceBlock) {
    if (insert.onDuplicateKeyUpdate().isEmpty()) {
      return List.of();
    }
    BlockBinding block = new BlockBinding(statement, null, CommonTables.NONE, 1);
    Scope scope = TargetExpressions.scope(table, target.alias(), existingSlot);
    block.scope = scope;
    Scope all = scope;
    if (insert.rowAlias() != null) {
      all = Scope.join(all, Scope.of(rowAlias(insert.rowAlias(), named)));
    }
    if (sourceBlock != null && sourceBlock.grouping == null) {
      all =
          new Scope(
              java.util.stream.Stream.concat(
                      all.tables().stream(), sourceBlock.scope.tables().stream())
                  .toList(),
              null);
    }
    block.scope = all;
    ExpressionBinder expressions = new ExpressionBinder(block, new Values(true));
    List<ColumnAssignment> assignments = new ArrayList<>();
    for (var a : insert.onDuplicateKeyUpdate()) {
      int column = target.ordinal(a.column());
      ColumnDefinition definition = table.columns().get(column);
      boolean isDefault =
          a.value() instanceof ExpressionSyntax.Default(ColumnReference c) && c == null;
      if (definition.generated() != null) {
        if (!isDefault) {
          throw generated(definition);
        }
        continue;
      }
      assignments.add(
          new ColumnAssignment(
              column, isDefault ? defaultOf(definition) : expressions.bindValue(a.value())));
    }
    return assignments;
  }

  private ScopeTable rowAlias(String alias, List<Integer> named) {
    List<String> names = insert.rowAliasColumns();
    List<OutputColumn> columns = new ArrayList<>();
    if (!names.isEmpty() && names.size() != named.size()) {
      throw MySqlError.ER_VIEW_WRONG_LIST.exception();
    }
    for (int i = 0; i < named.size(); i++) {
      ColumnDefinition c = table.columns().get(named.get(i));
      String name = names.isEmpty() ? c.name() : names.get(i);
      columns.add(QueryBinder.slotColumn(rowSlot, c.ordinal(), c.type(), true, name));
    }
    return new ScopeTable.Derived(alias, null, columns);
  }

  /** DEFAULT(column) and VALUES(column). */
  private final class Values implements ExpressionBinder.ColumnValues {
    private final boolean onDuplicate;

    Values(boolean onDuplicate) {
      this.onDuplicate = onDuplicate;
    }

    @Override
    public Expression defaultOf(ColumnReference reference) {
      return InsertBinder.this.defaultOf(table.columns().get(target.ordinal(reference)));
    }

    @Override
    public Expression valueToInsert(ColumnReference reference) {
      if (!onDuplicate) {
        return Literals.nullLiteral();
      }
      ColumnDefinition c = table.columns().get(target.ordinal(reference));
      return ColumnExpression.of(
          rowSlot, c.ordinal(), c.type(), true, "values(`" + c.name() + "`)");
    }
  }
}
