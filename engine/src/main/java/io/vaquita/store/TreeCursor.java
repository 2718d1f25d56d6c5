package io.vaquita.store;

import org.jspecify.annotations.Nullable;

/**
 * A cursor over one tree of one version. Confined to one thread at a time. Allocates when it is made and, for its path, on the first
 * move; steps and further seeks allocate nothing.
 */
final class TreeCursor implements Cursor {
  private static final byte[] NONE = {};

  private final Version version;
  private final PageSource source;
  private final @Nullable TreeRoot root;

  /** Branches from the root down, with the entry taken in each. */
  private Page[] path = Page.NO_PAGES;

  private int[] indexes = {};
  private int depth;

  private @Nullable Page leaf;
  private byte[] bytes = NONE;
  private int count;
  private int index = -1;

  /** The current entry's large value, once it was asked for: the page cache may not have kept it. */
  private byte @Nullable [] largeValue;

  /** Offset of the current entry in {@link #bytes}; -1: no position. */
  private int entry = -1;

  TreeCursor(Version version, @Nullable TreeRoot root) {
    this.version = version;
    this.source = version.source;
    this.root = root;
  }

  @Override
  public boolean first() {
    if (!descendToEdge(false)) {
      return false;
    }
    return at(0);
  }

  @Override
  public boolean last() {
    if (!descendToEdge(true)) {
      return false;
    }
    return at(count - 1);
  }

  @Override
  public boolean seek(byte[] key) {
    if (!descend(key)) {
      return false;
    }
    int i = PageLayout.lowerBound(bytes, key);
    if (i < count) {
      return at(i);
    }
    index = count - 1;
    return next();
  }

  @Override
  public boolean seekBefore(byte[] key) {
    if (!descend(key)) {
      return false;
    }
    int found = PageLayout.find(bytes, key);
    int i = found >= 0 ? found : -2 - found;
    if (i >= 0) {
      return at(i);
    }
    index = 0;
    return previous();
  }

  @Override
  public boolean find(byte[] key) {
    if (!descend(key)) {
      return false;
    }
    int i = PageLayout.find(bytes, key);
    return i >= 0 ? at(i) : none();
  }

  @Override
  public boolean next() {
    int i = index + 1;
    if (i < count) {
      return at(i);
    }
    for (int level = depth - 1; level >= 0; level--) {
      Page branch = path[level];
      int child = indexes[level] + 1;
      if (child < PageLayout.count(branch.bytes(source, version))) {
        indexes[level] = child;
        descendFrom(level, false);
        return at(0);
      }
    }
    return none();
  }

  @Override
  public boolean previous() {
    int i = index - 1;
    if (i >= 0) {
      return at(i);
    }
    for (int level = depth - 1; level >= 0; level--) {
      int child = indexes[level] - 1;
      if (child >= 0) {
        indexes[level] = child;
        descendFrom(level, true);
        return at(count - 1);
      }
    }
    return none();
  }

  @Override
  public byte[] keyArray() {
    return bytes;
  }

  @Override
  public int keyOffset() {
    return entry + PageLayout.LEAF_ENTRY_HEADER;
  }

  @Override
  public int keyLength() {
    return PageLayout.keyLength(bytes, entry);
  }

  @Override
  public byte[] valueArray() {
    Page l = leaf;
    if (l != null && PageLayout.isOverflow(bytes, entry)) {
      byte[] value = largeValue;
      if (value == null) {
        value = l.child(index, source, version).bytes(source, version);
        largeValue = value;
      }
      return value;
    }
    return bytes;
  }

  @Override
  public int valueOffset() {
    return PageLayout.isOverflow(bytes, entry) ? 0 : PageLayout.valueOffset(bytes, entry);
  }

  @Override
  public int valueLength() {
    return PageLayout.valueLength(bytes, entry);
  }

  private boolean at(int i) {
    index = i;
    largeValue = null;
    entry = PageLayout.slot(bytes, i);
    return true;
  }

  private boolean none() {
    depth = 0;
    largeValue = null;
    leaf = null;
    bytes = NONE;
    count = 0;
    index = -1;
    entry = -1;
    return false;
  }

  /** To the leaf that covers the key. */
  private boolean descend(byte[] key) {
    TreeRoot r = root;
    if (r == null) {
      return false;
    }
    Page page = r.page();
    byte[] b = page.bytes(source, version);
    startPath(b);
    while (!PageLayout.isLeaf(b)) {
      int i = PageLayout.childIndex(b, key);
      push(page, i);
      page = page.child(i, source, version);
      b = page.bytes(source, version);
    }
    onLeaf(page, b);
    return true;
  }

  private boolean descendToEdge(boolean toLast) {
    TreeRoot r = root;
    if (r == null) {
      return false;
    }
    Page page = r.page();
    byte[] b = page.bytes(source, version);
    startPath(b);
    descendEdge(page, b, toLast);
    return true;
  }

  /** From the child taken at {@code level} to its first or last leaf. */
  private void descendFrom(int level, boolean toLast) {
    depth = level + 1;
    Page page = path[level].child(indexes[level], source, version);
    descendEdge(page, page.bytes(source, version), toLast);
  }

  private void descendEdge(Page from, byte[] fromBytes, boolean toLast) {
    Page page = from;
    byte[] b = fromBytes;
    while (!PageLayout.isLeaf(b)) {
      int i = toLast ? PageLayout.count(b) - 1 : 0;
      push(page, i);
      page = page.child(i, source, version);
      b = page.bytes(source, version);
    }
    onLeaf(page, b);
  }

  private void startPath(byte[] rootBytes) {
    depth = 0;
    int levels = PageLayout.level(rootBytes);
    if (path.length < levels) {
      path = new Page[levels];
      indexes = new int[levels];
    }
  }

  private void push(Page page, int i) {
    path[depth] = page;
    indexes[depth++] = i;
  }

  private void onLeaf(Page page, byte[] b) {
    leaf = page;
    bytes = b;
    count = PageLayout.count(b);
  }
}
