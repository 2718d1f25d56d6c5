package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Checks what must hold of the pages of a version, beyond what cursors show. Confined to one thread. */
final class TreeInvariants {
  private final Version version;
  private long used;
  private long capacity;

  private TreeInvariants(Version version) {
    this.version = version;
  }

  /** Throws when an invariant is broken; returns how full the pages are, from 0 to 1. */
  static double check(Snapshot snapshot) {
    TreeInvariants check = new TreeInvariants((Version) snapshot);
    TreeRoots roots = check.version.roots;
    for (int tree = 0; tree < roots.treeLimit(); tree++) {
      TreeRoot root = roots.get(tree);
      if (root != null) {
        byte[] b = root.page().bytes(check.version.source, check.version);
        assertTrue(PageLayout.isLeaf(b) || PageLayout.count(b) > 1, "a root with one child");
        assertEquals(
            root.entryCount(),
            check.page(root.page(), tree, PageLayout.level(b), null, null),
            "entry count");
      }
    }
    return check.capacity == 0 ? 1 : (double) check.used / check.capacity;
  }

  private long page(Page page, int tree, int level, byte @Nullable [] from, byte @Nullable [] to) {
    byte[] b = page.bytes(version.source, version);
    int count = PageLayout.count(b);
    assertEquals(tree, PageLayout.tree(b), "tree number");
    assertEquals(level, PageLayout.level(b), "level");
    assertTrue(count > 0, "an empty page");
    assertEquals(
        PageLayout.used(b), PageLayout.HEADER + PageWriter.bytesOf(b, 0, count), "used bytes");
    used += PageLayout.used(b);
    capacity += b.length;
    byte[] before = from;
    long below = 0;
    for (int i = 0; i < count; i++) {
      int entry = PageLayout.slot(b, i);
      byte[] key = key(b, entry);
      if (level == 0 || i > 0) {
        assertTrue(
            before == null || Arrays.compareUnsigned(before, key) < (i == 0 || level > 0 ? 1 : 0),
            "key order");
        assertTrue(to == null || Arrays.compareUnsigned(key, to) < 0, "key beyond its page");
        before = key;
      }
      if (level > 0) {
        byte[] next = i + 1 < count ? key(b, PageLayout.slot(b, i + 1)) : to;
        Page child = page.child(i, version.source, version);
        long n = page(child, tree, level - 1, i == 0 ? from : key, next);
        assertEquals(n, PageLayout.childCount(b, i), "count below");
        below += n;
      } else if (PageLayout.isOverflow(b, entry)) {
        byte[] value = page.child(i, version.source, version).bytes(version.source, version);
        assertEquals(PageLayout.valueLength(b, entry), value.length, "overflow length");
      }
    }
    return level == 0 ? count : below;
  }

  private static byte[] key(byte[] b, int entry) {
    int offset = PageLayout.keyOffset(b, entry);
    return Arrays.copyOfRange(b, offset, offset + PageLayout.keyLength(b, entry));
  }
}
