package io.vaquita.store;

import java.util.Arrays;

/**
 * Puts of a group that need no new page, if only nobody reads the version that the group began with: done when the log has them, in the
 * moment in which the next version is published. Confined to one thread.
 */
final class DeferredPuts {
  private final SortedPuts puts;
  private final GroupLedger books;
  private final int pageBytes;

  /** Runs of puts, each for one leaf: where it begins and ends. */
  private int[] runs = new int[16];

  private TreeEditor[] trees = new TreeEditor[8];
  private int count;

  DeferredPuts(SortedPuts puts, GroupLedger books, int pageBytes) {
    this.puts = puts;
    this.books = books;
    this.pageBytes = pageBytes;
  }

  void add(TreeEditor tree, int from, int to) {
    books.reserve(pageBytes);
    if (count == trees.length) {
      trees = Arrays.copyOf(trees, 2 * count);
      runs = Arrays.copyOf(runs, 4 * count);
    }
    trees[count] = tree;
    runs[2 * count] = from;
    runs[2 * count + 1] = to;
    count++;
  }

  /** Into what the trees say they hold, before the pages hold it. */
  void count() {
    for (int i = 0; i < count; i++) {
      trees[i].countDeferred(puts.inserts(runs[2 * i], runs[2 * i + 1]));
    }
  }

  /** Into the pages that there are. Allocates nothing, reads nothing: does not fail. */
  void store() {
    for (int i = 0; i < count; i++) {
      trees[i].putDeferred(puts, runs[2 * i], runs[2 * i + 1]);
    }
  }

  /** Somebody reads that version, or a checkpoint writes it. */
  void putIntoCopies() {
    books.lift();
    for (int i = 0; i < count; i++) {
      for (int p = runs[2 * i]; p < runs[2 * i + 1]; p++) {
        trees[i].put(puts.key(p), puts.value(p));
      }
    }
  }
}
