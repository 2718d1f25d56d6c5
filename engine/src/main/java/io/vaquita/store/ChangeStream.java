package io.vaquita.store;

import java.util.Iterator;
import java.util.List;
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

  /** One stream after the other. */
  static ChangeStream concat(List<ChangeStream> streams) {
    Iterator<ChangeStream> left = streams.iterator();
    return new ChangeStream() {
      private @Nullable ChangeStream current;

      @Override
      public @Nullable WriteBatch next() {
        while (current != null || left.hasNext()) {
          ChangeStream stream = current == null ? left.next() : current;
          WriteBatch piece = stream.next();
          current = piece == null ? null : stream;
          if (piece != null) {
            return piece;
          }
        }
        return null;
      }
    };
  }

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
