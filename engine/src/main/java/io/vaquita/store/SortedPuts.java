package io.vaquita.store;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The puts of a group in the order of trees and keys, the last one of each key: so that the pages on the way to a leaf are visited once for
 * all that goes there. Confined to one thread.
 */
final class SortedPuts {
  private final WriteBatch.Put[] puts;
  private final int size;

  /** Where each is, or would be, in its leaf; as {@link PageLayout#find} says. */
  private final int[] found;

  private SortedPuts(WriteBatch.Put[] puts) {
    this.puts = puts;
    int n = 0;
    for (int i = 0; i < puts.length; i++) {
      if (i + 1 == puts.length || compare(puts[i], puts[i + 1]) != 0) {
        puts[n++] = puts[i];
      }
    }
    this.size = n;
    this.found = new int[n];
  }

  /** Null: there are other changes than puts among them, whose order counts. */
  static @Nullable SortedPuts of(List<WriteBatch> batches) {
    int n = 0;
    for (WriteBatch batch : batches) {
      n += batch.changes().size();
    }
    WriteBatch.Put[] puts = new WriteBatch.Put[n];
    n = 0;
    for (WriteBatch batch : batches) {
      for (WriteBatch.Change change : batch.changes()) {
        if (!(change instanceof WriteBatch.Put put)) {
          return null;
        }
        puts[n++] = put;
      }
    }
    Arrays.sort(puts, SortedPuts::compare);
    return new SortedPuts(puts);
  }

  private static int compare(WriteBatch.Put a, WriteBatch.Put b) {
    int c = Integer.compare(a.tree(), b.tree());
    return c != 0 ? c : PageLayout.compare(a.key(), 0, a.key().length, b.key());
  }

  int size() {
    return size;
  }

  int tree(int i) {
    return puts[i].tree();
  }

  byte[] key(int i) {
    return puts[i].key();
  }

  byte[] value(int i) {
    return puts[i].value();
  }

  int found(int i) {
    return found[i];
  }

  /** How many of these are new keys, as {@link #fit} has found. */
  int inserts(int from, int to) {
    int inserts = 0;
    for (int i = from; i < to; i++) {
      inserts += found[i] < 0 ? 1 : 0;
    }
    return inserts;
  }

  /** The first behind {@code i} that is for another tree. */
  int endOfTree(int i) {
    int tree = tree(i);
    int end = i + 1;
    while (end < size && tree(end) == tree) {
      end++;
    }
    return end;
  }

  /** The same for those with keys before that of a branch's entry. */
  int endOfRun(int i, byte[] branch, int entry) {
    int offset = PageLayout.keyOffset(branch, entry);
    int length = PageLayout.keyLength(branch, entry);
    int tree = tree(i);
    int end = i + 1;
    while (end < size
        && tree(end) == tree
        && PageLayout.compare(branch, offset, length, key(end)) > 0) {
      end++;
    }
    return end;
  }

  /** Whether all of these can be stored into a leaf as it is; then {@link #found} says where. */
  boolean fit(byte[] leaf, PageSizes sizes, int from, int to) {
    if (PageLayout.hasChildren(leaf)) {
      return false;
    }
    int left = PageLayout.gap(leaf);
    for (int i = from; i < to && left >= 0; i++) {
      byte[] key = key(i);
      int value = value(i).length;
      int at = PageLayout.find(leaf, key);
      found[i] = at;
      if (!sizes.isInPlace(key.length, value)
          || (at >= 0 && value > PageLayout.valueLength(leaf, PageLayout.slot(leaf, at)))) {
        return false;
      }
      left -= at >= 0 ? 0 : PageWriter.leafEntryBytes(key.length, value) + PageLayout.SLOT_BYTES;
    }
    return left >= 0;
  }
}
