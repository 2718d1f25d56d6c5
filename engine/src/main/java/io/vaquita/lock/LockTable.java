package io.vaquita.lock;

import io.vaquita.environment.Environment;
import io.vaquita.lock.LockTarget.MetadataTarget;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one lock table of a database: metadata, table, record and user-level locks, their queues, and everything that waits.
 * Thread-safe.
 *
 * <p>Targets are spread by hash over shards, each with a monitor of its own; taking and releasing a lock that nobody wants takes
 * that monitor once and nothing global. Requests are granted in the order of arrival as far as the matrices of {@link LockMode}
 * let them. Sessions act through their {@link LockOwner}.
 */
public final class LockTable {
  private static final int SHARD_BITS = 6;
  private static final int TREES_FIRST = 64;
  private static final long NANOS_PER_TENTH = 100_000_000;

  private final Environment environment;
  private final Shard[] shards = new Shard[1 << SHARD_BITS];
  private final WaitForGraph graph = new WaitForGraph(this);
  private final GapLocks gaps = new GapLocks(this, graph);
  private final LockReports reports = new LockReports(this);
  private final WaitRoom room;
  private final AtomicLong tickets = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();
  private final long startNanos;
  private volatile @Nullable TreeLocks[] trees = new TreeLocks[TREES_FIRST];

  public LockTable(Environment environment) {
    this.environment = environment;
    startNanos = environment.clock().monotonicNanos();
    Arrays.setAll(shards, i -> new Shard());
    room = new WaitRoom(environment, graph);
  }

  Environment environment() {
    return environment;
  }

  /** A new owner without locks. */
  public LockOwner newOwner(long id, OwnerInfo info) {
    return new LockOwner(this, id, info);
  }

  // ---- Taking and giving back; called by LockOwner on its session's thread.

  TreeLocks treeLocks(int tree) {
    @Nullable TreeLocks[] all = trees;
    TreeLocks found = tree < all.length ? all[tree] : null;
    return found != null ? found : addTree(tree);
  }

  private synchronized TreeLocks addTree(int tree) {
    @Nullable TreeLocks[] all = trees;
    if (tree >= all.length) {
      all = Arrays.copyOf(all, Math.max(tree + 1, all.length * 2));
    }
    TreeLocks found = all[tree];
    if (found == null) {
      found = new TreeLocks(tree);
      all[tree] = found;
      trees = all;
    }
    return found;
  }

  Shard[] shards() {
    return shards;
  }

  Shard shardOf(Queue queue) {
    return shardOf(queue.hash);
  }

  Shard shardOf(int hash) {
    return shards[hash >>> 32 - SHARD_BITS];
  }

  /** A record request's answer: granted, or the wait to go through, or null when it may not wait. */
  @Nullable Object requestRecord(
      LockOwner owner,
      TreeLocks tree,
      byte @Nullable [] key,
      LockMode mode,
      int flags,
      boolean mayWait) {
    int hash = Queue.hashOfRecord(tree.tree, key);
    Shard shard = shardOf(hash);
    synchronized (shard) {
      Queue queue = shard.recordOrNew(hash, tree, key);
      Lock own = queue.lockOf(owner);
      // An insert intention is asked anew each time: gap locks may have come since it was granted.
      if (own != null && mode != LockMode.INSERT_INTENTION && isCovered(own.modes, mode)) {
        if (flags == 0) {
          own.modes &= ~Lock.IMPLICIT;
        }
        return own;
      }
      if (!queue.blocks(owner, mode, null)) {
        if (mode == LockMode.INSERT_INTENTION) {
          shard.removeIfEmpty(queue);
          return Lock.NOT_KEPT;
        }
        return grant(queue, owner, own, mode, flags, LockDuration.TRANSACTION);
      }
      if (!mayWait) {
        shard.removeIfEmpty(queue);
        return null;
      }
      return enqueue(queue, owner, mode, LockDuration.TRANSACTION, null);
    }
  }

  @Nullable Object requestTable(LockOwner owner, long tableId, LockMode mode, boolean mayWait) {
    int hash = Queue.hashOfTable(tableId);
    Shard shard = shardOf(hash);
    synchronized (shard) {
      Queue queue = shard.tableOrNew(hash, tableId);
      Lock own = owner.tableLock(queue);
      if (own != null && isCovered(own.modes, mode)) {
        return own;
      }
      if (!queue.blocks(owner, mode, null)) {
        return grant(queue, owner, own, mode, 0, LockDuration.TRANSACTION);
      }
      if (mayWait) {
        return enqueue(queue, owner, mode, LockDuration.TRANSACTION, null);
      }
      shard.removeIfEmpty(queue);
      return null;
    }
  }

