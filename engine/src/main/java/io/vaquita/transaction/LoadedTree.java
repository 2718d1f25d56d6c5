package io.vaquita.transaction;

import io.vaquita.store.ChangeStream;
import io.vaquita.store.EntryStream;
import io.vaquita.store.WriteBatch;
import org.jspecify.annotations.Nullable;

/** All entries of a tree that a transaction fills at its commit. Read once. */
record LoadedTree(int tree, EntryStream entries) implements ChangeStream {
  @Override
  public @Nullable WriteBatch next() {
    WriteBatch piece = new WriteBatch();
    while (!piece.isFull() && entries.next()) {
      piece.put(tree, entries.key(), entries.value());
    }
    return piece.isEmpty() ? null : piece;
  }
}
