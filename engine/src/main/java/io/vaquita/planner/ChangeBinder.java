package io.vaquita.planner;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Literals;
import io.vaquita.parser.syntax.DataStatement.Assignment;
import io.vaquita.parser.syntax.DataStatement.DeleteStatement;
import io.vaquita.parser.syntax.DataStatement.UpdateStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.HintedBlock;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.planner.physical.AccessPath;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.Plan.ColumnAssignment;
import io.vaquita.planner.physical.RowLocking;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds and plans UPDATE and DELETE: which rows are found and locked, and what is done to them. Confined to one thread. */
final class ChangeBinder {
  private final StatementBinding statement;
  private final BlockBinding block;
  private final ExpressionBinder expressions;
  private final FromBinder from;
  private final HintedBlock hinted;
  private final String verb;

  ChangeBinder(StatementBinding statement, QuerySyntax.With with, HintedBlock hinted, String verb) {
    this.statement = statement;
    this.verb = verb;
    statement.setReadLocking(RowLocking.IMPLICIT_SHARED);
    this.block =
        new BlockBinding(
            statement,
            null,
            QueryBinder.declare(with, CommonTables.NONE, null),
            statement.newBlock(verb));
    this.hinted = hinted;
    block.hints = BlockHints.of(hinted);
    this.expressions = new ExpressionBinder(block);
    this.from = new FromBinder(block, expressions);
  }

  // --- UPDATE ---

  /** One target and its assignments, while they are bound. */
  private static final class Target {
    final Source.Table source;
    final int rowSlot;
    final List<ColumnAssignment> assignments = new ArrayList<>();

    Target(Source.Table source, int rowSlot) {
      this.source = source;
      this.rowSlot = rowSlot;
    }
  }

