package io.vaquita.planner.physical;

import io.vaquita.catalog.TableDefinition;
import io.vaquita.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a whole data statement. Immutable, shared between sessions through the plan cache.
 *
 * <p>Common parts are in {@link Shape}: how many slots the frame needs, the plans of subqueries by index, which relations were used.
 */
public sealed interface Plan permits QueryPlan, Plan.InsertPlan, Plan.UpdatePlan, Plan.DeletePlan {
  Shape shape();

  /**
   * @param parameterCount parameters and digested literals together
   * @param isReusable false where the plan hangs on the types of user variables, or shows virtual tables, and must not be cached
   * @param cost of all its query blocks, in units of a row read in sequence
   * @param notes what EXPLAIN needs beyond the nodes
   */
  record Shape(
      int slots,
      List<SubqueryPlan> subqueries,
      int materializations,
      int workingTables,
      int parameterCount,
      List<UsedTable> tables,
      boolean isReusable,
      double cost,
      PlanNotes notes) {
    public Shape {
      subqueries = List.copyOf(subqueries);
      tables = List.copyOf(tables);
    }
  }

  /** A base table or view of the statement, for metadata locks, privileges and cache validity. */
  record UsedTable(String schema, String name, long id, long version, boolean write) {}

  /**
   * A subquery inside an expression.
   *
   * @param dependsOn outer slots that it reads; empty: run once a statement and remembered
   * @param isCacheable false when it calls functions such as RAND() or reads user variables
   */
  record SubqueryPlan(PhysicalNode root, List<Integer> dependsOn, boolean isCacheable) {}

  /**
   * What only EXPLAIN shows, so that the nodes stay small.
   *
   * @param blocks the query blocks by number - 1
   * @param places by slot
   */
  record PlanNotes(List<SlotNote> slots, List<BlockNote> blocks, List<Place> places) {
    public static final PlanNotes NONE = new PlanNotes(List.of(), List.of(), List.of());

    public PlanNotes {
      slots = List.copyOf(slots);
      blocks = List.copyOf(blocks);
      places = List.copyOf(places);
    }
  }

  /**
   * Where a slot comes from.
   *
   * @param block the number of the query block that it belongs to, from 1
   */
  record Place(int block, String alias) {}

  /**
   * @param block the number of the query block that the slot belongs to, from 1
   * @param rowsRead rows that the access is expected to read, before its condition
   * @param cost of this step of the join, in units of a row read in sequence
   * @param usedColumns names, in the order of the table
   */
  record SlotNote(
      int slot,
      int block,
      String alias,
      List<String> possibleKeys,
      double rowsRead,
      double rowsKept,
      double cost,
      List<String> usedColumns) {}

  /**
   * @param selectType as in EXPLAIN: SIMPLE, PRIMARY, SUBQUERY, DERIVED, UNION …
   * @param cost of the block's joins
   */
  record BlockNote(int number, String selectType, double cost) {}

  /**
   * INSERT and REPLACE.
   *
   * <p>Where {@code source} is a {@link PhysicalNode.ValuesScan}, its expressions are stored one by one, each evaluated in its own
   * type and converted as its target column asks (the scan's {@code types} are those of its first row); otherwise it is a
   * {@link PhysicalNode.Project} into {@code sourceSlot}, which is streamed: its inputs' slots hold the current row.
   *
   * @param source one row for each row to insert, in {@code sourceSlot}, columns as in {@code columns}
   * @param columns ordinals of the target that the source gives; others get their default
   * @param defaults by ordinal: bound expressions of DEFAULT (expr) and of generated columns, or null
   * @param rowSlot where the row to insert is put for generated columns, CHECKs and VALUES(); for generated columns and CHECKs of ON
   *     DUPLICATE KEY UPDATE the updated row is put here
   * @param valuesReadRow whether expressions of the ValuesScan name columns of the target: they read {@code rowSlot}, where each column
   *     has its default until it is given its value
   * @param existingSlot where ON DUPLICATE KEY UPDATE finds the existing row, changed by each assignment in turn
   */
  record InsertPlan(
      Shape shape,
      TableDefinition table,
      boolean replace,
      boolean ignore,
      PhysicalNode source,
      int sourceSlot,
      List<Integer> columns,
      List<@Nullable Expression> defaults,
      int rowSlot,
      int existingSlot,
      List<ColumnAssignment> onDuplicate,
      List<BoundCheck> checks,
      boolean isSingleRow,
      boolean valuesReadRow)
      implements Plan {}

  record ColumnAssignment(int column, Expression value) {}

  /**
   * A row is refused when the condition is false; NULL passes.
   *
   * @param viewSchema of WITH CHECK OPTION (error 1369), whose view is {@code name}; null for a CHECK constraint (3819)
   */
  record BoundCheck(@Nullable String viewSchema, String name, Expression condition) {}

  /**
   * @param source finds and locks the rows to change; holds a Buffer or Sort where the changes would disturb the search
   * @param targets more than one in multi-table UPDATE; each row of a target is changed at most once, also when the join gives it
   *     several times, and a target whose slot holds NullRow is left out
   */
  record UpdatePlan(Shape shape, boolean ignore, PhysicalNode source, List<UpdateTarget> targets)
      implements Plan {}

  /**
   * @param slot the row that was found, changed by each assignment in turn, so that later ones read new values
   * @param rowSlot where the new row is put for generated columns and CHECKs
   * @param assignments without generated columns and ON UPDATE CURRENT_TIMESTAMP, which the executor adds
   * @param generated by ordinal, over {@code rowSlot}; null for plain columns
   */
  record UpdateTarget(
      TableDefinition table,
      int slot,
      int rowSlot,
      List<ColumnAssignment> assignments,
      List<@Nullable Expression> generated,
      List<BoundCheck> checks) {}

  record DeletePlan(Shape shape, boolean ignore, PhysicalNode source, List<DeleteTarget> targets)
      implements Plan {}

  record DeleteTarget(TableDefinition table, int slot) {}
}
