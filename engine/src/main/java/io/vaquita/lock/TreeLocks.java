package io.vaquita.lock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the lock table knows about one tree as a whole: how many gap locks there are, and who has inserts under way. Thread-safe.
 *
 * <p>Both are for one purpose: uncommitted inserts are in nobody else's view, so a locking scan must be told of them, and an insert
 * must be told of the gaps that scans guard, while neither should cost anything when the other is absent. An inserter first makes its
 * key known and then looks whether there are gap locks; a scan first counts its gap lock and then looks for inserts. Both counts are
 * volatile, so at least one of two that meet sees the other.
 */
final class TreeLocks {
  private static final PendingInserts[] NONE = {};

  final int tree;

  /** Granted locks of this tree that guard a gap. */
  final AtomicInteger gapLocks = new AtomicInteger();

  private volatile PendingInserts[] inserters = NONE;

  TreeLocks(int tree) {
    this.tree = tree;
  }

  synchronized void add(PendingInserts inserts) {
    PendingInserts[] more = Arrays.copyOf(inserters, inserters.length + 1);
    more[more.length - 1] = inserts;
    inserters = more;
  }

  synchronized void remove(PendingInserts inserts) {
    PendingInserts[] all = inserters;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == inserts) {
        PendingInserts[] fewer = Arrays.copyOf(all, all.length - 1);
        System.arraycopy(all, i + 1, fewer, i, fewer.length - i);
        inserters = fewer;
        return;
      }
    }
  }

  /** The first key between the bounds, both exclusive, that another owner is inserting. */
  byte @Nullable [] firstInsert(
      LockOwner asking, byte @Nullable [] after, byte @Nullable [] before) {
    byte[] first = null;
    for (PendingInserts inserts : inserters) {
      if (inserts.owner != asking) {
        byte[] key = inserts.firstBetween(after, false, first == null ? before : first);
        first = key == null ? first : key;
      }
    }
    return first;
  }

  /** The first key of each other owner at or after {@code from} and before {@code before}, in no order. */
  List<byte[]> firstInserts(LockOwner asking, byte[] from, byte @Nullable [] before) {
    PendingInserts[] all = inserters;
    if (all.length == 0) {
      return List.of();
    }
    List<byte[]> keys = new ArrayList<>();
    for (PendingInserts inserts : all) {
      byte[] key = inserts.owner == asking ? null : inserts.firstBetween(from, true, before);
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** Keys that one owner inserts into one tree and has not committed yet. Sorted when somebody asks. Thread-safe. */
  static final class PendingInserts {
    volatile LockOwner owner;
    final TreeLocks tree;
    private byte[][] keys = new byte[1][];
    private int count;
    private int sorted;

    PendingInserts(LockOwner owner, TreeLocks tree) {
      this.owner = owner;
      this.tree = tree;
    }

    synchronized void add(byte[] key) {
      if (count == keys.length) {
        keys = Arrays.copyOf(keys, count * 2);
      }
      boolean inOrder =
          sorted == count && (count == 0 || Arrays.compareUnsigned(key, keys[count - 1]) > 0);
      keys[count++] = key;
      if (inOrder) {
        sorted = count;
      }
    }

    synchronized void remove(byte[] key) {
      for (int i = count - 1; i >= 0; i--) {
        if (Arrays.equals(keys[i], key)) {
          System.arraycopy(keys, i + 1, keys, i, count - i - 1);
          count--;
          sorted -= i < sorted ? 1 : 0;
          return;
        }
      }
    }

    synchronized byte[][] keys() {
      return Arrays.copyOf(keys, count);
    }

    synchronized byte @Nullable [] firstBetween(
        byte @Nullable [] from, boolean inclusive, byte @Nullable [] before) {
      if (sorted < count) {
        Arrays.sort(keys, 0, count, Arrays::compareUnsigned);
        sorted = count;
      }
      int low = 0;
      int high = from == null ? 0 : count;
      while (low < high) {
        int middle = (low + high) >>> 1;
        int order = Arrays.compareUnsigned(keys[middle], from);
        if (order < 0 || order == 0 && !inclusive) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      if (low == count) {
        return null;
      }
      return before == null || Arrays.compareUnsigned(keys[low], before) < 0 ? keys[low] : null;
    }
  }
}
