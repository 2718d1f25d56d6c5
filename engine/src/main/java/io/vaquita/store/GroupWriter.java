package io.vaquita.store;

import io.vaquita.environment.Environment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a group of commits durable and visible: applies them to private pages, appends their records, syncs once, publishes, and wakes
 * the waiters. Not thread-safe: confined to the holder of the turn of {@link CommitWriter}.
 *
 * <p>Applied before logged: a commit that cannot be applied (a damaged page in its way) must not reach the log, where recovery would
 * meet it again and again. Published after synced: nobody sees what might still be lost.
 */
final class GroupWriter {
  private final StoreOptions options;
  private final Environment environment;
  private final PageSizes sizes;
  private final VersionChain chain;
  private final CommitLog log;
  private final Checkpoint checkpoint;
  private final Checkpointer checkpointer;
  private final StoreFailure failure;
  private final StoreCounters counters;

  private long generation;
  private long unsyncedSinceNanos;

  /** The segment for whose successor a spare was asked. */
  private long sparedSegment;

  GroupWriter(
      StoreOptions options,
      Environment environment,
      OpenedFiles opened,
      Checkpointer checkpointer) {
    this.options = options;
    this.environment = environment;
    this.sizes = opened.file().sizes();
    this.chain = opened.chain();
    this.log = opened.log();
    this.checkpoint = opened.checkpoint();
    this.checkpointer = checkpointer;
    this.failure = opened.failure();
    this.counters = opened.counters();
    this.generation = chain.newest().generation;
  }

  /** Other pages for the same entries: returns how many, in whatever unit; none: there is nothing to publish. */
  interface Change {
    long of(VersionEditor version);
  }

  /** Pages that shall become others, and where the one who asked waits for how many did. */
  record Rearrangement(Change change, CompletableFuture<Long> done) {}

  void rearrange(Rearrangement wanted) {
    try {
      failure.check();
      Version base = chain.newest();
      GroupLedger ledger = new GroupLedger(Long.MAX_VALUE);
      VersionEditor editor = new VersionEditor(base, sizes, ++generation, ledger);
      long changed = wanted.change.of(editor);
      if (changed > 0) {
        chain.publish(editor, base.position(), generation, ledger, log.end());
      }
      wanted.done.complete(changed);
    } catch (RuntimeException | Error e) {
      // no memory, too: whoever asked waits for nothing else
      wanted.done.completeExceptionally(e);
    }
  }

  /** Whether commits wait for the once-a-second sync. */
  boolean hasUnsynced() {
    return log.hasUnsynced();
  }

  /** The once-a-second sync of commits that did not ask for their own. Returns how many nanoseconds it has to wait, negative: there is none. */
  long syncWhenDue() {
    if (!log.hasUnsynced() || failure.isSet()) {
      return -1;
    }
    long due = dueNanos();
    if (due > 0) {
      return due;
    }
    syncNow();
    return -1;
  }

  private long dueNanos() {
    long age = environment.clock().monotonicNanos() - unsyncedSinceNanos;
    return TimeUnit.MILLISECONDS.toNanos(options.flushMillis()) - age;
  }

  void syncNow() {
    if (failure.isSet()) {
      return;
    }
    try {
      log.sync();
    } catch (IOException e) {
      failure.set(e);
    }
  }

  void process(List<CommitRequest> group, @Nullable RuntimeException noRoom) {
    if (group.isEmpty()) {
      return;
    }
    if (failure.isSet()) {
      failAll(group, StoreErrors.readOnly(failure.cause()));
      return;
    }
    if (noRoom != null) {
      failAll(group, noRoom);
      return;
    }
    try {
      if (group.getFirst().isLarge()) {
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
      for (CommitRequest request : group) {
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
    } catch (Error e) {
      // no memory: the caller's thread may end, and these wait for it
      failure.set(e);
      failAll(group, StoreErrors.readOnly(e));
      throw e;
    }
  }

  private static void failAll(List<CommitRequest> group, RuntimeException e) {
    for (CommitRequest request : group) {
      request.fail(e);
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

  private void write(List<CommitRequest> group) throws IOException, UnappliedException {
    CommitGroupEvent event = new CommitGroupEvent();
    event.begin();
    Version base = chain.newest();
    GroupLedger ledger = new GroupLedger(options.stagedBytesMax());
    VersionEditor editor =
        new VersionEditor(base, sizes, ++generation, ledger, chain.frozenGeneration());
    try {
      apply(group, editor, ledger);
    } catch (GroupLedger.TooManyPagesException e) {
      if (group.size() > 1) {
        throw new UnappliedException(e);
      }
      writeLarge(group.getFirst());
      return;
    } catch (RuntimeException e) {
      throw new UnappliedException(e);
    }
    long bytes = 0;
    boolean isSynced = false;
    for (CommitRequest request : group) {
      bytes += LogFormat.recordBytes(request.whole().encoded().length);
      isSynced |= request.isSynced;
    }
    log.makeRoom(bytes, base.position() + 1);
    try {
      long position = append(group, base.position(), isSynced);
      chain.publish(editor, position, generation, ledger, log.end());
    } catch (RuntimeException e) {
      // The log may have what the versions have not: a bug of ours, and no ground to build on.
      failure.set(e);
      throw e;
    }
    done(group, event, bytes, isSynced);
  }

  private static void apply(List<CommitRequest> group, VersionEditor editor, GroupLedger ledger) {
    List<WriteBatch> batches = new ArrayList<>(group.size());
    for (CommitRequest request : group) {
      batches.add(request.whole().batch());
    }
    SortedPuts puts = SortedPuts.of(batches);
    if (puts != null) {
      editor.apply(puts, ledger);
    } else {
      batches.forEach(editor::apply);
    }
  }

  private void writeLarge(CommitRequest request) throws IOException {
    CommitGroupEvent event = new CommitGroupEvent();
    event.begin();
    LargeCommit commit =
        new LargeCommit(options, sizes, chain, log, checkpoint, failure, generation);
    try {
      request.logged(commit.run(request.changes));
    } finally {
      generation = commit.generation();
    }
    done(List.of(request), event, commit.logBytes(), true);
  }

  private void done(
      List<CommitRequest> group, CommitGroupEvent event, long bytes, boolean isSynced) {
    // before anybody is told, so that who has committed finds the commit counted
    counters.commits.add(group.size());
    counters.groups.increment();
    counters.logBytes.add(bytes);
    for (CommitRequest request : group) {
      request.tell();
    }
    event.commits = group.size();
    event.bytes = bytes;
    event.isSynced = isSynced;
    event.commit();
    askForHelp(bytes);
  }

  private long append(List<CommitRequest> group, long after, boolean isSynced) throws IOException {
    long position = after;
    for (CommitRequest request : group) {
      log.append(request.whole().encoded(), ++position, false);
      request.logged(position);
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
        || chain.dirtySinceBytes() > options.dirtyBytesForCheckpoint()) {
      checkpointer.request();
    }
  }

  /**
   * Commits are faster than checkpoints: beyond three quarters of the cache's budget, or twice the log that recovery may replay, they wait. Returns why
   * there is no room, or null: there is, or the store takes no commits any more.
   */
  @Nullable RuntimeException awaitRoom() {
    while (!hasRoom()) {
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

  boolean hasRoom() {
    return chain.dirtyBytes() <= options.dirtyBytesMax()
        && chain.logBytesBehind() <= 2 * options.checkpointLogBytes();
  }
}
