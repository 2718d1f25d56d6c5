package io.vaquita.transaction;

/** A walk over the keys that a transaction wrote to a tree, deletions included. Valid until its next write; confined to its thread. */
interface OwnEntries {
  boolean first();

  boolean last();

  /** To the last entry before the key. */
  boolean seekBefore(byte[] key);

  boolean next();

  boolean previous();

  byte[] key();

  boolean isDeletion();
}
