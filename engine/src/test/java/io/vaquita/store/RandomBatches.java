package io.vaquita.store;

import java.util.Arrays;
import java.util.Iterator;

/** Random batches that like neighbours, runs, long keys, large values and ranges. Confined to one thread. */
final class RandomBatches {
  private final SeededRandom random;
  private final int keys;
  private final int valueBytesMax;
  private int run;

  RandomBatches(SeededRandom random, int keys, int valueBytesMax) {
    this.random = random;
    this.keys = keys;
    this.valueBytesMax = valueBytesMax;
  }

  WriteBatch next() {
    WriteBatch batch = new WriteBatch();
    int changes = random.oneIn(10) ? random.below(200) : 1 + random.below(5);
    boolean shrinks = random.oneIn(3);
    for (int i = 0; i < changes; i++) {
      change(batch, shrinks);
    }
    return batch;
  }

  /** The changes of a batch as a stream of small pieces. */
  static ChangeStream pieces(WriteBatch batch, int changes) {
    Iterator<WriteBatch.Change> left = batch.changes().iterator();
    return () -> {
      if (!left.hasNext()) {
        return null;
      }
      WriteBatch piece = new WriteBatch();
      for (int i = 0; i < changes && left.hasNext(); i++) {
        piece.add(left.next());
      }
      return piece;
    };
  }

  private void change(WriteBatch batch, boolean shrinks) {
    int tree = 1 + random.below(3) * 100;
    int kind = random.below(shrinks ? 10 : 100);
    if (kind < 6) {
      batch.delete(tree, key());
    } else if (kind == 6 && random.oneIn(10)) {
      range(batch, tree);
    } else if (kind < 30 && !shrinks) {
      batch.put(tree, number(run++ % keys), value());
    } else {
      batch.put(tree, key(), value());
    }
  }

  private void range(WriteBatch batch, int tree) {
    byte[] a = key();
    byte[] b = key();
    boolean inOrder = Arrays.compareUnsigned(a, b) <= 0;
    batch.deleteRange(
        tree, random.oneIn(6) ? null : inOrder ? a : b, random.oneIn(6) ? null : inOrder ? b : a);
  }

  byte[] key() {
    if (random.oneIn(300)) {
      // Long keys that differ only at their end.
      byte[] key = new byte[Store.KEY_BYTES_MAX - random.below(3)];
      key[key.length - 1] = (byte) random.below(256);
      return key;
    }
    byte[] key = number(random.below(keys));
    return random.oneIn(4) ? Arrays.copyOf(key, 2 + random.below(60)) : key;
  }

  private static byte[] number(int n) {
    return new byte[] {(byte) (n >> 16), (byte) (n >> 8), (byte) n};
  }

  private byte[] value() {
    int bound = random.oneIn(50) ? valueBytesMax : random.oneIn(5) ? 200 : 30;
    return random.bytes(random.below(bound + 1));
  }
}
