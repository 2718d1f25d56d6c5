package io.vaquita.transaction;

import io.vaquita.store.ChangeStream;
import io.vaquita.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** What one transaction commits, by where it goes: into the store, and into the session's temporary tables. Confined to the transaction's thread. */
final class CommitParts {
  private static final IntPredicate LASTING = tree -> !TemporaryStore.has(tree);

  private final WriteSet writes;
  private final List<LoadedTree> loads;

  CommitParts(WriteSet writes, List<LoadedTree> loads) {
    this.writes = writes;
    this.loads = loads;
  }

  static boolean hasTemporary(WriteSet writes) {
    return writes(writes, TemporaryStore::has);
  }

  // no streams: each commit of one row comes here
  private static boolean writes(WriteSet writes, IntPredicate trees) {
    for (Overlay overlay : writes.overlays()) {
      if (trees.test(overlay.tree())) {
        return true;
      }
    }
    return false;
  }

  private boolean loads(IntPredicate trees) {
    for (LoadedTree load : loads) {
      if (trees.test(load.tree())) {
        return true;
      }
    }
    return false;
  }

  void commit(Store store, TransactionOptions options) {
    TemporaryStore temporary = options.temporary();
    boolean hasTemporary =
        temporary != null && (hasTemporary(writes) || loads(TemporaryStore::has));
    if (!hasTemporary) {
      commitLasting(store, options);
      return;
    }
    boolean hasLasting = writes(writes, LASTING) || loads(LASTING);
    if (hasLasting) {
      commitLasting(store, options);
    }
    if (temporary != null) {
      temporary.apply(stream(TemporaryStore::has));
    }
  }

  private void commitLasting(Store store, TransactionOptions options) {
    boolean isStream = writes.isSpilled() || loads(LASTING);
    if (isStream) {
      store.commit(stream(LASTING), options.patience());
    } else {
      store.commit(writes.toBatch(LASTING), options.durability(), options.patience());
    }
  }

  private ChangeStream stream(IntPredicate trees) {
    List<ChangeStream> parts = new ArrayList<>();
    parts.add(writes.changes(trees));
    for (LoadedTree load : loads) {
      if (trees.test(load.tree())) {
        parts.add(load);
      }
    }
    return ChangeStream.concat(parts);
  }
}
