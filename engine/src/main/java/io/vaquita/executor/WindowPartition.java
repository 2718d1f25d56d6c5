package io.vaquita.executor;

import io.vaquita.expression.Frame;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import io.vaquita.value.ValueRow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one partition in their order, with their results and where their peers begin and end. Rows and results go on in files
 * beyond the statement's memory; the numbers of peer groups stay. Confined to one operator.
 */
final class WindowPartition {
  final Frame frame;
  private final Execution execution;
  private final int columns;
  private final KeyMaker orderKey;
  private final KeyBuffer key = new KeyBuffer();
  private final FrameRows rows;
  private WindowResults results;
  private RowList.@Nullable Reader resultReader;
  private byte[] lastKey = {};

  /** By row: number of its peer group; by group: its first row, and one more entry for the end. */
  private int[] groupOf = new int[16];

  private int[] groupStart = new int[16];
  private int groups;

  WindowPartition(Execution execution, PhysicalNode.Window node, int[] slots) {
    this.execution = execution;
    this.frame = execution.frame;
    this.columns = node.functions().size();
    this.rows = new FrameRows(execution, slots);
    this.results = new WindowResults(execution, 0, columns);
    this.orderKey = KeyMaker.ofSortKeys(node.orderBy());
  }

  /** Adds the frame's rows. */
  void add() {
    int row = rows.size();
    rows.add();
    orderKey.write(frame, key);
    if (row == groupOf.length) {
      groupOf = Arrays.copyOf(groupOf, row * 2);
      checkMemory(Integer.BYTES * ((long) groupOf.length + groupStart.length));
    }
    if (row == 0 || !key.isEqualTo(lastKey)) {
      lastKey = key.toBytes();
      if (groups + 1 == groupStart.length) {
        groupStart = Arrays.copyOf(groupStart, groupStart.length * 2);
      }
      groupStart[groups++] = row;
    }
    groupOf[row] = groups - 1;
  }

  /** Ends the statement when what has to stay in memory is too much. */
  void checkMemory(long bytes) {
    execution.spilling.checkMemory(bytes);
  }

  /** After the last row, before anything else is asked. */
  void finish() {
    groupStart[groups] = rows.size();
    rows.finish();
    results = new WindowResults(execution, rows.size(), columns);
  }

  /** Lets a function set its results. */
  void compute(WindowFunction function) {
    results.beginPass();
    function.compute(this);
    results.endPass();
  }

  int size() {
    return rows.size();
  }

  void restore(int row) {
    rows.restore(row);
  }

  /** For functions: the results of a row, to be set; asked in the order of rows. */
  ValueRow result(int row) {
    return results.row(row);
  }

  /** After the functions: the next row's results, from the first. */
  Row nextResult() {
    RowList.Reader reader = resultReader;
    if (reader == null) {
      reader = results.reader();
      resultReader = reader;
    }
    Row next = reader.next();
    if (next == null) {
      throw new IllegalStateException("no further row");
    }
    return next;
  }

  /** The number of the row's peer group, from 0. */
  int group(int row) {
    return groupOf[row];
  }

  int groupStart(int group) {
    return groupStart[group];
  }

  /** The first row after the group. */
  int groupEnd(int group) {
    return groupStart[group + 1];
  }
}
