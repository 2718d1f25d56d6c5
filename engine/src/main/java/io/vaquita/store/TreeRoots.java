package io.vaquita.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tree numbers to roots, in chunks so that a commit copies little however many trees there are. Immutable; thread-safe. */
final class TreeRoots {
  private static final int CHUNK_SHIFT = 6;
  private static final int CHUNK = 1 << CHUNK_SHIFT;

  static final TreeRoots EMPTY = new TreeRoots(new TreeRoot[0][]);

  private final @Nullable TreeRoot[] @Nullable [] chunks;

  private TreeRoots(@Nullable TreeRoot[] @Nullable [] chunks) {
    this.chunks = chunks;
  }

  @Nullable TreeRoot get(int tree) {
    int chunk = tree >>> CHUNK_SHIFT;
    if (chunk >= chunks.length) {
      return null;
    }
    @Nullable TreeRoot[] roots = chunks[chunk];
    return roots == null ? null : roots[tree & (CHUNK - 1)];
  }

  /** One more than the greatest tree number that may have a root. */
  int treeLimit() {
    return chunks.length << CHUNK_SHIFT;
  }

  Change change() {
    return new Change(this);
  }

  /** New roots in the making. Confined to one thread. */
  static final class Change {
    private boolean[] isOwn;
    private @Nullable TreeRoot[] @Nullable [] chunks;

    private Change(TreeRoots base) {
      this.isOwn = new boolean[base.chunks.length];
      this.chunks = base.chunks.clone();
    }

    void set(int tree, @Nullable TreeRoot root) {
      int chunk = tree >>> CHUNK_SHIFT;
      if (chunk >= chunks.length) {
        if (root == null) {
          return;
        }
        chunks = Arrays.copyOf(chunks, chunk + 1);
        isOwn = Arrays.copyOf(isOwn, chunk + 1);
      }
      @Nullable TreeRoot[] roots = chunks[chunk];
      if (roots == null) {
        roots = new TreeRoot[CHUNK];
      } else if (!isOwn[chunk]) {
        roots = roots.clone();
      }
      roots[tree & (CHUNK - 1)] = root;
      chunks[chunk] = roots;
      isOwn[chunk] = true;
    }

    TreeRoots build() {
      return new TreeRoots(chunks);
    }
  }
}
