package io.vaquita.store;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread through which all commits go: takes those that wait as one group, applies them to private pages, appends their records,
 * syncs once, publishes, and wakes the waiters. Thread-safe.
 *
 * <p>Applied before logged: a commit that cannot be applied (a damaged page in its way) must not reach the log, where recovery would
 * meet it again and again. Published after synced: nobody sees what might still be lost.
 */
final class CommitWriter {
  private static final int GROUP_COMMITS_MAX = 4096;
  private static final long GROUP_BYTES_MAX = 4 << 20;

  private final StoreOptions options;
  private final Environment environment;
  private final PageSizes sizes;
  private final VersionChain chain;
  private final CommitLog log;
  private final Checkpoint checkpoint;
  private final Checkpointer checkpointer;
  private final StoreFailure failure;
  private final StoreCounters counters;
  private final ConcurrentLinkedQueue<Request> waiting = new ConcurrentLinkedQueue<>();

  private final ConcurrentLinkedQueue<FutureTask<Long>> tasks = new ConcurrentLinkedQueue<>();

  private volatile boolean isParked;
  private volatile boolean isStopping;
  private volatile @Nullable Thread thread;

  // Confined to the writer's thread, all that follows.
  private long generation;
  private long unsyncedSinceNanos;

  /** The segment for whose successor a spare was asked. */
  private long sparedSegment;

  CommitWriter(
      StoreOptions options,
      Environment environment,
      PageSizes sizes,
      VersionChain chain,
      CommitLog log,
      Checkpoint checkpoint,
      Checkpointer checkpointer,
      StoreFailure failure,
      StoreCounters counters) {
    this.counters = counters;
    this.options = options;
    this.environment = environment;
    this.sizes = sizes;
    this.chain = chain;
    this.log = log;
    this.checkpointer = checkpointer;
    this.failure = failure;
    this.generation = chain.newest().generation;
    this.checkpoint = checkpoint;
  }

  void start() {
    thread = environment.threads().startPlatform("vaquita-commit", this::loop);
  }

  /** Changes that are in memory, and their log record. */
  private record Whole(WriteBatch batch, EncodedCommit encoded) {}

  /** A commit on its way. Written by the writer's thread before {@code isDone}, read by the waiter after. */
  private static final class Request {
    /** Null: the changes are many, so they get a group of their own. */
    final @Nullable Whole whole;

    final ChangeStream changes;
    final boolean isSynced;
    final Thread waiter = Thread.currentThread();
    long position;
    @Nullable RuntimeException failure;
    volatile boolean isDone;

    /** Whether it is in a group now, or withdrawn: whoever sets it first decides. */
    private final AtomicBoolean isTaken = new AtomicBoolean();

    Request(@Nullable Whole whole, ChangeStream changes, boolean isSynced) {
      this.whole = whole;
      this.changes = changes;
      this.isSynced = isSynced;
    }

    Whole whole() {
      Whole w = whole;
      if (w == null) {
        throw new IllegalStateException("a large commit in a group");
      }
      return w;
    }
  }

  /** Parks the caller until the commit is done. An interrupt does not end the wait, for the outcome would be unknown; it is kept. */
  long commit(WriteBatch batch, EncodedCommit encoded, boolean isSynced, CommitPatience patience) {
    return commit(
        new Request(new Whole(batch, encoded), ChangeStream.of(batch), isSynced), patience);
  }

  /** The same for changes that are too many for memory. */
  long commit(ChangeStream changes, CommitPatience patience) {
    ChangeStream checked =
        () -> {
          patience.check();
          return changes.next();
        };
    return commit(new Request(null, checked, true), patience);
  }

  private long commit(Request request, CommitPatience patience) {
    long left = patience.begin();
    boolean isTimed = left >= 0;
    long from = isTimed ? environment.clock().monotonicNanos() : 0;
    waiting.add(request);
    wake();
    boolean wasInterrupted = false;
    try {
      while (!request.isDone) {
        check(request, patience, isTimed && left <= 0);
        if (isTimed && left > 0) {
          LockSupport.parkNanos(this, left);
          left -= environment.clock().monotonicNanos() - from;
          from = environment.clock().monotonicNanos();
        } else {
          LockSupport.park(this);
        }
        wasInterrupted |= Thread.interrupted();
        Thread t = thread;
        if (t != null && !t.isAlive()) {
          failWaiting(StoreErrors.closed());
        }
      }
    } finally {
      patience.end();
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
    RuntimeException e = request.failure;
    if (e != null) {
      throw e;
    }
    return request.position;
  }

  /** Withdraws a request whose turn has not come when nobody wants it any more, and throws why. */
  private static void check(Request request, CommitPatience patience, boolean isLate) {
    if (request.isTaken.get()) {
      return;
    }
    try {
      patience.check();
      if (isLate) {
        throw MySqlError.ER_LOCK_WAIT_TIMEOUT.exception();
      }
    } catch (DatabaseException e) {
      if (request.isTaken.compareAndSet(false, true)) {
        throw e;
      }
    }
  }

  /** Publishes a version with pages from {@code fromUnit} on marked for a move; returns how many units will move. */
  long relocate(long fromUnit, long unitsMax) {
    FutureTask<Long> task = new FutureTask<>(() -> relocateNow(fromUnit, unitsMax));
    tasks.add(task);
    wake();
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | CancellationException e) {
      throw StoreErrors.closed();
    }
  }

