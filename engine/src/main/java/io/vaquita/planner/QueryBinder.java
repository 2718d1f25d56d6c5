package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.CommonTable;
import io.vaquita.parser.syntax.QuerySyntax.Limit;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.QuerySyntax.Select;
import io.vaquita.parser.syntax.QuerySyntax.SetOperation;
import io.vaquita.parser.syntax.QuerySyntax.Star;
import io.vaquita.parser.syntax.QuerySyntax.With;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.value.DataType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds one query expression: SELECT, set operations, VALUES, TABLE, with their WITH clauses. Confined to one thread. */
final class QueryBinder {
  private final StatementBinding statement;

  /** The block around, whose columns may be named; null at the top. */
  private final @Nullable BlockBinding outer;

  private final String selectType;
  private final boolean exists;
  private final BitSet outerSlots = new BitSet();
  private boolean cacheable = true;
  private @Nullable BlockBinding selectBlock;

  QueryBinder(
      StatementBinding statement, @Nullable BlockBinding outer, String selectType, boolean exists) {
    this.statement = statement;
    this.outer = outer;
    this.selectType = selectType;
    this.exists = exists;
  }

  static QueryBinder forSubquery(BlockBinding outer, boolean exists) {
    return new QueryBinder(outer.statement, outer, "SUBQUERY", exists);
  }

  /** Slots outside of this query that it reads. */
  BitSet outerSlots() {
    return outerSlots;
  }

  /** The block of a plain SELECT, whose names ON DUPLICATE KEY UPDATE may use. */
  @Nullable BlockBinding selectBlock() {
    return selectBlock;
  }

  boolean isCacheable() {
    return cacheable;
  }

  BoundQuery bind(QuerySyntax query) {
    return bind(query, outer == null ? CommonTables.NONE : outer.commonTables);
  }

  BoundQuery bind(QuerySyntax query, CommonTables commonTables) {
    return bind(query, commonTables, selectType);
  }

  private BoundQuery bind(QuerySyntax query, CommonTables commonTables, String type) {
    CommonTables visible = declare(query.with(), commonTables, outer);
    return switch (query) {
      case Select s -> select(s, visible, type);
      case SetOperation s -> setOperation(s, visible, type);
      case QuerySyntax.Values v -> values(v, visible, type);
      case QuerySyntax.Table t -> select(asSelect(t), visible, type);
    };
  }

  static CommonTables declare(With with, CommonTables commonTables, @Nullable BlockBinding outer) {
    CommonTables visible = commonTables;
    Set<String> names = new HashSet<>();
    for (CommonTable table : with.tables()) {
      if (!names.add(table.name())) {
        throw MySqlError.ER_NONUNIQ_TABLE.exception(table.name());
      }
      visible = visible.with(new CommonTables.Entry(table, with.recursive(), visible, outer));
    }
    return visible;
  }

  private static Select asSelect(QuerySyntax.Table t) {
    return new Select(
        With.NONE,
        List.of(),
        null,
        List.of(new Star(null, null)),
        new TableReference.NamedTable(t.table(), null, List.of(), List.of()),
        null,
        List.of(),
        false,
        null,
        List.of(),
        t.orderBy(),
        t.limit(),
        List.of(),
        null);
  }

  private BoundQuery select(Select s, CommonTables visible, String type) {
    BlockBinding block = new BlockBinding(statement, outer, visible, statement.newBlock(type));
    BoundQuery bound = new SelectBinder(block, exists).bind(s);
    selectBlock = block;
    took(block);
    return bound;
  }

  private void took(BlockBinding block) {
    outerSlots.or(block.outerSlots);
    cacheable &= block.isCacheable;
  }

