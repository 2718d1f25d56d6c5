package io.vaquita.executor;

import io.vaquita.value.Row;
import io.vaquita.value.ValueRow;
import org.jspecify.annotations.Nullable;

/**
 * The window functions' results for the rows of a partition, one row each. The functions pass over them one after the other, each from
 * the first row to the last, and set their column; then they are read once. What does not fit in memory goes to a file with each
 * pass. Confined to one operator.
 */
final class WindowResults {
  private final Execution execution;
  private final int size;
  private final int columns;
  private RowList.@Nullable Reader before;
  private @Nullable RowList written;
  private ValueRow current;
  private int at = -1;

  WindowResults(Execution execution, int size, int columns) {
    this.execution = execution;
    this.size = size;
    this.columns = columns;
    this.current = new ValueRow(columns);
  }

  /** Begins a function's pass. */
  void beginPass() {
    before = written == null ? null : written.reader();
    written = new RowList(execution);
    at = -1;
  }

  /** The results of a row, to be set; no row before it can be had again in this pass. */
  ValueRow row(int row) {
    if (row < at) {
      throw new IllegalStateException("row " + row + " after row " + at);
    }
    while (at < row) {
      advance();
    }
    return current;
  }

  private void advance() {
    keepCurrent();
    at++;
    Row next = before == null ? null : before.next();
    current = next instanceof ValueRow v ? v : new ValueRow(columns);
  }

  private void keepCurrent() {
    if (at >= 0 && written != null) {
      written.add(current);
    }
  }

  /** Ends a function's pass: rows that it left out have NULL. */
  void endPass() {
    row(size - 1);
    keepCurrent();
  }

  /** A walk over the results of all rows; ends the passes. */
  RowList.Reader reader() {
    if (written == null) {
      beginPass();
      endPass();
    }
    RowList all = written;
    if (all == null) {
      throw new IllegalStateException("no pass");
    }
    return all.reader();
  }
}
