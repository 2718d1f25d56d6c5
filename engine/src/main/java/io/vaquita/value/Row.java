package io.vaquita.value;

import java.math.BigDecimal;

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
}
