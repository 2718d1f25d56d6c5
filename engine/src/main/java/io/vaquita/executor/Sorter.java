package io.vaquita.executor;

import io.vaquita.value.Row;

/** Takes rows with their keys and gives them back in key order, equal keys in the order of arrival. Confined to one operator. */
interface Sorter {
  void add(KeyBuffer key, Row[] rows);

  /** Whether a row with this key would be thrown away at once, so that its rows need not be taken. */
  boolean refuses(KeyBuffer key);

  /** To be called once after the last {@link #add}. */
  void finish();

  /** The next row's rows, or null at the end. */
  Row @org.jspecify.annotations.Nullable [] next();

  /** A row in memory. */
  record Entry(byte[] key, Row[] rows) {
    static final int OVERHEAD_BYTES = 96;
  }
}
