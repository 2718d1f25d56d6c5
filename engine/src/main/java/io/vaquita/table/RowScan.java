package io.vaquita.table;

import io.vaquita.value.Row;
import org.jspecify.annotations.Nullable;

/** Reads rows of one table through one index, those that its filter accepts. Confined to one thread. */
public interface RowScan {
  /** Starts with a range; may be called again at any time. */
  void open(KeyRange range, boolean reverse);

  /** To the next row of the range. */
  boolean next();

  /** The row that {@link #next} came to. */
  Row row();

  /** The one row with this whole key of a unique index, or null. */
  @Nullable Row find(byte[] key);
}