  /**
   * @param raises the owner's lock on the same name that is to get this mode; null for a lock of its own
   * @param covered the owner holds something that makes conflicts impossible
   */
  @Nullable Object requestMetadata(
      LockOwner owner,
      MetadataTarget name,
      LockMode mode,
      LockDuration duration,
      @Nullable Lock raises,
      boolean covered,
      boolean mayWait) {
    int hash = Queue.hashOfMetadata(name);
    Shard shard = shardOf(hash);
    synchronized (shard) {
      Queue queue = shard.metadataOrNew(hash, name);
      if (covered || !queue.blocks(owner, mode, null)) {
        if (raises != null) {
          queue.setModes(raises, mode.bit());
          return raises;
        }
        return grant(queue, owner, null, mode, 0, duration);
      }
      if (!mayWait) {
        shard.removeIfEmpty(queue);
        return null;
      }
      return enqueue(queue, owner, mode, duration, raises);
    }
  }

  static boolean isCovered(int held, LockMode mode) {
    for (int rest = held & ~Lock.IMPLICIT; rest != 0; rest &= rest - 1) {
      if ((LockMode.ofBit(rest).covers() & mode.bit()) != 0) {
        return true;
      }
    }
    return false;
  }

  private Lock grant(
      Queue queue,
      LockOwner owner,
      @Nullable Lock own,
      LockMode mode,
      int flags,
      LockDuration duration) {
    if (own != null) {
      int kept = flags == 0 ? own.modes & ~Lock.IMPLICIT : own.modes;
      queue.setModes(own, kept | mode.bit());
      return own;
    }
    Lock lock = new Lock(queue, owner, mode.bit() | flags, duration, nowTenths());
    queue.add(lock);
    owner.granted(lock);
    return lock;
  }

  private Wait enqueue(
      Queue queue, LockOwner owner, LockMode mode, LockDuration duration, @Nullable Lock raises) {
    for (Lock lock = queue.granted; lock != null; lock = lock.nextInQueue) {
      lock.modes &= ~Lock.IMPLICIT;
    }
    long now = environment.clock().monotonicNanos();
    Wait wait = new Wait(owner, queue, mode, duration, raises, tickets.incrementAndGet(), now);
    Queue.WaitList list = queue.waits;
    if (list == null) {
      list = new Queue.WaitList();
      queue.waits = list;
    }
    list.append(wait);
    owner.waiting().begin(wait);
    return wait;
  }

  /**
   * Waits until the request is granted or its wait ends otherwise, and says which.
   *
   * @param timeoutMillis negative: no end
   */
  Wait.State await(Wait wait, long timeoutMillis) {
    Wait.State outcome = room.await(wait, timeoutMillis);
    boolean granted = outcome == Wait.State.GRANTED;
    LockOwner owner = wait.owner;
    LockFailure failure = granted ? null : failureOf(wait);
    Shard shard = shardOf(wait.queue);
    Wait others = null;
    synchronized (shard) {
      if (!granted) {
        Queue.WaitList list = wait.queue.waits;
        if (list != null) {
          list.remove(wait);
        }
        others = grantWaits(wait.queue);
        shard.removeIfEmpty(wait.queue);
      } else if (wait.grantedLock != null && wait.isNewLock) {
        owner.granted(wait.grantedLock);
      }
    }
    wakeAll(others);
    owner.waiting().end(failure);
    return outcome;
  }

  private LockFailure failureOf(Wait wait) {
    List<LockFailure.Blocker> blocking =
        reports.blockersOf(wait).stream().map(LockFailure.Blocker::of).toList();
    return new LockFailure(reports.entryOf(wait), blocking, wait.deadlock);
  }

  void release(Lock lock) {
    Queue queue = lock.queue;
    Shard shard = shardOf(queue);
    Wait granted = null;
    synchronized (shard) {
      queue.remove(lock);
      if (queue.hasWaits()) {
        granted = grantWaits(queue);
      }
      shard.removeIfEmpty(queue);
    }
    wakeAll(granted);
  }

  void giveAll(@Nullable Lock list, LockOwner heir) {
    for (Lock lock = list; lock != null; lock = lock.nextOwned) {
      synchronized (shardOf(lock.queue)) {
        lock.owner = heir;
      }
    }
  }

  /** Takes modes off a lock. True when none is left, so that the lock is gone. */
  boolean weaken(Lock lock, int modes) {
    Queue queue = lock.queue;
    Shard shard = shardOf(queue);
    Wait granted = null;
    int left = modes & ~Lock.IMPLICIT;
    synchronized (shard) {
      if (left == 0) {
        queue.remove(lock);
      } else {
        queue.setModes(lock, modes);
      }
      if (queue.hasWaits()) {
        granted = grantWaits(queue);
      }
      shard.removeIfEmpty(queue);
    }
    wakeAll(granted);
    return left == 0;
  }

  /** Takes the record part off the owner's lock on a key; the gap part, which may have come this moment, stays. The lock when it is gone. */
  @Nullable Lock releaseRecord(LockOwner owner, TreeLocks tree, byte[] key) {
    int hash = Queue.hashOfRecord(tree.tree, key);
    Shard shard = shardOf(hash);
    synchronized (shard) {
      Queue queue = shard.record(hash, tree, key);
      Lock lock = queue == null ? null : queue.lockOf(owner);
      return lock != null && weaken(lock, gapPart(lock.modes)) ? lock : null;
    }
  }