  private BoundQuery values(QuerySyntax.Values v, CommonTables visible, String type) {
    BlockBinding block = new BlockBinding(statement, outer, visible, statement.newBlock(type));
    ExpressionBinder expressions = new ExpressionBinder(block);
    List<List<Expression>> rows = new ArrayList<>(v.rows().size());
    for (int i = 0; i < v.rows().size(); i++) {
      List<ExpressionSyntax> row = v.rows().get(i);
      if (row.isEmpty()) {
        throw MySqlError.ER_TABLE_VALUE_CONSTRUCTOR_MUST_HAVE_COLUMNS.exception();
      }
      if (row.size() != v.rows().getFirst().size()) {
        throw MySqlError.ER_WRONG_VALUE_COUNT_ON_ROW.exception(i + 1);
      }
      rows.add(expressions.bindAll(row));
    }
    List<DataType> types = ResultTypes.ofRows(rows, expressions.settings);
    int slot = statement.newSlot(block.number, "<values>");
    List<OutputColumn> outputs = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      boolean nullable = false;
      for (List<Expression> row : rows) {
        nullable |= row.get(i).isNullable();
      }
      outputs.add(slotColumn(slot, i, types.get(i), nullable, "column_" + i));
    }
    took(block);
    return new BoundQuery.Values(
        slot,
        types,
        rows,
        outputs,
        orderBy(v.orderBy(), outputs, block),
        limit(v.limit(), expressions));
  }

  /** A column of a slot that a set operation or VALUES fills. */
  static OutputColumn slotColumn(
      int slot, int column, DataType type, boolean nullable, String name) {
    return new OutputColumn(
        ColumnExpression.of(slot, column, type, nullable, "`" + name + "`"),
        name,
        "",
        "",
        "",
        "",
        nullable ? 0 : ColumnFlags.NOT_NULL);
  }

  private BoundQuery setOperation(SetOperation s, CommonTables visible, String type) {
    SyntaxTraits.refuseInto(s.left());
    List<QuerySyntax> syntax = new ArrayList<>();
    flatten(s, s.left(), syntax);
    flatten(s, s.right(), syntax);
    List<BoundQuery> inputs = new ArrayList<>();
    for (QuerySyntax input : syntax) {
      inputs.add(bind(input, visible, inputs.isEmpty() ? firstType(type) : s.operator().name()));
      if (inputs.getLast().outputs().size() != inputs.getFirst().outputs().size()) {
        throw MySqlError.ER_WRONG_NUMBER_OF_COLUMNS_IN_SELECT.exception();
      }
    }
    int number = statement.blockCount();
    int slot = statement.newSlot(number, "<union>");
    List<DataType> types = ResultTypes.ofQueries(inputs, statement.context.settings());
    List<OutputColumn> outputs = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      boolean nullable = false;
      for (BoundQuery input : inputs) {
        nullable |= input.outputs().get(i).expression().isNullable();
      }
      outputs.add(
          slotColumn(slot, i, types.get(i), nullable, inputs.getFirst().outputs().get(i).name()));
    }
    BlockBinding block = new BlockBinding(statement, outer, visible, number);
    List<SortKey> orderBy = orderBy(s.orderBy(), outputs, block);
    BoundQuery.LimitClause limit = limit(s.limit(), new ExpressionBinder(block));
    took(block);
    return new BoundQuery.SetQuery(
        s.operator().name(), s.all(), slot, inputs, types, outputs, orderBy, limit);
  }

  /** A chain of one operator becomes one node; ALL and DISTINCT are not mixed, and INTERSECT ALL and EXCEPT keep their pairs. */
  private static void flatten(SetOperation top, QuerySyntax part, List<QuerySyntax> into) {
    if (part instanceof SetOperation s
        && s.operator() == QuerySyntax.SetOperator.UNION
        && top.operator() == QuerySyntax.SetOperator.UNION
        && (s.all() == top.all() || !top.all())
        && s.orderBy().isEmpty()
        && s.limit() == null
        && s.with().tables().isEmpty()) {
      flatten(top, s.left(), into);
      flatten(top, s.right(), into);
      return;
    }
    into.add(part);
  }

  private static String firstType(String type) {
    return type.equals("SIMPLE") ? "PRIMARY" : type;
  }

  /** ORDER BY after a set operation: positions and column names only. */
  private List<SortKey> orderBy(
      List<OrderItem> items, List<OutputColumn> outputs, BlockBinding block) {
    if (items.isEmpty()) {
      return List.of();
    }
    block.scope = Scope.of(new ScopeTable.Derived("", null, outputs));
    return new OrderBinder(block, new ExpressionBinder(block), outputs).bind(items);
  }

  static BoundQuery.@Nullable LimitClause limit(
      @Nullable Limit limit, ExpressionBinder expressions) {
    if (limit == null) {
      return null;
    }
    ExpressionSyntax offset = limit.offset();
    return new BoundQuery.LimitClause(
        expressions.bind(limit.count()), offset == null ? null : expressions.bind(offset));
  }
}
