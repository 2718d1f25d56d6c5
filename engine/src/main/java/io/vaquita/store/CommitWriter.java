package io.vaquita.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.environment.Environment;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Through which all commits go: whoever has the writer's turn takes those that wait as one group, applies them to private pages,
 * appends their records, syncs once, publishes, and wakes the waiters. Thread-safe.
 *
 * <p>The turn is the commit thread's, unless it is free when a platform thread of the server comes to commit: that thread takes it for one
 * group, its own commit among it, and saves the two hand-overs that cost a lone writer more than the commit itself. Virtual threads leave
 * it to the commit thread, for a sync would hold their carrier; threads of an application do too, for an interrupt would close the log
 * under a sync, and nobody could say what that sync had done.
 */
final class CommitWriter {
  private final Environment environment;
  private final StoreFailure failure;

  @GuardedBy("turn")
  private final GroupWriter groups;

  private final CommitQueue waiting = new CommitQueue();
  private final ConcurrentLinkedQueue<GroupWriter.Rearrangement> rearrangements =
      new ConcurrentLinkedQueue<>();

  /** Who holds it may write the log and publish versions, and waits for the disk meanwhile: nobody waits for it but the commit thread. */
  private final ReentrantLock turn = new ReentrantLock();

  private volatile boolean isParked;
  private volatile boolean isStopping;
  private volatile @Nullable Thread thread;

  CommitWriter(Environment environment, StoreFailure failure, GroupWriter groups) {
    this.environment = environment;
    this.failure = failure;
    this.groups = groups;
  }

  void start() {
    thread = environment.threads().startPlatform("vaquita-commit", this::loop);
  }

  /** Parks the caller until the commit is done. An interrupt does not end the wait, for the outcome would be unknown; it is kept. */
  long commit(WriteBatch batch, EncodedCommit encoded, boolean isSynced, CommitPatience patience) {
    return commit(CommitRequest.whole(batch, encoded, isSynced), patience);
  }

  /** The same for changes that are too many for memory. */
  long commit(ChangeStream changes, CommitPatience patience) {
    ChangeStream checked =
        () -> {
          patience.check();
          return changes.next();
        };
    return commit(CommitRequest.large(checked), patience);
  }

  private long commit(CommitRequest request, CommitPatience patience) {
    waiting.add(request);
    request.check(patience, false);
    if (environment.threads().isUninterrupted(Thread.currentThread())) {
      writeHere();
    }
    if (!request.isDone()) {
      await(request, patience);
    }
    return request.outcome();
  }

  /**
   * Writes one group on the calling thread when the turn is free and nothing would keep it waiting but the disk. Whoever came meanwhile
   * did not wake the commit thread, since the turn was taken: that is done here.
   */
  private void writeHere() {
    if (!turn.tryLock()) {
      return;
    }
    boolean isFirstUnsynced = false;
    try {
      if (!isStopping && !waiting.isLargeNext() && groups.hasRoom()) {
        boolean hadUnsynced = groups.hasUnsynced();
        groups.process(waiting.takeGroup(), null);
        isFirstUnsynced = !hadUnsynced && groups.hasUnsynced();
      }
    } catch (RuntimeException | Error e) {
      failure.set(e);
      failWaiting(StoreErrors.readOnly(e));
      throw e;
    } finally {
      turn.unlock();
    }
    Thread t = thread;
    if (isFirstUnsynced && t != null) {
      LockSupport.unpark(t);
    } else if (!waiting.isEmpty() || !rearrangements.isEmpty()) {
      wake();
    }
  }

  private void await(CommitRequest request, CommitPatience patience) {
    long left = patience.begin();
    boolean isTimed = left >= 0;
    long from = isTimed ? environment.clock().monotonicNanos() : 0;
    wake();
    boolean wasInterrupted = false;
    try {
      while (!request.isDone()) {
        request.check(patience, isTimed && left <= 0);
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
  }

  /** Publishes a version with other pages for the same entries; returns what the change does. */
  long rearrange(GroupWriter.Change change) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    rearrangements.add(new GroupWriter.Rearrangement(change, done));
    wake();
    return outcome(done);
  }

  private static long outcome(CompletableFuture<Long> done) {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | CancellationException e) {
      throw StoreErrors.closed();
    }
  }

  /** The same by the caller, when the commit thread has ended. */
  long rearrangeAtEnd(GroupWriter.Change change) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    turn.lock();
    try {
      groups.rearrange(new GroupWriter.Rearrangement(change, done));
    } finally {
      turn.unlock();
    }
    return outcome(done);
  }

  /** Whoever holds the turn sees what waits when it gives the turn back, so nobody needs to be woken while it is taken. */
  private void wake() {
    Thread t = thread;
    if (t == null || !t.isAlive()) {
      failWaiting(StoreErrors.closed());
    } else if (isParked && !turn.isLocked()) {
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
    for (GroupWriter.Rearrangement r = rearrangements.poll();
        r != null;
        r = rearrangements.poll()) {
      r.done().cancel(false);
    }
    turn.lock();
    try {
      waiting.failAll(e);
    } finally {
      turn.unlock();
    }
  }

  private void loop() {
    try {
      while (true) {
        long due;
        turn.lock();
        try {
          GroupWriter.Rearrangement wanted = rearrangements.poll();
          if (wanted != null) {
            groups.rearrange(wanted);
          }
          if (!waiting.isEmpty()) {
            // Before a group is taken: until then its commits can be withdrawn.
            RuntimeException noRoom = groups.awaitRoom();
            groups.process(waiting.takeGroup(), noRoom);
            continue;
          }
          if (isStopping) {
            groups.syncNow();
            return;
          }
          due = groups.syncWhenDue();
        } finally {
          turn.unlock();
        }
        idle(due);
      }
    } catch (RuntimeException | Error e) {
      // Memory or a bug of ours: nobody may wait for a thread that is gone.
      failure.set(e);
      failWaiting(StoreErrors.readOnly(e));
      throw e;
    }
  }

  /** Sleeps until there is work, or so many nanoseconds; a negative number: without a limit. */
  private void idle(long nanos) {
    isParked = true;
    try {
      if (!waiting.isEmpty() || !rearrangements.isEmpty() || isStopping) {
        return;
      }
      if (nanos < 0) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, nanos);
      }
    } finally {
      isParked = false;
    }
  }
}
