package io.vaquita.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The naive model of a store: a sorted map a tree. Confined to one thread. */
final class ModelStore {
  final Map<Integer, TreeMap<byte[], byte[]>> trees = new HashMap<>();

  TreeMap<byte[], byte[]> tree(int number) {
    return trees.computeIfAbsent(number, n -> new TreeMap<>(Arrays::compareUnsigned));
  }

  void apply(WriteBatch batch) {
    for (WriteBatch.Change change : batch.changes()) {
      TreeMap<byte[], byte[]> tree = tree(change.tree());
      switch (change) {
        case WriteBatch.Put put -> tree.put(put.key(), put.value());
        case WriteBatch.Delete delete -> tree.remove(delete.key());
        case WriteBatch.DeleteRange range -> {
          byte[] from = range.from();
          byte[] to = range.to();
          tree.keySet()
              .removeIf(
                  k ->
                      (from == null || Arrays.compareUnsigned(k, from) >= 0)
                          && (to == null || Arrays.compareUnsigned(k, to) < 0));
        }
      }
    }
  }

  ModelStore copy() {
    ModelStore copy = new ModelStore();
    trees.forEach((n, t) -> copy.tree(n).putAll(t));
    return copy;
  }
}
