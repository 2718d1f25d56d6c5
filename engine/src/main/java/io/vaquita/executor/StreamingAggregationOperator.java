package io.vaquita.executor;

import io.vaquita.expression.aggregate.Accumulator;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.ValueRow;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates an input whose groups come together, or the whole input where there is no GROUP BY.
 *
 * <p>WITH ROLLUP keeps one set of accumulators for each level: level k counts rows that share the first k group expressions. When
 * part d of the group changes, the levels above d are complete and come out, the most detailed first.
 */
final class StreamingAggregationOperator extends Operator {
  private final PhysicalNode.Aggregation node;
  private final Operator input;
  private final RowMaker groupMaker;
  private final KeyMaker groupKey;
  private final int groupSize;

  /** The levels that come out: all with rollup, otherwise only the most detailed. */
  private final int lowestLevel;

  private final Accumulator[][] levels;
  private final byte[][] parts;
  private final KeyBuffer part = new KeyBuffer();
  private final ArrayDeque<ValueRow> ready = new ArrayDeque<>();
  private @Nullable ValueRow group;
  private boolean ended;

  StreamingAggregationOperator(Execution execution, PhysicalNode.Aggregation node) {
    super(execution);
    this.node = node;
    this.groupSize = node.groupBy().size();
    this.input = Operators.build(orderedInput(node), execution);
    this.groupMaker = AggregationOperators.groupMaker(node);
    this.groupKey = KeyMaker.ofValues(node.groupBy());
    this.lowestLevel = node.rollup() ? 0 : groupSize;
    this.levels = new Accumulator[groupSize + 1][];
    for (int level = lowestLevel; level <= groupSize; level++) {
      levels[level] = AggregationOperators.accumulators(node.aggregates());
    }
    this.parts = new byte[groupSize][];
  }

  /** ROLLUP over an input in no order sorts it. */
  private static PhysicalNode orderedInput(PhysicalNode.Aggregation node) {
    if (node.inputIsOrdered() || node.groupBy().isEmpty()) {
      return node.input();
    }
    var keys = node.groupBy().stream().map(e -> new PhysicalNode.SortKey(e, false)).toList();
    var slots = PlanWalk.producedSlots(node.input()).stream().boxed().toList();
    return new PhysicalNode.Sort(node.input(), keys, slots, null, node.estimatedRows());
  }

  @Override
  void open() {
    for (int level = lowestLevel; level <= groupSize; level++) {
      reset(level);
    }
    ready.clear();
    group = null;
    ended = false;
    input.open();
  }

  private void reset(int level) {
    for (Accumulator a : levels[level]) {
      a.reset();
    }
  }

  @Override
  boolean next() {
    while (ready.isEmpty()) {
      if (ended) {
        return false;
      }
      if (input.next()) {
        addRow();
      } else {
        finish();
      }
    }
    frame.rows[node.slot()] = ready.removeFirst();
    return true;
  }

  private void addRow() {
    if (group == null) {
      startGroup(0);
    } else {
      int changed = firstChangedPart();
      if (changed < groupSize) {
        complete(changed + 1);
        startGroup(changed);
      }
    }
    for (int level = lowestLevel; level <= groupSize; level++) {
      for (Accumulator a : levels[level]) {
        a.add(frame);
      }
    }
  }

  private int firstChangedPart() {
    for (int i = 0; i < groupSize; i++) {
      groupKey.writePart(i, frame, part);
      if (!part.isEqualTo(parts[i])) {
        return i;
      }
    }
    return groupSize;
  }

  private void startGroup(int firstPart) {
    for (int i = firstPart; i < groupSize; i++) {
      groupKey.writePart(i, frame, part);
      parts[i] = part.toBytes();
    }
    ValueRow row = new ValueRow(AggregationOperators.width(node));
    groupMaker.fill(row, frame);
    group = row;
  }

  /** Gives out the levels from the most detailed down to {@code level}. */
  private void complete(int level) {
    ValueRow from = group == null ? new ValueRow(AggregationOperators.width(node)) : group;
    for (int l = groupSize; l >= Math.max(level, lowestLevel); l--) {
      ValueRow row = from;
      if (node.rollup()) {
        row = rolledUp(from, l);
      }
      AggregationOperators.setResults(row, node, levels[l], frame);
      ready.add(row);
      reset(l);
    }
  }

  private ValueRow rolledUp(ValueRow from, int level) {
    ValueRow row = from.copy();
    long bits = 0;
    for (int i = level; i < groupSize; i++) {
      row.setNull(i);
      bits |= 1L << i;
    }
    row.setLong(groupSize, bits);
    return row;
  }

  private void finish() {
    ended = true;
    if (group != null || groupSize == 0) {
      complete(0);
    } else if (node.rollup()) {
      // An empty input still has its grand total.
      ValueRow total = rolledUp(new ValueRow(AggregationOperators.width(node)), 0);
      AggregationOperators.setResults(total, node, levels[0], frame);
      ready.add(total);
    }
    Arrays.fill(parts, new byte[0]);
  }

  @Override
  void close() {
    input.close();
    ready.clear();
  }
}
