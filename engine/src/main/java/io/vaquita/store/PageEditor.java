package io.vaquita.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is done to single pages of a tree in the making, and to two neighbours: parting, merging, taking entries out, with all that hangs
 * below entries. Knows nothing of the way from the root, which is {@link TreeEditor}'s. Confined to one thread.
 */
final class PageEditor {
  private final VersionEditor version;
  private final PageSizes sizes;
  private final int tree;

  PageEditor(VersionEditor version, int tree) {
    this.version = version;
    this.sizes = version.sizes();
    this.tree = tree;
  }

  /** The key from which on entries go to the right part. At an end of a leaf it lies between that end and the new key. */
  static byte[] separatorAt(byte[] b, int at, byte[] key) {
    int count = PageLayout.count(b);
    if (!PageLayout.isLeaf(b)) {
      return keyAt(b, at);
    }
    if (at == count) {
      int left = PageLayout.slot(b, count - 1);
      return PageWriter.separator(
          b, PageLayout.leafKeyOffset(left), PageLayout.keyLength(b, left), key, 0, key.length);
    }
    int right = PageLayout.slot(b, at);
    if (at == 0) {
      return PageWriter.separator(
          key, 0, key.length, b, PageLayout.leafKeyOffset(right), PageLayout.keyLength(b, right));
    }
    int left = PageLayout.slot(b, at - 1);
    return PageWriter.separator(
        b,
        PageLayout.leafKeyOffset(left),
        PageLayout.keyLength(b, left),
        b,
        PageLayout.leafKeyOffset(right),
        PageLayout.keyLength(b, right));
  }

  /** The key from which on entries are in the right one of two neighbouring leaves. */
  static byte[] separator(byte[] left, byte[] right) {
    int last = PageLayout.slot(left, PageLayout.count(left) - 1);
    int first = PageLayout.slot(right, 0);
    return PageWriter.separator(
        left,
        PageLayout.leafKeyOffset(last),
        PageLayout.keyLength(left, last),
        right,
        PageLayout.leafKeyOffset(first),
        PageLayout.keyLength(right, first));
  }

  /** A copy of an entry's key. */
  static byte[] keyAt(byte[] b, int index) {
    int entry = PageLayout.slot(b, index);
    int offset = PageLayout.keyOffset(b, entry);
    return Arrays.copyOfRange(b, offset, offset + PageLayout.keyLength(b, entry));
  }

  /** A new page with some of a page's entries. */
  Page part(Page page, int from, int to) {
    byte[] b = page.privateBytes();
    byte[] target =
        PageLayout.emptyPage(
            sizes.capacityFor(PageLayout.HEADER + PageWriter.bytesOf(b, from, to)),
            tree,
            PageLayout.level(b));
    PageWriter.append(b, from, to, target);
    carryRun(b, from, to, target);
    @Nullable Page @Nullable [] children = childrenOf(page, from, to);
    if (children != null && PageLayout.isLeaf(b)) {
      target[PageLayout.KIND] = PageLayout.KIND_OVERFLOW_LEAF;
    }
    return version.newPage(target, children);
  }

  private static void carryRun(byte[] b, int from, int to, byte[] target) {
    int last = PageLayout.u16(b, PageLayout.LAST_INSERT);
    if (from <= last && last < to) {
      PageLayout.putU16(target, PageLayout.LAST_INSERT, last - from);
      PageLayout.putU16(target, PageLayout.RUN, PageLayout.u16(b, PageLayout.RUN));
    }
  }

  private static @Nullable Page @Nullable [] childrenOf(Page page, int from, int to) {
    @Nullable Page[] children = page.children;
    if (children == null) {
      return null;
    }
    @Nullable Page[] some = Arrays.copyOfRange(children, from, to);
    if (!PageLayout.isLeaf(page.privateBytes())) {
      return some;
    }
    for (Page child : some) {
      if (child != null) {
        return some;
      }
    }
    return null;
  }

  /** Removes what lies in the range below a private page; returns how many entries that were. Empty children go, sparse ones stay. */
  long removeRange(Page page, byte @Nullable [] from, byte @Nullable [] to) {
    byte[] b = page.privateBytes();
    int count = PageLayout.count(b);
    if (PageLayout.isLeaf(b)) {
      int low = from == null ? 0 : PageLayout.lowerBound(b, from);
      int high = to == null ? count : PageLayout.lowerBound(b, to);
      if (low >= high) {
        return 0;
      }
      for (int i = low; i < high; i++) {
        forgetOverflow(page, i);
      }
      removeEntries(page, low, high);
      return (long) high - low;
    }
    int low = from == null ? 0 : PageLayout.childIndex(b, from);
    int high = to == null ? count - 1 : PageLayout.childIndex(b, to);
    long removed = 0;
    int keepLow = low;
    int keepHigh = high;
    for (int i = high; i >= low; i--) {
      boolean isWhole = (i > low || from == null) && (i < high || to == null);
      Page child = version.child(page, i);
      long field = PageLayout.childCountField(b, i);
      if (isWhole) {
        version.dropped(child, (field & PageLayout.OVERFLOW_BELOW) != 0);
        removed += field & ~PageLayout.OVERFLOW_BELOW;
        continue;
      }
      child = version.privatise(child);
      version.children(page)[i] = child;
      removed += removeRange(child, from, to);
      PageLayout.putChildCountField(b, i, countFieldOf(child));
      if (PageLayout.count(child.privateBytes()) == 0) {
        version.replaced(child);
      } else if (i == low) {
        keepLow = low + 1;
      } else {
        keepHigh = high - 1;
      }
    }
    if (keepLow <= keepHigh) {
      removeEntries(page, keepLow, keepHigh + 1);
    }
    return removed;
  }