  private long relocateNow(long fromUnit, long unitsMax) {
    failure.check();
    Version base = chain.newest();
    GroupLedger ledger = new GroupLedger(Long.MAX_VALUE);
    VersionEditor editor = new VersionEditor(base, sizes, ++generation, ledger);
    long moved = editor.relocate(fromUnit, unitsMax);
    if (moved > 0) {
      chain.publish(editor.roots(), base.position(), generation, ledger, log.end());
    }
    return moved;
  }

  private void wake() {
    Thread t = thread;
    if (t == null || !t.isAlive()) {
      failWaiting(StoreErrors.closed());
    } else if (isParked) {
      LockSupport.unpark(t);
    }
  }

  /** Ends the thread after what waits now. */
  void stop() {
    isStopping = true;
    Thread t = thread;
    if (t != null) {
      LockSupport.unpark(t);
      StoreThreads.join(t);
    }
    failWaiting(StoreErrors.closed());
  }

  private void failWaiting(RuntimeException e) {
    for (FutureTask<Long> task = tasks.poll(); task != null; task = tasks.poll()) {
      task.cancel(false);
    }
    for (Request r = waiting.poll(); r != null; r = waiting.poll()) {
      fail(r, e);
    }
  }

  private static void fail(Request request, RuntimeException e) {
    request.failure = e;
    request.isDone = true;
    LockSupport.unpark(request.waiter);
  }

  private void loop() {
    try {
      while (true) {
        FutureTask<Long> task = tasks.poll();
        if (task != null) {
          task.run();
        }
        // Before a group is taken: until then its commits can be withdrawn.
        RuntimeException noRoom = waiting.isEmpty() ? null : awaitRoom();
        List<Request> group = takeGroup();
        if (!group.isEmpty()) {
          process(group, noRoom);
        } else if (isStopping && waiting.isEmpty()) {
          syncNow();
          return;
        } else {
          idle();
        }
      }
    } catch (RuntimeException | Error e) {
      // Memory or a bug of ours: nobody may wait for a thread that is gone.
      failure.set(e);
      failWaiting(StoreErrors.readOnly(e));
      throw e;
    }
  }

  private List<Request> takeGroup() {
    List<Request> group = new ArrayList<>();
    long bytes = 0;
    while (group.size() < GROUP_COMMITS_MAX && bytes < GROUP_BYTES_MAX) {
      Request r = waiting.peek();
      if (r == null || (r.whole == null && !group.isEmpty())) {
        break;
      }
      waiting.remove();
      if (!r.isTaken.compareAndSet(false, true)) {
        continue;
      }
      group.add(r);
      if (r.whole == null) {
        break;
      }
      bytes += r.whole.encoded().length;
    }
    return group;
  }

  /** Sleeps until there is work; while commits wait for the once-a-second sync, until that is due. */
  private void idle() {
    isParked = true;
    try {
      if (!waiting.isEmpty() || !tasks.isEmpty() || isStopping) {
        return;
      }
      if (!log.hasUnsynced() || failure.isSet()) {
        LockSupport.park(this);
        return;
      }
      long due = dueNanos();
      if (due > 0) {
        LockSupport.parkNanos(this, due);
      }
    } finally {
      isParked = false;
    }
    if (log.hasUnsynced() && dueNanos() <= 0) {
      syncNow();
    }
  }

  private long dueNanos() {
    long age = environment.clock().monotonicNanos() - unsyncedSinceNanos;
    return TimeUnit.MILLISECONDS.toNanos(options.flushMillis()) - age;
  }

  private void syncNow() {
    if (failure.isSet()) {
      return;
    }
    try {
      log.sync();
    } catch (IOException e) {
      failure.set(e);
    }
  }

  private void process(List<Request> group, @Nullable RuntimeException noRoom) {
    if (failure.isSet()) {
      failAll(group, StoreErrors.readOnly(failure.cause()));
      return;
    }
    if (noRoom != null) {
      failAll(group, noRoom);
      return;
    }
    try {
      if (group.getFirst().whole == null) {
        writeLarge(group.getFirst());
      } else {
        write(group);
      }
    } catch (UnappliedException e) {
      if (group.size() == 1) {
        failAll(group, e.reason);
        return;
      }
      // One of them cannot be applied: each gets a group of its own.
      for (Request request : group) {
        process(List.of(request), awaitRoom());
      }
    } catch (IOException e) {
      if (log.isBroken()) {
        failure.set(e);
        failAll(group, StoreErrors.readOnly(e));
      } else {
        failAll(group, StoreErrors.writeFailed("commit log", e));
      }
    } catch (RuntimeException e) {
      failAll(group, e);
    }
  }

