package io.vaquita.store;

import io.vaquita.error.DatabaseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all pages of trees and checks everything that must hold of them. Confined to one thread. Goes on after a problem, with the next
 * page that can be read.
 */
final class TreeChecker {
  private static final int PROBLEMS_MAX = 100;

  private final Version version;
  private final LongConsumer onLocation;
  private final List<String> problems = new ArrayList<>();
  private int tree;
  private long pages;
  private long values;
  private long entries;
  private long usedBytes;
  private long pageBytes;

  /** {@code onLocation} hears the place in the file of each page and value, 0 for those in memory only. */
  TreeChecker(Version version, LongConsumer onLocation) {
    this.version = version;
    this.onLocation = onLocation;
  }

  List<String> problems() {
    return problems;
  }

  long pages() {
    return pages;
  }

  long values() {
    return values;
  }

  long entries() {
    return entries;
  }

  /** How full the pages are, from 0 to 1. */
  double fill() {
    return pageBytes == 0 ? 1 : (double) usedBytes / pageBytes;
  }

  void check(int number, @Nullable TreeRoot root) {
    if (root == null) {
      return;
    }
    tree = number;
    byte[] b = read(root.page());
    if (b == null) {
      return;
    }
    if (!PageLayout.isLeaf(b) && PageLayout.count(b) < 2) {
      problem(root.page(), "is a root with one child");
    }
    long found = page(root.page(), PageLayout.level(b), null, null);
    entries += Math.max(0, found);
    if (found >= 0 && found != root.entryCount()) {
      problem(root.page(), "is the root of " + root.entryCount() + " entries, there are " + found);
    }
  }

  private byte @Nullable [] read(Page page) {
    try {
      return page.bytesAgain(version.source, version);
    } catch (DatabaseException e) {
      problem(page, e.message());
      return null;
    }
  }

  /** Checks a page and all below it; returns the count of entries, or -1 when it cannot be known. */
  private long page(Page page, int level, byte @Nullable [] from, byte @Nullable [] to) {
    byte[] b = read(page);
    if (b == null) {
      return -1;
    }
    onLocation.accept(page.location);
    pages++;
    int count = PageLayout.count(b);
    String wrong = header(b, level, count);
    if (wrong != null) {
      problem(page, wrong);
      return -1;
    }
    usedBytes += PageLayout.used(b);
    pageBytes += b.length;
    wrong = order(b, from, to);
    if (wrong != null) {
      problem(page, wrong);
    }
    if (level == 0) {
      checkValues(page, b, count);
      return count;
    }
    return children(page, b, from, to);
  }

  private @Nullable String header(byte[] b, int level, int count) {
    if (PageLayout.tree(b) != tree) {
      return "belongs to tree " + PageLayout.tree(b);
    }
    if (PageLayout.level(b) != level) {
      return "is of level " + PageLayout.level(b) + " where " + level + " should be";
    }
    if (count == 0) {
      return "is empty";
    }
    int heap = PageLayout.i32(b, PageLayout.HEAP);
    if (heap < PageLayout.HEADER + count * PageLayout.SLOT_BYTES || heap > b.length) {
      return "has a heap that begins at " + heap;
    }
    for (int i = 0; i < count; i++) {
      int entry = PageLayout.slot(b, i);
      if (entry < heap
          || entry + PageLayout.LEAF_ENTRY_HEADER > b.length
          || entry + PageLayout.entryBytes(b, entry) > b.length) {
        return "has an entry outside of its heap";
      }
    }
    return PageLayout.used(b) == PageLayout.HEADER + PageWriter.bytesOf(b, 0, count)
        ? null
        : "counts its garbage wrongly";
  }

  private static @Nullable String order(byte[] b, byte @Nullable [] from, byte @Nullable [] to) {
    boolean isLeaf = PageLayout.isLeaf(b);
    byte[] before = null;
    for (int i = isLeaf ? 0 : 1; i < PageLayout.count(b); i++) {
      byte[] key = PageEditor.keyAt(b, i);
      if (before != null && Arrays.compareUnsigned(before, key) >= 0) {
        return "has keys out of order";
      }
      if (from != null && Arrays.compareUnsigned(key, from) < 0) {
        return "has a key before its range";
      }
      if (to != null && Arrays.compareUnsigned(key, to) >= 0) {
        return "has a key behind its range";
      }
      before = key;
    }
    return null;
  }

  private long children(Page page, byte[] b, byte @Nullable [] from, byte @Nullable [] to) {
    int count = PageLayout.count(b);
    long sum = 0;
    for (int i = 0; i < count; i++) {
      byte[] low = i == 0 ? from : PageEditor.keyAt(b, i);
      byte[] high = i + 1 < count ? PageEditor.keyAt(b, i + 1) : to;
      Page child = page.child(i, version.source, version);
      long n = page(child, PageLayout.level(b) - 1, low, high);
      if (n >= 0 && n != PageLayout.childCount(b, i)) {
        problem(
            page,
            "says "
                + PageLayout.childCount(b, i)
                + " entries below child "
                + i
                + ", there are "
                + n);
      }
      sum = n < 0 || sum < 0 ? -1 : sum + n;
    }
    return sum;
  }

  private void checkValues(Page page, byte[] b, int count) {
    for (int i = 0; i < count; i++) {
      int entry = PageLayout.slot(b, i);
      if (!PageLayout.isOverflow(b, entry)) {
        continue;
      }
      if (!PageLayout.hasChildren(b)) {
        problem(page, "has an overflow value and does not say so");
        return;
      }
      Page value = page.child(i, version.source, version);
      byte[] bytes = read(value);
      onLocation.accept(value.location);
      values++;
      if (bytes != null && bytes.length != PageLayout.valueLength(b, entry)) {
        problem(value, "is not as long as its leaf says");
      }
    }
  }

  private void problem(Page page, String what) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add("tree " + tree + ", page at " + Location.describe(page.location) + ": " + what);
    }
  }
}
