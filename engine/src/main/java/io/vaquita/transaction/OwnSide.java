package io.vaquita.transaction;

/**
 * The own writes that a {@link MergedCursor} lays over the committed entries, with a position among them. Deletions are entries, too.
 * Confined to the transaction's thread.
 *
 * <p>{@link #first}, {@link #last}, {@link #seek} and {@link #seekBefore} look at the writes as they are then; the other moves go on with
 * what those saw. Each move returns whether there is an entry, which stays as it is until the next move, whatever is written meanwhile.
 */
interface OwnSide {
  boolean first();

  boolean last();

  /** To the first entry with a key {@code >= key}. */
  boolean seek(byte[] key);

  /** To the last entry with a key {@code <= key}. */
  boolean seekBefore(byte[] key);

  boolean step(boolean forward);

  /** To the nearest entry in the direction that does not have this key. */
  boolean seekBeyond(byte[] key, boolean forward);

  /** Whether the position was lost to a later write: only {@link #seekBeyond} finds it again. */
  boolean isStale();

  byte[] keyArray();

  int keyOffset();

  int keyLength();

  boolean isDeletion();

  byte[] valueArray();

  int valueOffset();

  int valueLength();
}
