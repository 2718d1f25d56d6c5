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
    return writes.overlays().stream().anyMatch(o -> TemporaryStore.has(o.tree()));
  }

  void commit(Store store, TransactionOptions options) {
    TemporaryStore temporary = options.temporary();
    boolean hasTemporary =
        temporary != null
            && (hasTemporary(writes) || loads.stream().anyMatch(l -> TemporaryStore.has(l.tree())));
    if (!hasTemporary) {
      commitLasting(store, options);
      return;
    }
    boolean hasLasting =
        writes.overlays().stream().anyMatch(o -> LASTING.test(o.tree()))
            || loads.stream().anyMatch(l -> LASTING.test(l.tree()));
    if (hasLasting) {
      commitLasting(store, options);
    }
    if (temporary != null) {
      temporary.apply(stream(TemporaryStore::has));
    }
  }

  private void commitLasting(Store store, TransactionOptions options) {
    boolean isStream = writes.isSpilled() || loads.stream().anyMatch(l -> LASTING.test(l.tree()));
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