  /** Merges the children {@code index} and {@code index + 1} when both fit well into one page. */
  boolean tryMerge(Page parent, int index) {
    byte[] p = parent.privateBytes();
    if (index + 1 >= PageLayout.count(p)) {
      return false;
    }
    Page left = version.child(parent, index);
    Page right = version.child(parent, index + 1);
    byte[] l = version.bytes(left);
    byte[] r = version.bytes(right);
    boolean isLeaf = PageLayout.isLeaf(l);
    int separator = PageLayout.slot(p, index + 1);
    int separatorLength = isLeaf ? 0 : PageLayout.keyLength(p, separator);
    int used = PageLayout.used(l) + PageLayout.used(r) - PageLayout.HEADER + separatorLength;
    if (!sizes.isWorthMerging(used)) {
      return false;
    }
    byte[] merged = PageLayout.emptyPage(sizes.page(), tree, PageLayout.level(l));
    PageWriter.append(l, 0, PageLayout.count(l), merged);
    if (isLeaf) {
      PageWriter.append(r, 0, PageLayout.count(r), merged);
    } else {
      // The right page's entry 0 stands for "from the separator on": in the merged page it needs
      // that key.
      PageWriter.insertChild(
          merged,
          PageLayout.count(merged),
          p,
          PageLayout.keyOffset(p, separator),
          separatorLength,
          PageLayout.childCountField(r, 0));
      PageWriter.append(r, 1, PageLayout.count(r), merged);
    }
    @Nullable Page @Nullable [] children = mergedChildren(left, l, right, r);
    if (isLeaf && children != null) {
      merged[PageLayout.KIND] = PageLayout.KIND_OVERFLOW_LEAF;
    }
    Page page = version.newPage(merged, children);
    version.replaced(left);
    version.replaced(right);
    version.children(parent)[index] = page;
    PageLayout.putChildCountField(p, index, countFieldOf(page));
    removeEntries(parent, index + 1, index + 2);
    return true;
  }

  private @Nullable Page @Nullable [] mergedChildren(Page left, byte[] l, Page right, byte[] r) {
    @Nullable Page @Nullable [] a = version.childrenIfAny(left, l);
    @Nullable Page @Nullable [] c = version.childrenIfAny(right, r);
    if (a == null && c == null) {
      return null;
    }
    int n = PageLayout.count(l);
    @Nullable Page[] merged = new Page[n + PageLayout.count(r)];
    if (a != null) {
      System.arraycopy(a, 0, merged, 0, n);
    }
    if (c != null) {
      System.arraycopy(c, 0, merged, n, merged.length - n);
    }
    return merged;
  }

  /** Remembers where the last insert went, and how many in a row followed each other. */
  static void noteInsert(byte[] b, int index) {
    boolean follows = index == PageLayout.u16(b, PageLayout.LAST_INSERT) + 1;
    int run = follows ? Math.min(PageLayout.u16(b, PageLayout.RUN) + 1, 1000) : 0;
    PageLayout.putU16(b, PageLayout.LAST_INSERT, index);
    PageLayout.putU16(b, PageLayout.RUN, run);
  }

  static void insertChildPage(Page page, int index, @Nullable Page child) {
    @Nullable Page[] before = page.children;
    if (before == null) {
      throw new IllegalStateException("a page without a place for children");
    }
    @Nullable Page[] after = new Page[before.length + 1];
    System.arraycopy(before, 0, after, 0, index);
    after[index] = child;
    System.arraycopy(before, index, after, index + 1, before.length - index);
    page.children = after;
  }

  static void removeEntries(Page page, int from, int to) {
    PageWriter.removeRange(page.privateBytes(), from, to);
    byte[] b = page.privateBytes();
    PageLayout.putI32(b, PageLayout.LAST_INSERT, 0);
    @Nullable Page[] before = page.children;
    if (before == null) {
      return;
    }
    @Nullable Page[] after = new Page[before.length - (to - from)];
    System.arraycopy(before, 0, after, 0, from);
    System.arraycopy(before, to, after, from, before.length - to);
    page.children = after;
  }

  void forgetOverflow(Page leaf, int index) {
    @Nullable Page[] children = leaf.children;
    Page value = children == null ? null : children[index];
    if (value != null) {
      version.replaced(value);
    }
  }

  /** What a parent says of a page. */
  long countFieldOf(Page page) {
    byte[] b = version.bytes(page);
    int count = PageLayout.count(b);
    if (PageLayout.isLeaf(b)) {
      return PageLayout.hasChildren(b) ? count | PageLayout.OVERFLOW_BELOW : count;
    }
    long sum = 0;
    long flag = 0;
    for (int i = 0; i < count; i++) {
      long field = PageLayout.childCountField(b, i);
      sum += field & ~PageLayout.OVERFLOW_BELOW;
      flag |= field & PageLayout.OVERFLOW_BELOW;
    }
    return sum | flag;
  }
}
