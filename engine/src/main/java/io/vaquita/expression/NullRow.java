package io.vaquita.expression;

import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import java.math.BigDecimal;

/** A row of NULLs of any width. Immutable. */
public final class NullRow implements Row {
  public static final NullRow INSTANCE = new NullRow();

  private NullRow() {}

  @Override
  public int columnCount() {
    return 0;
  }

  @Override
  public boolean isNull(int column) {
    return true;
  }

  @Override
  public long getLong(int column) {
    return 0;
  }

  @Override
  public double getDouble(int column) {
    return 0;
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return BigDecimal.ZERO;
  }

  @Override
  public Slice getBytes(int column) {
    return Slice.EMPTY;
  }
}
