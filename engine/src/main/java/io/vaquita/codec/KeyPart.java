package io.vaquita.codec;

import io.vaquita.value.DataType;

/**
 * One part of a key. Immutable.
 *
 * @param column ordinal in the rows that keys are made of
 * @param nullable whether a byte tells NULL from values
 * @param prefixLength characters (bytes of byte strings) that count, 0 for all
 */
public record KeyPart(
    int column, DataType type, boolean nullable, int prefixLength, boolean descending) {
  public static KeyPart of(int column, DataType type, boolean nullable) {
    return new KeyPart(column, type, nullable, 0, false);
  }
}
