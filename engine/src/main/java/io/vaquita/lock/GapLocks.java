package io.vaquita.lock;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lock table's part that knows gaps: who guards one, and who inherits it when its key goes away. Thread-safe; holds two shards'
 * monitors in {@link #inheritGaps} only, in the order of their hashes.
 */
final class GapLocks {
  private final LockTable table;
  private final WaitForGraph graph;

  GapLocks(LockTable table, WaitForGraph graph) {
    this.table = table;
    this.graph = graph;
  }

  @Nullable Lock recordLock(LockOwner owner, TreeLocks tree, byte @Nullable [] key) {
    int hash = Queue.hashOfRecord(tree.tree, key);
    Shard shard = table.shardOf(hash);
    synchronized (shard) {
      Queue queue = shard.record(hash, tree, key);
      return queue == null ? null : queue.lockOf(owner);
    }
  }

  /** Whether somebody else holds the record exclusively and is committing or rolling back. */
  boolean isHeldByEnding(LockOwner asking, TreeLocks tree, byte[] key) {
    int hash = Queue.hashOfRecord(tree.tree, key);
    Shard shard = table.shardOf(hash);
    synchronized (shard) {
      Queue queue = shard.record(hash, tree, key);
      for (Lock lock = queue == null ? null : queue.granted;
          lock != null;
          lock = lock.nextInQueue) {
        boolean exclusive = (lock.modes & LockMode.EXCLUSIVE_RECORD_MODES) != 0;
        if (lock.owner != asking && exclusive && lock.owner.records().isEnding()) {
          return true;
        }
      }
      return false;
    }
  }

  /** Whether owners other than this one guard the gap before a key. */
  boolean othersGuardGap(LockOwner owner, TreeLocks tree, byte[] key) {
    int hash = Queue.hashOfRecord(tree.tree, key);
    Shard shard = table.shardOf(hash);
    synchronized (shard) {
      Queue queue = shard.record(hash, tree, key);
      return queue != null && queue.blocks(owner, LockMode.INSERT_INTENTION, null);
    }
  }

  /** Gives what others guard before {@code from} to the gap before {@code to} as well. */
  void inheritGaps(LockOwner except, TreeLocks tree, byte[] from, byte @Nullable [] to) {
    int fromHash = Queue.hashOfRecord(tree.tree, from);
    int toHash = Queue.hashOfRecord(tree.tree, to);
    Shard fromShard = table.shardOf(fromHash);
    Shard toShard = table.shardOf(toHash);
    boolean fromFirst = Integer.compareUnsigned(fromHash, toHash) <= 0;
    List<Wait> affected = new ArrayList<>();
    synchronized (fromFirst ? fromShard : toShard) {
      synchronized (fromFirst ? toShard : fromShard) {
        Queue source = fromShard.record(fromHash, tree, from);
        if (source == null) {
          return;
        }
        Queue target = toShard.recordOrNew(toHash, tree, to);
        for (Lock lock = source.granted; lock != null; lock = lock.nextInQueue) {
          if (lock.owner != except && (lock.modes & LockMode.GAP_MODES) != 0) {
            inherit(target, lock);
          }
        }
        Queue.WaitList list = target.waits;
        for (Wait wait = list == null ? null : list.head; wait != null; wait = wait.next) {
          affected.add(wait);
        }
        toShard.removeIfEmpty(target);
      }
    }
    // New edges came without a new wait, so cycles may have closed.
    affected.forEach(graph::breakCycles);
  }

  private void inherit(Queue target, Lock from) {
    int exclusive = LockMode.X_GAP.bit() | LockMode.X_NEXT_KEY.bit();
    LockMode mode = (from.modes & exclusive) != 0 ? LockMode.X_GAP : LockMode.S_GAP;
    Lock own = target.lockOf(from.owner);
    if (own != null) {
      if (!LockTable.isCovered(own.modes, mode)) {
        target.setModes(own, own.modes | mode.bit());
      }
      return;
    }
    Lock lock =
        new Lock(target, from.owner, mode.bit(), LockDuration.TRANSACTION, from.sinceTenths);
    target.add(lock);
    from.owner.records().inherited(lock);
  }
}
