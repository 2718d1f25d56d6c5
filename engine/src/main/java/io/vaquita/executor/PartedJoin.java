package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.expression.NullRow;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import io.vaquita.value.Row;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hash join whose right side does not fit in memory: both sides are parted by the hash of the key, and each part is joined by
 * itself. The rows of the join are sorted by the numbers of their left rows at the end, so that they come in the order in which a
 * join in memory would give them. Confined to one operator.
 */
final class PartedJoin {
  private final Execution execution;
  private final JoinKind kind;
  private final @Nullable Expression condition;
  private final JoinTable table;
  private final int[] rightSlots;
  private final int[] keptSlots;
  private final RowParts leftParts;
  private final KeyMaker leftKeys;
  private final KeyBuffer key = new KeyBuffer();
  private final KeyBuffer order = new KeyBuffer();
  private final FullSorter joined;
  private final ArrayDeque<Pair> waiting = new ArrayDeque<>();

  /** One part of both sides; without a file: no rows. */
  private record Pair(@Nullable TemporaryFile left, @Nullable TemporaryFile right, int depth) {}

  PartedJoin(Execution execution, PhysicalNode.HashJoin node, JoinTable table, KeyMaker leftKeys) {
    this.execution = execution;
    this.kind = node.kind();
    this.condition = node.condition();
    this.table = table;
    this.leftKeys = leftKeys;
    this.rightSlots = SlotRows.toArray(node.rightSlots());
    int[] leftSlots = PlanWalk.producedSlots(node.left()).stream().toArray();
    this.keptSlots = keepsRight() ? concat(leftSlots, rightSlots) : leftSlots;
    this.leftParts = new RowParts(execution, leftSlots);
    this.joined = new FullSorter(execution.spilling, keptSlots.length, execution::countRow);
  }

  private boolean keepsRight() {
    return kind == JoinKind.INNER || kind == JoinKind.LEFT;
  }

  private static int[] concat(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** Joins everything; {@code left} is read to its end. */
  void run(Operator left) {
    leftParts.begin(0);
    long number = 0;
    left.open();
    while (left.next()) {
      number++;
      if (leftKeys.write(execution.frame, key)) {
        leftParts.add(key, number);
      } else {
        unmatched(number);
      }
    }
    left.close();
    queue(Objects.requireNonNull(table.files()), 1);
    for (Pair pair = waiting.poll(); pair != null; pair = waiting.poll()) {
      join(pair);
    }
    joined.finish();
  }

  private void queue(@Nullable TemporaryFile[] rightFiles, int depth) {
    @Nullable TemporaryFile[] leftFiles = leftParts.finish();
    for (int i = 0; i < leftFiles.length; i++) {
      if (leftFiles[i] != null) {
        waiting.add(new Pair(leftFiles[i], rightFiles[i], depth));
      }
    }
  }

  private void join(Pair pair) {
    @Nullable TemporaryFile @Nullable [] deeper =
        pair.right == null ? null : table.fillFrom(pair.right, pair.depth);
    TemporaryFile.Reader reader = RowParts.open(Objects.requireNonNull(pair.left));
    if (deeper != null) {
      leftParts.begin(pair.depth);
      while (leftParts.next(reader, key)) {
        leftParts.add(key, leftParts.number());
      }
      queue(deeper, pair.depth + 1);
      return;
    }
    if (table.hasRest()) {
      joinByPortions(pair.left);
      return;
    }
    while (leftParts.next(reader, key)) {
      if (!match(pair.right == null ? null : table.find(key), leftParts.number())) {
        unmatched(leftParts.number());
      }
    }
  }

  /** Right rows of one key that do not fit: each portion of them meets all left rows. What had no match in any comes last. */
  private void joinByPortions(TemporaryFile leftFile) {
    BitSet matched = new BitSet();
    while (true) {
      TemporaryFile.Reader reader = RowParts.open(leftFile);
      for (int i = 0; leftParts.next(reader, key); i++) {
        if ((keepsRight() || !matched.get(i)) && match(table.find(key), leftParts.number())) {
          matched.set(i);
        }
      }
      if (!table.hasRest()) {
        break;
      }
      table.fillOnFrom();
    }
    TemporaryFile.Reader reader = RowParts.open(leftFile);
    for (int i = 0; leftParts.next(reader, key); i++) {
      if (!matched.get(i)) {
        unmatched(leftParts.number());
      }
    }
  }

  /** Whether a right row matched; rows of the join are added. */
  private boolean match(JoinTable.@Nullable Entry first, long number) {
    boolean matched = false;
    for (JoinTable.Entry e = first; e != null; e = e.next) {
      execution.countRow();
      SlotRows.put(rightSlots, e.rows, execution.frame);
      if (condition == null || condition.evaluateBoolean(execution.frame)) {
        matched = true;
        if (kind != JoinKind.ANTI) {
          add(number);
        }
        if (!keepsRight()) {
          return true;
        }
      }
    }
    return matched;
  }

  private void unmatched(long number) {
    if (kind == JoinKind.LEFT || kind == JoinKind.ANTI) {
      clearRight();
      add(number);
    }
  }

  private void add(long number) {
    order.clear();
    order.putNumber(number);
    joined.add(order, SlotRows.take(keptSlots, execution.frame));
  }

  private void clearRight() {
    for (int slot : rightSlots) {
      execution.frame.rows[slot] = NullRow.INSTANCE;
    }
  }

  /** The next row of the join, into the frame. */
  boolean next() {
    Row[] rows = joined.next();
    if (rows == null) {
      return false;
    }
    SlotRows.put(keptSlots, rows, execution.frame);
    if (!keepsRight()) {
      clearRight();
    }
    return true;
  }
}
