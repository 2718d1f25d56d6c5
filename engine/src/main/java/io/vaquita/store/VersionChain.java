package io.vaquita.store;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest version of a store on files, and the books between commits and checkpoints: which pages of the file nobody will need, and
 * how many bytes of pages are not in the file yet. Thread-safe.
 *
 * <p>A page that is replaced may stand in the file (its units are to be freed), may be on its way there (a checkpoint that began before
 * is writing it: known when that ends), or will never get there.
 */
final class VersionChain {
  private final PageCache cache;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Version newest;

  // Guarded by lock.
  private LogPoint logEnd;
  private Epoch epoch;
  private LongList freed = new LongList();
  private List<GroupLedger.Dropped> dropped = new ArrayList<>();
  private List<Page> maybeWritten = new ArrayList<>();
  private boolean isCheckpointing;
  private long capturedGeneration;

  /** Of the last version that may be somebody's, or that a checkpoint captured: its pages, and those before, are not changed any more. */
  private long frozenGeneration;

  private final AtomicLong dirtyOfCheckpoint = new AtomicLong();
  private final AtomicLong dirtySince = new AtomicLong();

  /** Bytes of pages of a version in the making; written by the log's writer alone. */
  private volatile long stagedBytes;

  private final AtomicLong logBytes = new AtomicLong();

  // Written with the lock held.
  private volatile long logBytesCaptured;
  private volatile long logBytesDone;

  /**
   * What a checkpoint is to write. Immutable.
   *
   * @param freed locations that this version does without
   * @param dropped subtrees that this version does without
   */
  record Capture(
      Version version, LogPoint logEnd, LongList freed, List<GroupLedger.Dropped> dropped) {}

  VersionChain(
      TreeRoots roots, long position, PageSource source, LogPoint logEnd, PageCache cache) {
    this.cache = cache;
    this.logEnd = logEnd;
    this.epoch = new Epoch();
    this.newest = new Version(roots, position, 0, source, epoch);
  }

  /** For its position and roots, and for the log's writer. */
  Version newest() {
    return newest;
  }

  /** The newest version, the caller's for as long as it likes. */
  Version kept() {
    Version version = newest;
    while (!version.keep()) {
      version = after(version);
    }
    return version;
  }

  /** The newest version, the caller's until it gives it back. */
  Version borrowed() {
    Version version = newest;
    while (!version.borrow()) {
      version = after(version);
    }
    return version;
  }

  /** The version that took the place of a retired one, once it is there. */
  private Version after(Version retired) {
    lock.lock();
    try {
      Version next = newest;
      if (next == retired) {
        throw new IllegalStateException("the store was left in the middle of a change");
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Pages of groups up to this one may be read by somebody or be on their way to the file. Later ones are the newest version's alone, and
   * may be changed in place if that is nobody's when it is superseded; it is not worth the hope when it is somebody's already.
   */
  long frozenGeneration() {
    lock.lock();
    try {
      return newest.isNobodys() ? frozenGeneration : Long.MAX_VALUE;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of pages that are in memory only. */
  long dirtyBytes() {
    return Math.max(0, dirtyOfCheckpoint.get()) + Math.max(0, dirtySince.get()) + stagedBytes;
  }

  /** Of these, bytes made since the last checkpoint began. */
  long dirtySinceBytes() {
    return dirtySince.get();
  }

  /** So many bytes of log were written. */
  void logged(long bytes) {
    logBytes.addAndGet(bytes);
  }

  /** Bytes of log since the last checkpoint that ended: what recovery would replay. */
  long logBytesBehind() {
    return logBytes.get() - logBytesDone;
  }

  /** Bytes of log since the last checkpoint that began. */
  long logBytesSince() {
    return logBytes.get() - logBytesCaptured;
  }

  void staged(long bytes) {
    stagedBytes = bytes;
  }

  /** Makes a group's version the newest. {@code end}: where the log ends with it. */
  void publish(
      VersionEditor editor, long position, long generation, GroupLedger ledger, LogPoint end) {
    lock.lock();
    try {
      replaceNewest(editor, position, generation, ledger, end);
    } finally {
      lock.unlock();
    }
    forget(ledger);
  }

  /**
   * All that may fail is done before pages that others have seen are changed: for want of memory the version stays the one that it was. Caller holds
   * the lock.
   */
  private void replaceNewest(
      VersionEditor editor, long position, long generation, GroupLedger ledger, LogPoint end) {
    Version last = newest;
    boolean isNobodys = last.retire();
    Version next = null;
    try {
      TreeRoots roots = editor.complete(isNobodys);
      for (Page page : ledger.replaced) {
        account(page);
      }
      dropped.addAll(ledger.dropped);
      next = Version.countable(roots, position, generation, last);
    } finally {
      if (next == null && isNobodys) {
        last.unretire();
      }
    }
    editor.storeDeferred();
    if (!isNobodys) {
      frozenGeneration = last.generation;
    }
    dirtySince.addAndGet(ledger.createdBytes);
    logEnd = end;
    newest = next;
  }

  private void forget(GroupLedger ledger) {
    for (Page page : ledger.replaced) {
      if (page.location != 0) {
        cache.replaced(ledger.replaced);
        return;
      }
    }
  }

  /** The newest version and where the log ends with it. Immutable. */
  record Published(Version version, LogPoint logEnd) {}

  Published published() {
    lock.lock();
    try {
      return new Published(kept(), logEnd);
    } finally {
      lock.unlock();
    }
  }

  /** After a replay: the log goes on here. */
  void endOfLog(LogPoint end) {
    lock.lock();
    try {
      logEnd = end;
    } finally {
      lock.unlock();
    }
  }

  /** Caller holds the lock. */
  private void account(Page page) {
    page.isDead = true;
    long location = page.location;
    if (location != 0) {
      freed.add(location);
    } else if (page.generation > capturedGeneration) {
      byte[] b = page.bytes;
      dirtySince.addAndGet(b == null ? 0 : -b.length);
    } else if (isCheckpointing) {
      maybeWritten.add(page);
    }
  }

  Capture beginCheckpoint() {
    lock.lock();
    try {
      Capture capture = new Capture(kept(), logEnd, freed, dropped);
      freed = new LongList();
      dropped = new ArrayList<>();
      isCheckpointing = true;
      logBytesCaptured = logBytes.get();
      capturedGeneration = newest.generation;
      dirtyOfCheckpoint.addAndGet(dirtySince.getAndSet(0));
      return capture;
    } finally {
      lock.unlock();
    }
  }

  /** A page of the checkpoint stands in the file now. */
  void written(int bytes) {
    dirtyOfCheckpoint.addAndGet(-bytes);
  }

  /** The checkpoint is the truth on disk. Returns the epoch that ends with it. */
  WeakReference<Epoch> endCheckpoint() {
    lock.lock();
    try {
      settle();
      logBytesDone = logBytesCaptured;
      dirtyOfCheckpoint.set(0);
      WeakReference<Epoch> ended = new WeakReference<>(epoch);
      epoch = new Epoch();
      newest = newest.in(epoch);
      return ended;
    } finally {
      lock.unlock();
    }
  }

  void abandonCheckpoint() {
    lock.lock();
    try {
      settle();
    } finally {
      lock.unlock();
    }
  }

  /** Caller holds the lock. */
  private void settle() {
    isCheckpointing = false;
    for (Page page : maybeWritten) {
      if (page.location != 0) {
        freed.add(page.location);
      }
    }
    maybeWritten = new ArrayList<>();
  }
}
