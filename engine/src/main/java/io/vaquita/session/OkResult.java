package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import java.util.List;

/** The outcome of a statement without rows. Immutable. */
record OkResult(long affectedRows, long lastInsertId, String info, int warningCount)
    implements Result {
  @Override
  public boolean hasRows() {
    return false;
  }

  @Override
  public List<Column> columns() {
    return List.of();
  }

  @Override
  public boolean next() {
    return false;
  }

  @Override
  public boolean isNull(int column) {
    throw noRows();
  }

  @Override
  public long getLong(int column) {
    throw noRows();
  }

  @Override
  public double getDouble(int column) {
    throw noRows();
  }

  @Override
  public Value getValue(int column) {
    throw noRows();
  }

  @Override
  public void appendText(int column, TextBuffer out) {
    throw noRows();
  }

  @Override
  public void close() {}

  private static IllegalStateException noRows() {
    return new IllegalStateException("the result has no rows");
  }
}
