package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.Select;
import io.vaquita.parser.syntax.QuerySyntax.SetOperation;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds common table expressions that refer to themselves. Confined to one thread. */
final class RecursiveTables {
  private final StatementBinding statement;
  private final BlockBinding block;

  RecursiveTables(StatementBinding statement, BlockBinding block) {
    this.statement = statement;
    this.block = block;
  }

  static boolean isRecursive(CommonTables.Entry entry) {
    return refersTo(entry.table.query(), entry.table.name());
  }

  private static boolean refersTo(QuerySyntax query, String name) {
    return switch (query) {
      case Select s -> s.from() != null && refersTo(s.from(), name);
      case SetOperation s -> refersTo(s.left(), name) || refersTo(s.right(), name);
      case QuerySyntax.Table t -> t.table().schema() == null && t.table().name().equals(name);
      case QuerySyntax.Values ignored -> false;
    };
  }

  private static boolean refersTo(@Nullable TableReference reference, String name) {
    return switch (reference) {
      case TableReference.NamedTable t -> t.name().schema() == null && t.name().name().equals(name);
      case TableReference.Join j -> refersTo(j.left(), name) || refersTo(j.right(), name);
      case TableReference.DerivedTable d -> refersTo(d.query(), name);
      case TableReference.JsonTable ignored -> false;
      case null -> false;
    };
  }

  CommonTables.Shared bind(CommonTables.Entry entry) {
    String name = entry.table.name();
    if (!(entry.table.query() instanceof SetOperation union)
        || union.operator() != QuerySyntax.SetOperator.UNION) {
      throw MySqlError.ER_CTE_RECURSIVE_REQUIRES_UNION.exception(name);
    }
    List<QuerySyntax> anchors = new ArrayList<>();
    List<QuerySyntax> recursives = new ArrayList<>();
    separate(union, name, anchors, recursives);
    if (anchors.isEmpty()) {
      throw MySqlError.ER_CTE_RECURSIVE_REQUIRES_NONRECURSIVE_FIRST.exception(name);
    }
    checkParts(recursives, name);
    if (!union.orderBy().isEmpty()) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception(
          "ORDER BY over UNION in recursive Common Table Expression");
    }
    CommonTables commonTables = entry.visible.with(entry);
    BitSet dependsOn = new BitSet();
    BoundQuery anchor = bindPart(entry, all(anchors, union), commonTables, dependsOn);
    int slot = statement.newSlot(block.number, name);
    List<DataType> types = new ArrayList<>();
    List<OutputColumn> outputs = new ArrayList<>();
    for (OutputColumn o : RelationBinder.named(anchor.outputs(), entry.table.columns())) {
      DataType type = columnType(o.expression());
      outputs.add(QueryBinder.slotColumn(slot, types.size(), type, true, o.name()));
      types.add(type);
    }
    entry.working = new CommonTables.Working(statement.newWorkingTable(), outputs);
    int workingTable = entry.working.workingTable();
    BoundQuery recursive = bindPart(entry, all(recursives, union), commonTables, dependsOn);
    entry.working = null;
    if (recursive.outputs().size() != types.size()) {
      throw MySqlError.ER_WRONG_NUMBER_OF_COLUMNS_IN_SELECT.exception();
    }
    BoundQuery query =
        new BoundQuery.Recursive(
            slot,
            workingTable,
            !union.all(),
            anchor,
            recursive,
            types,
            outputs,
            QueryBinder.limit(union.limit(), new ExpressionBinder(block)));
    block.outerSlots.or(dependsOn);
    return new CommonTables.Shared(
        statement.newSlot(block.number, name),
        statement.newMaterialization(),
        query,
        outputs,
        dependsOn);
  }

  private BoundQuery bindPart(
      CommonTables.Entry entry, QuerySyntax query, CommonTables commonTables, BitSet dependsOn) {
    QueryBinder binder = new QueryBinder(statement, entry.outer, "DERIVED", false);
    BoundQuery bound = binder.bind(query, commonTables);
    dependsOn.or(binder.outerSlots());
    return bound;
  }

  private static void separate(
      QuerySyntax part, String name, List<QuerySyntax> anchors, List<QuerySyntax> recursives) {
    if (part instanceof SetOperation s && s.operator() == QuerySyntax.SetOperator.UNION) {
      separate(s.left(), name, anchors, recursives);
      separate(s.right(), name, anchors, recursives);
    } else if (refersTo(part, name)) {
      recursives.add(part);
    } else if (recursives.isEmpty()) {
      anchors.add(part);
    } else {
      throw MySqlError.ER_CTE_RECURSIVE_REQUIRES_NONRECURSIVE_FIRST.exception(name);
    }
  }

  /** What the anchor gives decides what the recursive part's values are stored as; a literal number is a BIGINT. */
  private static DataType columnType(Expression anchor) {
    DataType type = ResultTypes.column(anchor.type());
    boolean isSmall = type.kind().isInteger() && type.kind() != TypeKind.BIGINT;
    if (!isSmall || anchor instanceof ColumnExpression) {
      return type;
    }
    return type.unsigned() ? DataType.UNSIGNED_BIGINT : DataType.BIGINT;
  }

  private static void checkParts(List<QuerySyntax> recursives, String name) {
    for (QuerySyntax q : recursives) {
      if (q instanceof Select s
          && (!s.orderBy().isEmpty() || s.limit() != null || s.options().contains("DISTINCT"))) {
        throw MySqlError.ER_NOT_SUPPORTED_YET.exception(
            "ORDER BY / LIMIT / SELECT DISTINCT in recursive query block of Common Table Expression");
      }
      if (q instanceof Select s
              && (!s.groupBy().isEmpty() || SyntaxTraits.hasAggregate(s.elements()))
          || q instanceof Select w && SyntaxTraits.hasWindowFunction(w.elements())) {
        throw MySqlError.ER_CTE_RECURSIVE_FORBIDS_AGGREGATION.exception(name);
      }
    }
  }

  /** The parts as one query; several are a union again. */
  private static QuerySyntax all(List<QuerySyntax> parts, SetOperation union) {
    QuerySyntax all = parts.getFirst();
    for (QuerySyntax part : parts.subList(1, parts.size())) {
      all =
          new SetOperation(
              QuerySyntax.With.NONE,
              QuerySyntax.SetOperator.UNION,
              union.all(),
              all,
              part,
              List.of(),
              null);
    }
    return all;
  }
}
