package io.vaquita.transaction;

import io.vaquita.store.Snapshot;
import io.vaquita.store.Store;
import org.jspecify.annotations.Nullable;

/** The read views of one transaction: committed rows as of some moment with its own writes over them. Confined to its session's thread. */
final class TransactionViews {
  private final Store store;
  private final WriteSet writes;
  private final @Nullable TemporaryStore temporary;

  private boolean hasRead;
  private @Nullable View consistent;
  private @Nullable View current;

  /** Of a borrowed snapshot: to be given back, so that the store may change its pages in place again. */
  private @Nullable View checking;

  TransactionViews(Store store, WriteSet writes, @Nullable TemporaryStore temporary) {
    this.store = store;
    this.writes = writes;
    this.temporary = temporary;
  }

  /** As of the first call since it was dropped. */
  View consistent() {
    View view = consistent;
    if (view == null) {
      hasRead = true;
      view = new View(store, store.snapshot(), writes, temporary);
      consistent = view;
    }
    return view;
  }

  /** As of now. */
  View current() {
    Snapshot newest = store.snapshot();
    View view = current;
    if (view == null || view.snapshot().position() != newest.position()) {
      view = new View(store, newest, writes, temporary);
      current = view;
    }
    return view;
  }

  /** As of now, for a look that is over before the next commit of this transaction. */
  View checking() {
    View view = checking;
    if (view == null || view.snapshot().position() != store.position()) {
      dropChecking();
      view = new View(store, store.borrow(), writes, temporary);
      checking = view;
    }
    return view;
  }

  /** Whether a consistent view was ever taken. */
  boolean hasRead() {
    return hasRead;
  }

  boolean isConsistentOlderThan(long position) {
    View view = consistent;
    return view != null && view.snapshot().position() < position;
  }

  void dropConsistent() {
    consistent = null;
  }

  void dropChecking() {
    View view = checking;
    if (view != null) {
      checking = null;
      store.giveBack(view.snapshot());
    }
  }

  void drop() {
    consistent = null;
    current = null;
    dropChecking();
  }

  /** As if the transaction had not read yet. */
  void forget() {
    drop();
    hasRead = false;
  }
}
