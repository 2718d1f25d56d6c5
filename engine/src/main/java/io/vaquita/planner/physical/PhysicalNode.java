package io.vaquita.planner.physical;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.expression.Expression;
import io.vaquita.value.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a physical plan; one operator of the executor runs each kind. Immutable and shared.
 *
 * <p>Rows travel through the slots of the statement's {@link io.vaquita.expression.Frame}: "produces a row" means that the node put
 * rows into the slots it owns and that all expressions over them can be evaluated. There is no projection at the top: the
 * statement's output expressions are evaluated over the slots ({@link QueryPlan#outputs}). A node that makes rows of its own
 * (aggregation, derived table, set operation, window) puts them into a new slot, and expressions above refer to that.
 */
public sealed interface PhysicalNode {
  /** Rows that the planner expects; for EXPLAIN and for join order. */
  double estimatedRows();

  /** One row without columns: SELECT without FROM. */
  record SingleRow(double estimatedRows) implements PhysicalNode {}

  /** No row: an impossible condition. {@code reason} as in EXPLAIN's Extra. */
  record Empty(String reason, double estimatedRows) implements PhysicalNode {}

  /**
   * Reads a base table through one of its indexes.
   *
   * @param index where entries are searched; the clustered index or a secondary one
   * @param access which entries
   * @param covering the secondary index's entries hold all columns that the statement needs
   * @param condition tested on each row before it counts as found (and before READ COMMITTED keeps its lock), or null
   */
  record TableAccess(
      int slot,
      TableDefinition table,
      String alias,
      IndexDefinition index,
      AccessPath access,
      boolean covering,
      boolean reverse,
      RowLocking locking,
      @Nullable Expression condition,
      double estimatedRows)
      implements PhysicalNode {}

  /** Reads a table of information_schema and its like. {@code hints}: column = constant conditions that the source may use. */
  record VirtualTableScan(
      int slot,
      VirtualTable table,
      List<ColumnHint> hints,
      @Nullable Expression condition,
      double estimatedRows)
      implements PhysicalNode {}

  record ColumnHint(int column, Expression value) {}

  /** Rows of expressions: VALUES, and the rows of INSERT … VALUES. */
  record ValuesScan(
      int slot, List<DataType> types, List<List<Expression>> rows, double estimatedRows)
      implements PhysicalNode {}

  record Filter(PhysicalNode input, Expression condition, double estimatedRows)
      implements PhysicalNode {}

  /**
   * Reads its whole input before it gives the first row, keeping the rows of {@code slots}: below a statement that changes what its
   * source reads.
   */
  record Buffer(PhysicalNode input, List<Integer> slots, double estimatedRows)
      implements PhysicalNode {}

  /** Evaluates expressions into a row in a slot of its own; each value is converted to its entry in {@code types}. */
  record Project(
      PhysicalNode input,
      int slot,
      List<DataType> types,
      List<Expression> expressions,
      double estimatedRows)
      implements PhysicalNode {}

  /** {@code count} null: no limit, only an offset. Both are evaluated once. */
  record Limit(
      PhysicalNode input,
      @Nullable Expression count,
      @Nullable Expression offset,
      boolean countAll,
      double estimatedRows)
      implements PhysicalNode {}

  record SortKey(Expression expression, boolean descending) {}

  /**
   * @param slots the slots whose rows must be kept with each sorted row
   * @param limit only so many first rows are wanted (offset included): a bounded heap; null for all
   */
  record Sort(
      PhysicalNode input,
      List<SortKey> keys,
      List<Integer> slots,
      @Nullable Expression limit,
      double estimatedRows)
      implements PhysicalNode {}

  /** How rows of the left and right input meet. */
  enum JoinKind {
    INNER,
    /** Left rows without a match come with NULL rows in the right slots. */
    LEFT,
    /** A left row comes once when there is a match. */
    SEMI,
    /** A left row comes when there is no match. */
    ANTI,
    /** As ANTI, but no row comes when the comparison is UNKNOWN for any right row: NOT IN. */
    NULL_AWARE_ANTI
  }

