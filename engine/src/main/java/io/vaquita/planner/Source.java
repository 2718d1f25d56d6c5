package io.vaquita.planner;

import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.expression.Expression;
import io.vaquita.parser.syntax.TableReference.IndexHint;
import io.vaquita.planner.physical.JsonTableDefinition;
import io.vaquita.planner.physical.RowLocking;
import java.util.BitSet;
import java.util.List;

/** A leaf of the FROM clause: whatever puts rows into one slot. */
sealed interface Source {
  int slot();

  /** Slots of tables to its left that it reads (LATERAL, JSON_TABLE). */
  default BitSet dependsOn() {
    return NOTHING;
  }

  /** Never changed. */
  BitSet NOTHING = new BitSet(0);

  /** A base table. {@code locking} is set once the whole block is known. */
  final class Table implements Source {
    final int slot;
    final TableDefinition table;
    final String alias;
    final List<IndexHint> hints;
    RowLocking locking = RowLocking.NONE;

    Table(int slot, TableDefinition table, String alias, List<IndexHint> hints) {
      this.slot = slot;
      this.table = table;
      this.alias = alias;
      this.hints = hints;
    }

    @Override
    public int slot() {
      return slot;
    }
  }

  record Virtual(int slot, VirtualTable table) implements Source {}

  /** A materialized derived table, view or common table expression. */
  record Derived(
      int slot,
      String alias,
      int inputSlot,
      int materialization,
      BoundQuery query,
      BitSet dependsOn)
      implements Source {}

  record JsonTable(int slot, Expression document, JsonTableDefinition definition, BitSet dependsOn)
      implements Source {}

  /** The recursive reference inside WITH RECURSIVE. */
  record Working(int slot, int workingTable) implements Source {}
}
