package io.vaquita.planner;

import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.planner.physical.Plan.BlockNote;
import io.vaquita.planner.physical.Plan.Place;
import io.vaquita.planner.physical.Plan.PlanNotes;
import io.vaquita.planner.physical.Plan.SlotNote;
import io.vaquita.planner.physical.Plan.UsedTable;
import io.vaquita.planner.physical.RowLocking;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is common to all query blocks of one statement while it is planned: the numbers given out (slots, subqueries,
 * materializations, blocks), the relations used, which columns are read. Confined to one thread.
 */
final class StatementBinding {
  final PlannerContext context;
  private final List<SlotUse> slots = new ArrayList<>();
  private final List<BoundSubquery> subqueries = new ArrayList<>();
  private final List<UsedTable> tables = new ArrayList<>();
  private final List<String> blockTypes = new ArrayList<>();
  private final Map<Integer, Double> blockCosts = new HashMap<>();
  private final Set<Long> read = new HashSet<>();
  private int materializations;
  private int workingTables;
  private int viewDepth;
  private boolean reusable = true;
  private final boolean wantsNotes;
  private final List<SlotNote> notes = new ArrayList<>();
  private boolean insideDerived;
  final HintNames hintNames = new HintNames();
  private RowLocking readLocking = RowLocking.NONE;

  /** The base tables that the statement changes: not readable in subqueries (error 1093). */
  private final List<TableDefinition> targets = new ArrayList<>();

  /** @param wantsNotes the plan is for EXPLAIN */
  StatementBinding(PlannerContext context, boolean wantsNotes) {
    this.context = context;
    this.wantsNotes = wantsNotes;
  }

  /** What is known of a slot: the block and alias that EXPLAIN shows, and the columns that the statement reads. */
  static final class SlotUse {
    final int block;
    final String alias;
    final BitSet columns = new BitSet();

    SlotUse(int block, String alias) {
      this.block = block;
      this.alias = alias;
    }
  }

  int newSlot(int block, String alias) {
    slots.add(new SlotUse(block, alias));
    return slots.size() - 1;
  }

  SlotUse slot(int slot) {
    return slots.get(slot);
  }

  int slotCount() {
    return slots.size();
  }

  void columnUsed(int slot, int column) {
    slots.get(slot).columns.set(column);
  }

  void allColumnsUsed(int slot, TableDefinition table) {
    slots.get(slot).columns.set(0, table.columns().size());
  }

  int newMaterialization() {
    return materializations++;
  }

  int materializationCount() {
    return materializations;
  }

  int newWorkingTable() {
    return workingTables++;
  }

  int workingTableCount() {
    return workingTables;
  }

  /** Blocks are numbered from 1 in the order in which their SELECT stands in the text. */
  int newBlock(String selectType) {
    blockTypes.add(selectType);
    return blockTypes.size();
  }

  void blockType(int block, String selectType) {
    blockTypes.set(block - 1, selectType);
  }

  String blockType(int block) {
    return blockTypes.get(block - 1);
  }

  int blockCount() {
    return blockTypes.size();
  }

  /** Keeps a place for a subquery; {@link #setSubquery} fills it once it is bound. */
  int newSubquery() {
    subqueries.add(BoundSubquery.UNBOUND);
    return subqueries.size() - 1;
  }

  void setSubquery(int index, BoundSubquery subquery) {
    subqueries.set(index, subquery);
  }

  BoundSubquery subquery(int index) {
    return subqueries.get(index);
  }

  int subqueryCount() {
    return subqueries.size();
  }

  /** Keeps what EXPLAIN shows of an access. The last access of a slot that was built is the one in the plan. */
  void noteAccess(
      Source.Table source,
      Supplier<List<String>> possibleKeys,
      double rowsRead,
      double rowsKept,
      double stepCost) {
    if (wantsNotes) {
      SlotUse use = slots.get(source.slot);
      List<String> used =
          use.columns.stream().mapToObj(c -> source.table.columns().get(c).name()).toList();
      notes.add(
          new SlotNote(
              source.slot,
              use.block,
              use.alias,
              possibleKeys.get(),
              rowsRead,
              rowsKept,
              stepCost,
              used));
    }
  }

  PlanNotes notes() {
    if (!wantsNotes) {
      return PlanNotes.NONE;
    }
    List<BlockNote> blocks = new ArrayList<>();
    for (int i = 0; i < blockTypes.size(); i++) {
      blocks.add(new BlockNote(i + 1, blockTypes.get(i), blockCosts.getOrDefault(i + 1, 0.0)));
    }
    return new PlanNotes(
        notes, blocks, slots.stream().map(s -> new Place(s.block, s.alias)).toList());
  }

  /** The cost of a block's joins, each time it is run. */
  void noteCost(int block, double cost) {
    blockCosts.put(block, cost);
  }

  /** The cost of all blocks. */
  double cost() {
    double cost = 0;
    for (double c : blockCosts.values()) {
      cost += c;
    }
    return cost;
  }

  /** The plan hangs on what only this execution or this session knows. */
  void setNotReusable() {
    reusable = false;
  }

  boolean isReusable() {
    return reusable;
  }

  void use(Relation relation, boolean write) {
    switch (relation) {
      case TableDefinition t ->
          use(new UsedTable(t.schema(), t.name(), t.id(), t.version(), write));
      case ViewDefinition v -> use(new UsedTable(v.schema(), v.name(), v.id(), v.version(), write));
      // what virtual tables show hangs on who asks
      case io.vaquita.catalog.VirtualTable ignored -> setNotReusable();
    }
  }

  private void use(UsedTable use) {
    for (int i = 0; i < tables.size(); i++) {
      UsedTable known = tables.get(i);
      if (known.id() == use.id()
          && known.name().equals(use.name())
          && known.schema().equals(use.schema())) {
        if (use.write() && !known.write()) {
          tables.set(i, use);
        }
        return;
      }
    }
    tables.add(use);
  }

  List<UsedTable> tables() {
    return tables;
  }

  /** A table source was bound. */
  void noteRead(TableDefinition table) {
    read.add(table.id());
  }

  /** Whether the table stands in a FROM of the statement. */
  boolean reads(TableDefinition table) {
    return read.contains(table.id());
  }

  void addTarget(TableDefinition table) {
    targets.add(table);
  }

  /**
   * Whether {@code table} is what the statement changes and this block a subquery that must not read it. Materialized derived tables
   * may: they are filled before the first change.
   */
  boolean isForbiddenHere(TableDefinition table, BlockBinding block) {
    if (block.outer != null && !insideDerived) {
      for (TableDefinition target : targets) {
        if (target.id() == table.id()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Derived tables in subqueries of a statement that changes rows are never merged, so that they may read its target. */
  boolean mustMaterialize(BlockBinding block) {
    return !targets.isEmpty() && block.outer != null;
  }

  boolean enterDerived() {
    boolean before = insideDerived;
    insideDerived = true;
    return before;
  }

  void leaveDerived(boolean before) {
    insideDerived = before;
  }

  /** How tables are read where no clause says otherwise: statements that change rows lock what they read. */
  RowLocking readLocking() {
    return readLocking;
  }

  void setReadLocking(RowLocking locking) {
    readLocking = locking;
  }

  /** Views in views; a definition that has come to contain itself ends here. */
  void enterView() {
    viewDepth++;
  }

  void leaveView() {
    viewDepth--;
  }

  int viewDepth() {
    return viewDepth;
  }
}
