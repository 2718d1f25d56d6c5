package io.vaquita.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes that are applied together. Confined to one thread until given to {@link Store#commit}, which owns it from then on. */
public final class WriteBatch {
  /** One change, in the order in which it was added. */
  public sealed interface Change {
    int tree();
  }

  /** Inserts or replaces. */
  public record Put(int tree, byte[] key, byte[] value) implements Change {}

  public record Delete(int tree, byte[] key) implements Change {}

  /** Deletes {@code from <= key < to}; null is no bound. The whole tree in O(1) visible time when both are null. */
  public record DeleteRange(int tree, byte @Nullable [] from, byte @Nullable [] to)
      implements Change {}

  private final List<Change> changes = new ArrayList<>();

  /** About as many bytes as the changes take. */
  private long bytes;

  public void put(int tree, byte[] key, byte[] value) {
    add(new Put(tree, key, value));
  }

  public void delete(int tree, byte[] key) {
    add(new Delete(tree, key));
  }

  public void deleteRange(int tree, byte @Nullable [] from, byte @Nullable [] to) {
    add(new DeleteRange(tree, from, to));
  }

  void add(Change change) {
    changes.add(change);
    bytes +=
        switch (change) {
          case Put put -> 16L + put.key().length + put.value().length;
          case Delete delete -> 16L + delete.key().length;
          case DeleteRange range -> 16L + 2 * Store.KEY_BYTES_MAX;
        };
  }

  public void clearTree(int tree) {
    deleteRange(tree, null, null);
  }

  public List<Change> changes() {
    return changes;
  }

  /** Throws when a change could not be stored. */
  void check() {
    for (Change change : changes) {
      boolean isGood =
          change.tree() > 0
              && switch (change) {
                case Put put -> put.key().length <= Store.KEY_BYTES_MAX;
                case Delete delete -> delete.key().length <= Store.KEY_BYTES_MAX;
                case DeleteRange range -> true;
              };
      if (!isGood) {
        throw new IllegalArgumentException(
            "tree " + change.tree() + ": number not positive or key too long");
      }
    }
  }

  /** About as many bytes as the changes take. */
  long bytes() {
    return bytes;
  }

  /** Whether it is as large as a piece of a {@link ChangeStream} should be. */
  public boolean isFull() {
    return changes.size() >= ChangeStream.PIECE_CHANGES || bytes >= ChangeStream.PIECE_BYTES;
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
