package io.vaquita.value;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A row whose columns are decoded when they are asked for. Immutable: operators keep references to rows without copying them.
 * Which getter fits a column follows from the column's {@link TypeKind}; a getter on a NULL column returns 0 or {@link Slice#EMPTY}.
 */
public interface Row {
  int columnCount();

  boolean isNull(int column);

  /**
   * Integer kinds (unsigned BIGINT as its 64 bits), YEAR, BIT, the index of an ENUM, the bits of a SET, and the packed form of
   * temporal kinds (see {@code value.temporal}; TIMESTAMP: microseconds since the epoch in UTC).
   */
  long getLong(int column);

  /** FLOAT (widened) and DOUBLE. */
  double getDouble(int column);

  BigDecimal getDecimal(int column);

  /** Character kinds as UTF-8, binary kinds, JSON in its binary form. */
  Slice getBytes(int column);

  /**
   * What stands in the row in place of a value that is kept elsewhere and read when {@link #getBytes} is asked for it; null where the row
   * itself has the value. Equal bytes here mean equal values, so that whoever only passes a value on need not read it.
   */
  default @Nullable Slice reference(int column) {
    return null;
  }
}