  private static void failAll(List<Request> group, RuntimeException e) {
    for (Request request : group) {
      fail(request, e);
    }
  }

  /** A commit of the group could not be applied; nothing was logged. */
  private static final class UnappliedException extends Exception {
    private static final long serialVersionUID = 1L;
    final transient RuntimeException reason;

    UnappliedException(RuntimeException reason) {
      super(null, reason, false, false);
      this.reason = reason;
    }
  }

  private void write(List<Request> group) throws IOException, UnappliedException {
    CommitGroupEvent event = new CommitGroupEvent();
    event.begin();
    Version base = chain.newest();
    GroupLedger ledger = new GroupLedger(options.stagedBytesMax());
    VersionEditor editor = new VersionEditor(base, sizes, ++generation, ledger);
    long bytes = 0;
    boolean isSynced = false;
    for (Request request : group) {
      try {
        editor.apply(request.whole().batch());
      } catch (GroupLedger.TooManyPagesException e) {
        if (group.size() > 1) {
          throw new UnappliedException(e);
        }
        writeLarge(request);
        return;
      } catch (RuntimeException e) {
        throw new UnappliedException(e);
      }
      bytes += LogFormat.recordBytes(request.whole().encoded().length);
      isSynced |= request.isSynced;
    }
    log.makeRoom(bytes, base.position() + 1);
    try {
      long position = append(group, base.position(), isSynced);
      chain.publish(editor.roots(), position, generation, ledger, log.end());
    } catch (RuntimeException e) {
      // The log may have what the versions have not: a bug of ours, and no ground to build on.
      failure.set(e);
      throw e;
    }
    done(group, event, bytes, isSynced);
  }

  private void writeLarge(Request request) throws IOException {
    CommitGroupEvent event = new CommitGroupEvent();
    event.begin();
    LargeCommit commit =
        new LargeCommit(options, sizes, chain, log, checkpoint, failure, generation);
    try {
      request.position = commit.run(request.changes);
    } finally {
      generation = commit.generation();
    }
    done(List.of(request), event, commit.logBytes(), true);
  }

  private void done(List<Request> group, CommitGroupEvent event, long bytes, boolean isSynced) {
    // before anybody is told, so that who has committed finds the commit counted
    counters.commits.add(group.size());
    counters.groups.increment();
    counters.logBytes.add(bytes);
    for (Request request : group) {
      request.isDone = true;
      LockSupport.unpark(request.waiter);
    }
    event.commits = group.size();
    event.bytes = bytes;
    event.isSynced = isSynced;
    event.commit();
    askForHelp(bytes);
  }

  private long append(List<Request> group, long after, boolean isSynced) throws IOException {
    long position = after;
    for (Request request : group) {
      log.append(request.whole().encoded(), ++position, false);
      request.position = position;
    }
    boolean wasSynced = !log.hasUnsyncedBefore(after + 1);
    if (isSynced) {
      log.sync();
    } else {
      log.flush();
      if (wasSynced) {
        unsyncedSinceNanos = environment.clock().monotonicNanos();
      } else if (dueNanos() <= 0) {
        log.sync();
      }
    }
    return position;
  }

  private void askForHelp(long bytes) {
    if (log.isHalfFull() && sparedSegment != log.end().segment()) {
      sparedSegment = log.end().segment();
      checkpointer.requestSpare();
    }
    chain.logged(bytes);
    if (chain.logBytesSince() > options.checkpointLogBytes()
        || chain.dirtySinceBytes() > options.pageCacheBytes() / 4) {
      checkpointer.request();
    }
  }

  /**
   * Commits are faster than checkpoints: beyond half the cache's budget, or twice the log that recovery may replay, they wait. Returns why
   * there is no room, or null: there is, or the store takes no commits any more.
   */
  private @Nullable RuntimeException awaitRoom() {
    while (chain.dirtyBytes() > options.pageCacheBytes() / 2
        || chain.logBytesBehind() > 2 * options.checkpointLogBytes()) {
      Throwable reason = checkpointer.lastFailure();
      if (reason != null) {
        return StoreErrors.writeFailed(PageFile.NAME, reason);
      }
      if (failure.isSet()) {
        return null;
      }
      try {
        checkpointer.awaitProgress();
      } catch (InterruptedException e) {
        return StoreErrors.closed();
      }
    }
    return null;
  }
}
