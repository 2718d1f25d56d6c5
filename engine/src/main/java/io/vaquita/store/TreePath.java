package io.vaquita.store;

import org.jspecify.annotations.Nullable;

/**
 * The way from a tree's root down to a leaf: the pages, and which entry of each branch leads on. Confined to one thread; made once a tree
 * and used for one descent after the other.
 */
final class TreePath {
  private static final int LEVELS_MAX = 40;

  private final VersionEditor version;
  private final Page[] pages = new Page[LEVELS_MAX];
  private final int[] indexes = new int[LEVELS_MAX];
  private int depth;

  TreePath(VersionEditor version) {
    this.version = version;
  }

  /** Goes down to the leaf that covers the key, by private pages alone; returns the leaf. The root is {@link #root} then. */
  Page descend(Page root, byte[] key) {
    Page page = version.privatise(root);
    depth = 0;
    while (true) {
      pages[depth] = page;
      byte[] b = page.privateBytes();
      if (PageLayout.isLeaf(b)) {
        indexes[depth++] = 0;
        return page;
      }
      int index = PageLayout.childIndex(b, key);
      indexes[depth++] = index;
      @Nullable Page[] children = version.children(page);
      Page child = version.privatise(version.child(page, index));
      children[index] = child;
      page = child;
    }
  }

  /** The same by the pages that there are. */
  Page descendAsItIs(Page root, byte[] key) {
    Page page = root;
    depth = 0;
    while (true) {
      pages[depth] = page;
      byte[] b = version.bytes(page);
      if (PageLayout.isLeaf(b)) {
        indexes[depth++] = 0;
        return page;
      }
      int index = PageLayout.childIndex(b, key);
      indexes[depth++] = index;
      page = version.child(page, index);
    }
  }

  /** Makes all its pages private; returns the leaf. The root is {@link #root} then. */
  Page privatise() {
    Page page = version.privatise(pages[0]);
    pages[0] = page;
    for (int level = 1; level < depth; level++) {
      Page child = version.privatise(pages[level]);
      version.children(page)[indexes[level - 1]] = child;
      pages[level] = child;
      page = child;
    }
    return page;
  }

  Page root() {
    return pages[0];
  }

  Page leaf() {
    return pages[depth - 1];
  }

  /** Counted from the root, which is 0. */
  int leafLevel() {
    return depth - 1;
  }

  Page page(int level) {
    return pages[level];
  }

  /** Which entry of the page leads on. */
  int index(int level) {
    return indexes[level];
  }

  /** A new root above the old one, as its only child. */
  void grow(Page root) {
    System.arraycopy(pages, 0, pages, 1, depth);
    System.arraycopy(indexes, 0, indexes, 1, depth);
    pages[0] = root;
    indexes[0] = 0;
    depth++;
  }

  /** Whether the page is the tree's last, or first, of its level. */
  boolean isEdge(int level, boolean isRight) {
    for (int l = 0; l < level; l++) {
      if (indexes[l] != (isRight ? PageLayout.count(pages[l].privateBytes()) - 1 : 0)) {
        return false;
      }
    }
    return true;
  }

  /** The first of the puts behind {@code from} that does not go to the leaf. */
  int endOfRun(SortedPuts puts, int from) {
    for (int level = depth - 2; level >= 0; level--) {
      byte[] b = version.bytes(pages[level]);
      int next = indexes[level] + 1;
      if (next < PageLayout.count(b)) {
        return puts.endOfRun(from, b, PageLayout.slot(b, next));
      }
    }
    return puts.endOfTree(from);
  }

  /** So many entries have come to the leaf. */
  void addToBranches(int delta) {
    for (int level = 0; level < depth - 1; level++) {
      byte[] b = pages[level].privateBytes();
      int index = indexes[level];
      PageLayout.putChildCountField(b, index, PageLayout.childCountField(b, index) + delta);
    }
  }

  /** The leaf has a value in a page of its own. */
  void markOverflow() {
    for (int level = 0; level < depth - 1; level++) {
      byte[] b = pages[level].privateBytes();
      int index = indexes[level];
      PageLayout.putChildCountField(
          b, index, PageLayout.childCountField(b, index) | PageLayout.OVERFLOW_BELOW);
    }
  }
}
