package io.vaquita.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One published state of all trees. Immutable; thread-safe. */
final class Version implements Snapshot {
  final TreeRoots roots;
  private final long position;
  final PageSource source;

  /** Reachable for as long as a version is that may read pages of a certain checkpoint: keeps their places from being reused. */
  final Object epoch;

  /** Number of the group that made it; all its pages are of this or earlier groups. */
  final long generation;

  Version(TreeRoots roots, long position, long generation, PageSource source, Object epoch) {
    this.roots = roots;
    this.position = position;
    this.generation = generation;
    this.source = source;
    this.epoch = epoch;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public byte @Nullable [] get(int tree, byte[] key) {
    Page leaf = leafOf(tree, key);
    if (leaf == null) {
      return null;
    }
    byte[] b = leaf.bytesAgain(source, this);
    int index = PageLayout.find(b, key);
    if (index < 0) {
      return null;
    }
    int entry = PageLayout.slot(b, index);
    if (PageLayout.isOverflow(b, entry)) {
      return leaf.child(index, source, this).bytes(source, this);
    }
    int offset = PageLayout.valueOffset(b, entry);
    return Arrays.copyOfRange(b, offset, offset + PageLayout.valueLength(b, entry));
  }

  @Override
  public @Nullable ByteRange find(int tree, byte[] key) {
    Page leaf = leafOf(tree, key);
    if (leaf == null) {
      return null;
    }
    byte[] b = leaf.bytesAgain(source, this);
    int index = PageLayout.find(b, key);
    if (index < 0) {
      return null;
    }
    int entry = PageLayout.slot(b, index);
    if (PageLayout.isOverflow(b, entry)) {
      byte[] value = leaf.child(index, source, this).bytes(source, this);
      return new ByteRange(value, 0, value.length);
    }
    return new ByteRange(b, PageLayout.valueOffset(b, entry), PageLayout.valueLength(b, entry));
  }

  private @Nullable Page leafOf(int tree, byte[] key) {
    TreeRoot root = roots.get(tree);
    if (root == null) {
      return null;
    }
    Page page = root.page();
    byte[] b = page.bytes(source, this);
    while (!PageLayout.isLeaf(b)) {
      page = page.child(PageLayout.childIndex(b, key), source, this);
      b = page.bytes(source, this);
    }
    return page;
  }

  @Override
  public Cursor cursor(int tree) {
    return new TreeCursor(this, roots.get(tree));
  }

  @Override
  public long entryCount(int tree) {
    TreeRoot root = roots.get(tree);
    return root == null ? 0 : root.entryCount();
  }

  @Override
  public long estimateCount(int tree, byte @Nullable [] from, byte @Nullable [] to) {
    TreeRoot root = roots.get(tree);
    if (root == null) {
      return 0;
    }
    long below = to == null ? root.entryCount() : rank(root.page(), to);
    return Math.max(0, below - (from == null ? 0 : rank(root.page(), from)));
  }

  /** Number of entries with a smaller key: exact, because branches count what is below them. */
  private long rank(Page root, byte[] key) {
    long rank = 0;
    Page page = root;
    byte[] b = page.bytes(source, this);
    while (!PageLayout.isLeaf(b)) {
      int index = PageLayout.childIndex(b, key);
      for (int i = 0; i < index; i++) {
        rank += PageLayout.childCount(b, i);
      }
      page = page.child(index, source, this);
      b = page.bytes(source, this);
    }
    return rank + PageLayout.lowerBound(b, key);
  }

  @Override
  public byte @Nullable [] keyAt(int tree, long rank) {
    TreeRoot root = roots.get(tree);
    if (root == null || rank < 0 || rank >= root.entryCount()) {
      return null;
    }
    long rest = rank;
    Page page = root.page();
    byte[] b = page.bytes(source, this);
    while (!PageLayout.isLeaf(b)) {
      int index = 0;
      while (rest >= PageLayout.childCount(b, index)) {
        rest -= PageLayout.childCount(b, index);
        index++;
      }
      page = page.child(index, source, this);
      b = page.bytes(source, this);
    }
    int entry = PageLayout.slot(b, (int) rest);
    int offset = PageLayout.keyOffset(b, entry);
    return Arrays.copyOfRange(b, offset, offset + PageLayout.keyLength(b, entry));
  }
}
