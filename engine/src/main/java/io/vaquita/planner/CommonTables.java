package io.vaquita.planner;

import io.vaquita.parser.syntax.QuerySyntax.CommonTable;
import io.vaquita.planner.physical.OutputColumn;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The common table expressions that a query sees: a chain from the innermost WITH outwards. Confined to one thread. */
final class CommonTables {
  static final CommonTables NONE = new CommonTables(null, null);

  private final @Nullable Entry entry;
  private final @Nullable CommonTables rest;

  private CommonTables(@Nullable Entry entry, @Nullable CommonTables rest) {
    this.entry = entry;
    this.rest = rest;
  }

  CommonTables with(Entry added) {
    return new CommonTables(added, this);
  }

  @Nullable Entry find(String name) {
    for (CommonTables c = this; c != null; c = c.rest) {
      if (c.entry != null && c.entry.table.name().equals(name)) {
        return c.entry;
      }
    }
    return null;
  }

  /** One common table expression: its syntax, where it was declared, and its materialization once a reference needed one. */
  static final class Entry {
    final CommonTable table;
    final boolean recursive;

    /** What its own query sees: the ones declared before it. */
    final CommonTables visible;

    /** The block whose names its query may use. */
    final @Nullable BlockBinding outer;

    @Nullable Shared shared;

    /** While the recursive part is bound: what a reference to itself reads. */
    @Nullable Working working;

    Entry(
        CommonTable table, boolean recursive, CommonTables visible, @Nullable BlockBinding outer) {
      this.table = table;
      this.recursive = recursive;
      this.visible = visible;
      this.outer = outer;
    }
  }

  /** A materialization that all references share. Its columns are those of {@code inputSlot}. */
  record Shared(
      int inputSlot,
      int materialization,
      BoundQuery query,
      List<OutputColumn> columns,
      BitSet dependsOn) {}

  /** @param columns as derived from the anchor */
  record Working(int workingTable, List<OutputColumn> columns) {}
}
