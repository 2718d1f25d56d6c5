package io.vaquita.store;

import java.io.IOException;

/**
 * The tree of trees: number to root location and entry count, itself a tree of the file (number 0) that only checkpoints change.
 * Confined to whoever holds the checkpoint lock.
 *
 * <p>Key: u32 tree number, big-endian. Value: u64 location of the root page, u64 count of entries, little-endian.
 */
final class TreeDirectory {
  static final int TREE = 0;

  private final PageSizes sizes;
  private Version version;

  /** The roots as the last checkpoint wrote them. */
  private TreeRoots written;

  TreeDirectory(PageSizes sizes, PageSource source, long location, long count) {
    this.sizes = sizes;
    TreeRoots.Change own = TreeRoots.EMPTY.change();
    if (location != 0) {
      own.set(TREE, new TreeRoot(new Page(location, false), count));
    }
    this.version = new Version(own.build(), 0, 0, source, new Epoch());
    TreeRoots.Change roots = TreeRoots.EMPTY.change();
    Cursor cursor = version.cursor(TREE);
    for (boolean has = cursor.first(); has; has = cursor.next()) {
      roots.set(treeOf(cursor), rootOf(cursor));
    }
    this.written = roots.build();
  }

  private static int treeOf(Cursor cursor) {
    byte[] b = cursor.keyArray();
    int at = cursor.keyOffset();
    return (b[at] & 0xFF) << 24
        | (b[at + 1] & 0xFF) << 16
        | (b[at + 2] & 0xFF) << 8
        | (b[at + 3] & 0xFF);
  }

  private static TreeRoot rootOf(Cursor cursor) {
    byte[] b = cursor.valueArray();
    int at = cursor.valueOffset();
    return new TreeRoot(new Page(PageLayout.i64(b, at), false), PageLayout.i64(b, at + 8));
  }

  Version version() {
    return version;
  }

  TreeRoots roots() {
    return written;
  }

  /**
   * Writes out the pages of all changed trees, then the directory's own; returns the location of its root, 0 when there is no tree. Old
   * pages of the directory are retired.
   */
  long write(TreeRoots roots, PageSink output, SpaceMap space) throws IOException {
    WriteBatch batch = new WriteBatch();
    int limit = Math.max(roots.treeLimit(), written.treeLimit());
    for (int tree = 0; tree < limit; tree++) {
      TreeRoot now = roots.get(tree);
      TreeRoot before = written.get(tree);
      if (now == null && before != null) {
        batch.delete(TREE, key(tree));
      } else if (now != null && !now.equals(before)) {
        long location = output.write(now.page());
        byte[] value = new byte[16];
        PageLayout.putI64(value, 0, location);
        PageLayout.putI64(value, 8, now.entryCount());
        batch.put(TREE, key(tree), value);
      }
    }
    // The directory may name only places that hold their page: a write that fails later takes
    // places back that were not yet filled.
    output.flush();
    if (!batch.isEmpty()) {
      GroupLedger ledger = new GroupLedger(Long.MAX_VALUE);
      long generation = version.generation + 1;
      VersionEditor editor = new VersionEditor(version, sizes, generation, ledger);
      editor.apply(batch);
      Version next = new Version(editor.roots(), 0, generation, version.source, version.epoch);
      // A page that an abandoned checkpoint made and never wrote has no place to give back.
      for (Page page : ledger.replaced) {
        page.isDead = true;
        if (page.location != 0) {
          space.retire(page.location);
        }
      }
      version = next;
      written = roots;
    }
    TreeRoot root = version.roots.get(TREE);
    return root == null ? 0 : output.write(root.page());
  }

  long count() {
    return version.entryCount(TREE);
  }

  private static byte[] key(int tree) {
    return new byte[] {(byte) (tree >> 24), (byte) (tree >> 16), (byte) (tree >> 8), (byte) tree};
  }
}
