package io.vaquita.planner;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.IndexDefinition.Part;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * An order of rows that saves a sort (ORDER BY) or a table of groups (GROUP BY). Immutable.
 *
 * @param grouping only equal rows must come together: any permutation and direction will do
 * @param wanted rows that will be taken at most, or a negative number for all
 */
record DesiredOrder(List<SortKey> keys, boolean grouping, double wanted) {
  static final DesiredOrder NONE = new DesiredOrder(List.of(), false, -1);

  /** How an index gives the order. */
  enum Given {
    NO,
    FORWARD,
    BACKWARD
  }

  static DesiredOrder ofGroups(List<Expression> groupBy) {
    List<SortKey> keys = new ArrayList<>();
    for (Expression e : groupBy) {
      keys.add(new SortKey(e, false));
    }
    return new DesiredOrder(keys, true, -1);
  }

  boolean isWanted() {
    return !keys.isEmpty();
  }

  /** The only slot whose columns are wanted in order, or -1. */
  int slot() {
    int slot = -1;
    for (SortKey key : keys) {
      if (!(key.expression() instanceof ColumnExpression c) || slot >= 0 && slot != c.slot()) {
        return -1;
      }
      slot = c.slot();
    }
    return slot;
  }

  /** Whether rows come in this order when the table is read by the path alone or drives a join. */
  Given givenBy(TablePath path, Source.Table source) {
    if (slot() != source.slot) {
      return Given.NO;
    }
    if (path.isUnique()) {
      return Given.FORWARD;
    }
    List<Part> parts = orderOf(path.index(), source);
    BitSet fixed = new BitSet();
    for (int i = 0; i < path.fixedParts(); i++) {
      fixed.set(parts.get(i).column());
    }
    return grouping
        ? ofGrouping(parts, path.fixedParts(), fixed)
        : ofSorting(parts, path.fixedParts(), fixed);
  }

  /** The parts of the index and then those of the primary key, by which equal entries are ordered. */
  private static List<Part> orderOf(IndexDefinition index, Source.Table source) {
    List<Part> parts = new ArrayList<>(index.parts());
    IndexDefinition clustered = source.table.clustered();
    if (index.tree() != clustered.tree()) {
      parts.addAll(clustered.parts());
    }
    return parts;
  }

  private Given ofSorting(List<Part> parts, int from, BitSet fixed) {
    int at = from;
    Given given = Given.NO;
    for (SortKey key : keys) {
      int column = ((ColumnExpression) key.expression()).column();
      if (fixed.get(column)) {
        continue;
      }
      if (at >= parts.size()
          || parts.get(at).column() != column
          || parts.get(at).prefixLength() > 0) {
        return Given.NO;
      }
      Given needed =
          key.descending() == parts.get(at).descending() ? Given.FORWARD : Given.BACKWARD;
      if (given != Given.NO && given != needed) {
        return Given.NO;
      }
      given = needed;
      fixed.set(column);
      at++;
    }
    return given == Given.NO ? Given.FORWARD : given;
  }

  private Given ofGrouping(List<Part> parts, int from, BitSet fixed) {
    BitSet wantedColumns = new BitSet();
    for (SortKey key : keys) {
      wantedColumns.set(((ColumnExpression) key.expression()).column());
    }
    wantedColumns.andNot(fixed);
    for (int at = from; !wantedColumns.isEmpty(); at++) {
      if (at >= parts.size()
          || !wantedColumns.get(parts.get(at).column())
          || parts.get(at).prefixLength() > 0) {
        return Given.NO;
      }
      wantedColumns.clear(parts.get(at).column());
    }
    return Given.FORWARD;
  }
}