  Plan.UpdatePlan update(UpdateStatement u) {
    boolean isSingle = u.table() instanceof TableReference.NamedTable;
    if (!isSingle) {
      // As MySQL, which reads without locks at low levels for the UPDATE of one table only.
      statement.setReadLocking(RowLocking.SHARED);
    }
    JoinTree tree = from.bind(u.table());
    statement.hintNames.bound(hinted, block.scope, from.tables());
    refuseOrderOfMany(isSingle, u.orderBy(), u.limit());
    List<Target> targets = new ArrayList<>();
    List<ColumnExpression> columns = new ArrayList<>();
    for (Assignment a : u.assignments()) {
      ColumnExpression column = targetColumn(a.column());
      columns.add(column);
      if (find(targets, column.slot()) == null) {
        targets.add(addTarget(column.slot()));
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      Target target = java.util.Objects.requireNonNull(find(targets, columns.get(i).slot()));
      assign(target, columns.get(i).column(), u.assignments().get(i));
    }
    List<Expression> where = expressions.bindCondition(u.where(), Clause.WHERE);
    QueryPlanner planner = QueryPlanner.begin(statement);
    PhysicalNode source = source(tree, where, u.orderBy(), u.limit(), planner);
    List<Plan.UpdateTarget> planned = new ArrayList<>();
    for (Target t : targets) {
      List<Plan.BoundCheck> checks =
          new ArrayList<>(TargetExpressions.checks(t.source.table, t.rowSlot, statement));
      checks.addAll(ViewCheck.bind(from.viewChecks(), t.source.slot, t.rowSlot));
      planned.add(
          new Plan.UpdateTarget(
              t.source.table,
              t.source.slot,
              t.rowSlot,
              t.assignments,
              TargetExpressions.computed(t.source.table, t.rowSlot, false, statement),
              checks));
    }
    return new Plan.UpdatePlan(Planner.shape(statement, planner), u.ignore(), source, planned);
  }

  private static @Nullable Target find(List<Target> targets, int slot) {
    for (Target t : targets) {
      if (t.source.slot == slot) {
        return t;
      }
    }
    return null;
  }

  private ColumnExpression targetColumn(ColumnReference reference) {
    Scope.Column found =
        block.scope.find(
            reference.schema(), reference.table(), reference.column(), Clause.FIELD_LIST);
    if (found == null) {
      throw MySqlError.ER_BAD_FIELD_ERROR.exception(
          BlockBinding.asWritten(reference), Clause.FIELD_LIST.text());
    }
    if (found.table().expression(found.column(), statement) instanceof ColumnExpression c) {
      for (Source.Table t : from.tables()) {
        if (t.slot == c.slot()) {
          return c;
        }
      }
      throw MySqlError.ER_NON_UPDATABLE_TABLE.exception(found.table().alias(), verb);
    }
    throw MySqlError.ER_NONUPDATEABLE_COLUMN.exception(reference.column());
  }

  private Target addTarget(int slot) {
    for (Source.Table t : from.tables()) {
      if (t.slot == slot) {
        takeForChange(t);
        return new Target(t, statement.newSlot(block.number, t.alias));
      }
    }
    throw new IllegalStateException("no table in slot " + slot);
  }

  private void takeForChange(Source.Table t) {
    t.locking = RowLocking.EXCLUSIVE;
    statement.use(t.table, true);
    statement.addTarget(t.table);
    statement.allColumnsUsed(t.slot, t.table);
  }

  private void assign(Target target, int column, Assignment a) {
    TableDefinition table = target.source.table;
    ColumnDefinition definition = table.columns().get(column);
    boolean isDefault =
        a.value() instanceof ExpressionSyntax.Default(ColumnReference c) && c == null;
    if (definition.generated() != null) {
      if (!isDefault) {
        throw MySqlError.ER_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN.exception(
            definition.name(), table.name());
      }
      return;
    }
    Expression value =
        isDefault
            ? defaultOf(definition)
            : ExpressionBinder.single(expressions.bind(a.value(), Clause.FIELD_LIST));
    target.assignments.add(new ColumnAssignment(column, value));
  }

  private Expression defaultOf(ColumnDefinition column) {
    Expression value = DefaultValues.of(column, statement);
    if (value == null) {
      if (column.autoIncrement()) {
        return Literals.of(0);
      }
      throw MySqlError.ER_NO_DEFAULT_FOR_FIELD.exception(column.name());
    }
    return value;
  }

  // --- DELETE ---

  Plan.DeletePlan delete(DeleteStatement d) {
    JoinTree tree = from.bind(d.from());
    statement.hintNames.bound(hinted, block.scope, from.tables());
    boolean isSingle = d.targets().isEmpty();
    refuseOrderOfMany(isSingle, d.orderBy(), d.limit());
    List<Source.Table> targets = new ArrayList<>();
    if (isSingle) {
      targets.add(onlyTable());
    }
    for (TableName name : d.targets()) {
      targets.add(named(name));
    }
    targets.forEach(this::takeForChange);
    List<Expression> where = expressions.bindCondition(d.where(), Clause.WHERE);
    QueryPlanner planner = QueryPlanner.begin(statement);
    PhysicalNode source = source(tree, where, d.orderBy(), d.limit(), planner);
    List<Plan.DeleteTarget> planned = new ArrayList<>();
    for (Source.Table t : targets) {
      planned.add(new Plan.DeleteTarget(t.table, t.slot));
    }
    return new Plan.DeletePlan(Planner.shape(statement, planner), d.ignore(), source, planned);
  }

  private Source.Table onlyTable() {
    if (from.tables().size() != 1) {
      String alias = block.scope.tables().getFirst().alias();
      throw from.tables().isEmpty()
          ? MySqlError.ER_NON_UPDATABLE_TABLE.exception(alias, verb)
          : MySqlError.ER_VIEW_DELETE_MERGE_VIEW.exception(
              String.valueOf(block.scope.tables().getFirst().schema()), alias);
    }
    return from.tables().getFirst();
  }

  private Source.Table named(TableName name) {
    ScopeTable table = block.scope.table(name.schema(), name.name());
    if (table == null) {
      throw MySqlError.ER_UNKNOWN_TABLE.exception(name.name(), "MULTI DELETE");
    }
    if (table instanceof ScopeTable.Stored stored) {
      for (Source.Table t : from.tables()) {
        if (t.slot == stored.slot()) {
          return t;
        }
      }
    }
    if (table.size() > 0 && table.expression(0, statement) instanceof ColumnExpression c) {
      for (Source.Table t : from.tables()) {
        if (t.slot == c.slot()) {
          return t;
        }
      }
    }
    throw MySqlError.ER_NON_UPDATABLE_TABLE.exception(table.alias(), verb);
  }

  // --- both ---

  private void refuseOrderOfMany(
      boolean isSingle, List<OrderItem> orderBy, QuerySyntax.@Nullable Limit limit) {
    if (!isSingle && !orderBy.isEmpty()) {
      throw MySqlError.ER_WRONG_USAGE.exception(verb, "ORDER BY");
    }
    if (!isSingle && limit != null) {
      throw MySqlError.ER_WRONG_USAGE.exception(verb, "LIMIT");
    }
  }

  /** The rows to change. All are found before the first is changed, unless there is at most one. */
  private PhysicalNode source(
      JoinTree tree,
      List<Expression> where,
      List<OrderItem> orderBy,
      QuerySyntax.@Nullable Limit limit,
      QueryPlanner planner) {
    List<SortKey> keys =
        orderBy.isEmpty()
            ? List.of()
            : new OrderBinder(block, expressions, List.of()).bind(orderBy);
    SelectBlock rows =
        new SelectBlock(
            block.number,
            tree,
            where,
            null,
            List.of(),
            List.of(),
            false,
            List.of(),
            keys,
            QueryBinder.limit(limit, expressions),
            block.hints.has("JOIN_FIXED_ORDER"),
            false,
            block.hints);
    PhysicalNode source = planner.plan(rows);
    boolean isSingleRow =
        source instanceof PhysicalNode.TableAccess t
            && t.access() instanceof AccessPath.UniqueLookup;
    return isSingleRow || source instanceof PhysicalNode.Empty
        ? source
        : new PhysicalNode.Buffer(source, ProducedSlots.of(source), source.estimatedRows());
  }
}
