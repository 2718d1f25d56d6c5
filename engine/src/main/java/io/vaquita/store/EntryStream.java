package io.vaquita.store;

/** Entries of a tree in key order, read once. Confined to one thread at a time. */
public interface EntryStream extends AutoCloseable {
  /** To the next entry; false at the end. */
  boolean next();

  /** The arrays are the caller's to keep, not to write. */
  byte[] key();

  byte[] value();

  @Override
  void close();
}
