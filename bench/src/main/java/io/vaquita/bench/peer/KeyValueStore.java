package io.vaquita.bench.peer;

/**
 * What the stores have in common: ordered keys of 8 bytes, values of {@link #VALUE_BYTES}. Thread-safe but for {@link #reader}, whose
 * result is confined to one thread.
 */
interface KeyValueStore extends AutoCloseable {
  int VALUE_BYTES = 190;

  /** Reads of one thread, of a state at least as new as when it was made. */
  interface Reader extends AutoCloseable {
    /** Length of the value, or -1. */
    int get(long key);

    /** Reads up to {@code count} entries from {@code from} on; returns how many. */
    int scan(long from, int count);

    @Override
    void close();
  }

  /** Puts many rows as one atomic batch that need not be durable at once. */
  void putAll(long[] keys);

  /** Puts by {@link #putDurably} follow. */
  default void prepareDurable() {}

  /** Puts a row and returns when it is durable. */
  void putDurably(long key);

  Reader reader();

  /** Bytes of log written so far; -1: what the files of the log hold. */
  default long logBytes() {
    return -1;
  }

  /** Ends the process that has the files open, in the middle of its work, if that is not this one. */
  default void crash() {}

  /** Makes all durable and closes the files. */
  @Override
  void close();
}