  private static int gapPart(int modes) {
    int gaps = modes & (LockMode.S_GAP.bit() | LockMode.X_GAP.bit());
    gaps |= (modes & LockMode.S_NEXT_KEY.bit()) != 0 ? LockMode.S_GAP.bit() : 0;
    gaps |= (modes & LockMode.X_NEXT_KEY.bit()) != 0 ? LockMode.X_GAP.bit() : 0;
    return gaps;
  }

  /**
   * Grants what can be granted, in order of arrival.
   *
   * @return who is to be woken once the shard's monitor is free (a thread that is woken while it is held has to wait again, for the
   *     monitor), linked by {@code nextGranted}
   */
  private @Nullable Wait grantWaits(Queue queue) {
    Queue.WaitList list = queue.waits;
    if (list == null) {
      return null;
    }
    Wait first = null;
    Wait last = null;
    for (Wait wait = list.head; wait != null; ) {
      Wait next = wait.next;
      if (wait.isWaiting()
          && !queue.blocks(wait.owner, wait.mode, wait)
          && wait.decide(Wait.State.GRANTED)) {
        list.remove(wait);
        grantTo(queue, wait);
        if (last == null) {
          first = wait;
        } else {
          last.nextGranted = wait;
        }
        last = wait;
      }
      wait = next;
    }
    return first;
  }

  private static void wakeAll(@Nullable Wait granted) {
    for (Wait wait = granted; wait != null; wait = wait.nextGranted) {
      wait.wake();
    }
  }

  private void grantTo(Queue queue, Wait wait) {
    Lock lock = wait.raises;
    if (lock != null) {
      queue.setModes(lock, wait.mode.bit());
      wait.grantedLock = lock;
      return;
    }
    lock = wait.mode.isMetadata() ? null : queue.lockOf(wait.owner);
    if (lock != null) {
      queue.setModes(lock, lock.modes & ~Lock.IMPLICIT | wait.mode.bit());
    } else {
      lock = new Lock(queue, wait.owner, wait.mode.bit(), wait.duration, nowTenths());
      queue.add(lock);
      wait.isNewLock = true;
    }
    wait.grantedLock = lock;
  }

  int nowTenths() {
    return (int) ((environment.clock().monotonicNanos() - startNanos) / NANOS_PER_TENTH);
  }

  long nextToken() {
    return tokens.incrementAndGet();
  }

  /** Makes the numbers that user-level locks get from now on higher than this one. */
  public void raiseTokens(long above) {
    tokens.accumulateAndGet(above, Math::max);
  }

  /** Locks on gaps and what becomes of them when keys come and go. */
  GapLocks gaps() {
    return gaps;
  }

  // ---- Looking in from outside; any thread.

  /** Every lock and wait, in no order. */
  public List<LockEntry> locks() {
    return reports.locks();
  }

  /** What each owner holds of rows and tables, in no order: cheap where {@link #locks} would be long. */
  public List<HeldLocks> held() {
    return reports.held();
  }

  /** Every wait with what it waits for, the longest first. */
  public List<WaitEntry> waits() {
    return reports.waits(room.waiting());
  }

  /** Locks held, over all owners. */
  public long lockCount() {
    return reports.lockCount();
  }

  LockReports reports() {
    return reports;
  }

  @Nullable LockOwner holderOf(MetadataTarget name) {
    int hash = Queue.hashOfMetadata(name);
    Shard shard = shardOf(hash);
    synchronized (shard) {
      Queue queue = shard.metadata(hash, name);
      Lock lock = queue == null ? null : queue.granted;
      return lock == null ? null : lock.owner;
    }
  }

  /** Deadlocks found, oldest first; the last 128. */
  public List<Deadlock> deadlocks() {
    return graph.history();
  }

  public long deadlockCount() {
    return graph.deadlockCount();
  }

  /** Is told of every deadlock, on the thread whose wait closed it. One listener; the last one set. */
  public void onDeadlock(Consumer<Deadlock> listener) {
    graph.listener(listener);
  }

  public LockStatistics statistics() {
    return room.statistics();
  }

  /** Lets waits whose deadline has passed notice it; needed only when the clock is not the machine's. */
  public void checkDeadlines() {
    room.wakeAll();
  }

  /** Ends every wait with 1053. Owners' later waits end at once as well when they were interrupted one by one. */
  public void shutDown() {
    for (Wait wait : room.waiting()) {
      wait.owner.interrupt(Interruption.SHUTDOWN);
    }
  }

  /** After the last wait: nothing of this table runs any more. A wait that begins nevertheless works as before. */
  public void close() {
    room.close();
  }

  /**
   * Parks the caller until the owner is blocked: its wait has begun and no deadlock ended it at once. For tests, which need not
   * sleep then.
   *
   * @param otherwise ends the parking as well; whoever makes it true may call {@link #nudgeWatchers}, so that it is seen at once
   * @return whether the owner is blocked
   */
  public boolean awaitBlocked(LockOwner owner, BooleanSupplier otherwise, long timeoutMillis) {
    return room.awaitBlocked(owner, otherwise, timeoutMillis);
  }

  /** Makes those in {@link #awaitBlocked} look again. */
  public void nudgeWatchers() {
    room.nudge();
  }
}
