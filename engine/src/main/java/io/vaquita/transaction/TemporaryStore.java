package io.vaquita.transaction;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.store.ByteRange;
import io.vaquita.store.ChangeStream;
import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.store.Store;
import io.vaquita.store.Stores;
import io.vaquita.store.TemporaryTrees;
import io.vaquita.store.WriteBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is committed of one session's temporary tables: trees that no log knows, in memory while they are small and in a temporary file beyond
 * that. Confined to the session's thread.
 *
 * <p>Transactions write to them as to all trees, so savepoints and rollback are the same; their commit puts the writes here and not into
 * the store. That is its last step, after the store has what else was written: when it fails for want of file space, the lasting changes
 * are committed, and from then on every use of the session's temporary tables says what went wrong.
 */
public final class TemporaryStore implements AutoCloseable {
  /** Trees of temporary tables have numbers from here on; what a store keeps is below. */
  static final int FIRST_TREE = 1 << 30;

  private static final long MEMORY_BYTES_MAX = 16 << 20;

  private final Store store;
  private int nextTree = FIRST_TREE;
  private @Nullable TemporaryTrees trees;
  private @Nullable Numbered newest;
  private @Nullable DatabaseException failure;

  /** Files are made where the store's are. */
  public TemporaryStore(Store store) {
    this.store = store;
  }

  static boolean has(int tree) {
    return tree >= FIRST_TREE;
  }

  /** 4091 where a transaction may not touch temporary tables: it may outlive the session. */
  static TemporaryStore required(@Nullable TemporaryStore given) {
    if (given == null) {
      throw MySqlError.ER_XA_TEMP_TABLE.exception();
    }
    return given;
  }

  /** A tree number that this session has not used. */
  public int newTree() {
    return nextTree++;
  }

  /** All temporary trees as of now. Valid until {@link #close}. */
  @SuppressWarnings("ReferenceEquality") // the same version, which nobody changes
  public Snapshot snapshot() {
    DatabaseException e = failure;
    if (e != null) {
      throw e;
    }
    Snapshot now = trees().snapshot();
    Numbered last = newest;
    if (last == null || last.trees != now) {
      last = new Numbered(now);
      newest = last;
    }
    return last;
  }

  /** What is wrong with a tree's pages; empty: nothing. */
  public List<String> check(int tree) {
    return Stores.checkTree(trees().snapshot(), local(tree));
  }

  /** Its number among the trees of the session: those of a store are numbered from 1 on. */
  private static int local(int tree) {
    return tree - FIRST_TREE + 1;
  }

  /** The trees under the numbers that tables know them by. Immutable. */
  private record Numbered(Snapshot trees) implements Snapshot {
    @Override
    public long position() {
      return trees.position();
    }

    @Override
    public byte @Nullable [] get(int tree, byte[] key) {
      return trees.get(local(tree), key);
    }

    @Override
    public @Nullable ByteRange find(int tree, byte[] key) {
      return trees.find(local(tree), key);
    }

    @Override
    public Cursor cursor(int tree) {
      return trees.cursor(local(tree));
    }

    @Override
    public long entryCount(int tree) {
      return trees.entryCount(local(tree));
    }

    @Override
    public long estimateCount(int tree, byte @Nullable [] from, byte @Nullable [] to) {
      return trees.estimateCount(local(tree), from, to);
    }

    @Override
    public byte @Nullable [] keyAt(int tree, long rank) {
      return trees.keyAt(local(tree), rank);
    }
  }

  private TemporaryTrees trees() {
    TemporaryTrees t = trees;
    if (t == null) {
      long bytes = Math.min(MEMORY_BYTES_MAX, Runtime.getRuntime().maxMemory() / 64);
      t = store.temporaryTrees(bytes);
      t = t == null ? TemporaryTrees.inMemory() : t;
      trees = t;
    }
    return t;
  }

  /** Commits writes to temporary trees. */
  void apply(ChangeStream changes) {
    TemporaryTrees target = trees();
    try {
      for (WriteBatch piece = changes.next(); piece != null; piece = changes.next()) {
        apply(piece, target);
      }
    } catch (DatabaseException e) {
      failure = e;
    }
  }

  private static void apply(WriteBatch piece, TemporaryTrees target) {
    for (WriteBatch.Change change : piece.changes()) {
      switch (change) {
        case WriteBatch.Put put -> target.put(local(put.tree()), put.key(), put.value());
        case WriteBatch.Delete delete -> target.delete(local(delete.tree()), delete.key());
        case WriteBatch.DeleteRange range -> target.clear(local(range.tree()));
      }
    }
  }

  /** Forgets all temporary trees, the file included. Later use begins with empty ones. */
  @Override
  public void close() {
    TemporaryTrees t = trees;
    trees = null;
    newest = null;
    failure = null;
    if (t != null) {
      t.close();
    }
  }
}
