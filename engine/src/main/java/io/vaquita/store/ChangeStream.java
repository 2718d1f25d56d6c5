package io.vaquita.store;

import org.jspecify.annotations.Nullable;

/**
 * The changes of one commit that may be more than fits memory, in order, in pieces. Read once, by one thread at a time: after it was
 * given to {@link Store#commit(ChangeStream)} by the store's own, while the caller waits.
 */
@FunctionalInterface
public interface ChangeStream {
  /** Changes of a piece that a producer should not exceed: their pages are in memory together. */
  int PIECE_CHANGES = 1024;

  /** Bytes of keys and values of a piece that a producer should not exceed, a single larger value apart. */
  int PIECE_BYTES = 1 << 20;

  /** The next piece, not empty; null at the end. */
  @Nullable WriteBatch next();

  /** The pieces of a batch. */
  static ChangeStream of(WriteBatch batch) {
    return new ChangeStream() {
      private int at;

      @Override
      public @Nullable WriteBatch next() {
        if (at == batch.changes().size()) {
          return null;
        }
        WriteBatch piece = new WriteBatch();
        while (at < batch.changes().size() && !piece.isFull()) {
          piece.add(batch.changes().get(at++));
        }
        return piece;
      }
    };
  }
}