  /** For each left row, opens the right input anew, which reads the left row from its slots (an index lookup, usually). */
  record NestedLoopJoin(
      JoinKind kind,
      PhysicalNode left,
      PhysicalNode right,
      List<Integer> rightSlots,
      @Nullable Expression condition,
      double estimatedRows)
      implements PhysicalNode {}

  /**
   * Builds a table of the right input by its keys; the left rows probe and come out in the left input's order (ORDER BY may rely on
   * it). Keys are compared by {@code =} of their common type. With NULL_AWARE_ANTI all keys belong to the NOT IN. No keys: a
   * cross product with {@code condition}.
   */
  record HashJoin(
      JoinKind kind,
      PhysicalNode left,
      PhysicalNode right,
      List<Expression> leftKeys,
      List<Expression> rightKeys,
      List<Integer> rightSlots,
      @Nullable Expression condition,
      double estimatedRows)
      implements PhysicalNode {}

  /**
   * GROUP BY and aggregates. The slot's row: the group expressions' values, then (with rollup) one BIGINT whose bit i tells that
   * group expression i is rolled up, then the aggregates' results.
   *
   * @param inputIsOrdered groups come together: no table of groups is needed
   * @param groupBy empty: one row, always
   */
  record Aggregation(
      PhysicalNode input,
      int slot,
      List<Expression> groupBy,
      List<AggregateCall> aggregates,
      boolean inputIsOrdered,
      boolean rollup,
      double estimatedRows)
      implements PhysicalNode {}

  /**
   * @param function upper case: COUNT, SUM, AVG, MIN, MAX, GROUP_CONCAT, BIT_AND, …; ANY_VALUE is the value in the group's first row
   * @param arguments empty for COUNT(*)
   */
  record AggregateCall(
      String function,
      boolean distinct,
      List<Expression> arguments,
      List<SortKey> orderBy,
      String separator,
      DataType type) {}

  /** Window functions that share partitioning and order; input sorted by them. The slot's row has one column a function. */
  record Window(
      PhysicalNode input,
      int slot,
      List<Expression> partitionBy,
      List<SortKey> orderBy,
      List<WindowCall> functions,
      List<Integer> slots,
      double estimatedRows)
      implements PhysicalNode {}

  record WindowCall(AggregateCall call, WindowFrame frame) {}

  /** Removes rows whose expressions are equal (collation's equality, NULLs equal). */
  record Distinct(
      PhysicalNode input, List<Expression> expressions, List<Integer> slots, double estimatedRows)
      implements PhysicalNode {}

  /** {@code operator} UNION, INTERSECT or EXCEPT, of inputs that each project into {@code slot}. */
  record SetOperation(
      String operator,
      boolean all,
      int slot,
      List<PhysicalNode> inputs,
      List<DataType> types,
      double estimatedRows)
      implements PhysicalNode {}

  /**
   * Runs its input once, keeps the rows of {@code inputSlot} and serves them in {@code slot} from memory each time it is opened; anew only when an outer
   * slot in {@code dependsOn} changed. Derived tables and non-recursive CTEs; a CTE used twice has the same {@code materialization}.
   */
  record Materialize(
      PhysicalNode input,
      int inputSlot,
      int slot,
      int materialization,
      List<Integer> dependsOn,
      double estimatedRows)
      implements PhysicalNode {}

  /** WITH RECURSIVE: the anchor, then the recursive part over {@link WorkingTable} until it gives no new row. */
  record RecursiveUnion(
      int slot,
      int workingTable,
      boolean distinct,
      PhysicalNode anchor,
      Project recursive,
      List<DataType> types,
      List<String> names,
      double estimatedRows)
      implements PhysicalNode {}

  /** The rows of the previous round, inside a recursive part. */
  record WorkingTable(int slot, int workingTable, double estimatedRows) implements PhysicalNode {}

  /** JSON_TABLE. */
  record JsonTableScan(
      int slot, Expression document, JsonTableDefinition definition, double estimatedRows)
      implements PhysicalNode {}
}
