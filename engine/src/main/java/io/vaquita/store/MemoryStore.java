package io.vaquita.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A store without files. Thread-safe.
 *
 * <p>Whoever gets the apply lock applies all batches that wait, as one group on shared private pages; the others find theirs done
 * when the lock is theirs.
 *
 * <p>A small commit that comes alone goes on with the pages of the commit before, in place, when that one's version is nobody's snapshot:
 * the version is retired, changed, and a new one published, all inside the version's monitor, at which whoever asks for a snapshot in
 * these moments waits. Nothing that can fail is done between the first change and the publication ({@link VersionEditor#prepare}).
 */
final class MemoryStore implements Store {
  private final PageSizes sizes;
  private final ConcurrentLinkedQueue<Request> waiting = new ConcurrentLinkedQueue<>();

  /** Guards the fields below and all publishing. */
  private final ReentrantLock applyLock = new ReentrantLock();

  private long generation;
  private boolean isClosed;

  /** What made the pages of the newest version's own generation; null: nobody may go on with them. */
  private @Nullable VersionEditor lastEditor;

  private volatile Version version;

  MemoryStore(PageSizes sizes, Version version) {
    this.sizes = sizes;
    this.version = version;
    this.generation = version.generation;
  }

  static MemoryStore empty(PageSizes sizes) {
    return new MemoryStore(sizes, new Version(TreeRoots.EMPTY, 0, 0, PageSource.NONE, new Epoch()));
  }

  @Override
  public Snapshot snapshot() {
    return kept();
  }

  private Version kept() {
    Version newest = version;
    while (!newest.keep()) {
      newest = after(newest);
    }
    return newest;
  }

  @Override
  public Snapshot borrow() {
    Version newest = version;
    while (!newest.borrow()) {
      newest = after(newest);
    }
    return newest;
  }

  @Override
  public void giveBack(Snapshot borrowed) {
    ((Version) borrowed).giveBack();
  }

  @Override
  public long entryCount(int tree) {
    // roots are immutable, whatever becomes of the pages
    return version.entryCount(tree);
  }

  /** The newest version, once the change of a retired one is done. */
  private Version after(Version retired) {
    synchronized (retired) {
      Version next = version;
      if (next == retired && retired.isRetired()) {
        throw new IllegalStateException("the store was left in the middle of a change");
      }
      return next;
    }
  }

  @Override
  public long position() {
    return version.position();
  }

  @Override
  public long commit(WriteBatch batch, CommitDurability durability) {
    batch.check();
    if (batch.isEmpty()) {
      return version.position();
    }
    Request request = new Request(batch);
    if (applyLock.tryLock()) {
      try {
        if (!isClosed && waiting.isEmpty()) {
          apply(request);
          return request.position;
        }
      } finally {
        applyLock.unlock();
      }
    }
    waiting.add(request);
    applyLock.lock();
    try {
      if (isClosed) {
        throw StoreErrors.closed();
      }
      applyWaiting();
    } finally {
      applyLock.unlock();
    }
    RuntimeException failure = request.failure;
    if (failure != null) {
      throw failure;
    }
    return request.position;
  }

  @Override
  public long commit(ChangeStream changes) {
    applyLock.lock();
    try {
      if (isClosed) {
        throw StoreErrors.closed();
      }
      Version base = version;
      VersionEditor editor = new VersionEditor(base, sizes, ++generation, SpaceLedger.NONE);
      for (WriteBatch piece = changes.next(); piece != null; piece = changes.next()) {
        piece.check();
        editor.apply(piece);
      }
      long position = base.position() + 1;
      publish(editor, position, base);
      return position;
    } finally {
      applyLock.unlock();
    }
  }

  private void applyWaiting() {
    List<Request> group = new ArrayList<>();
    for (Request r = waiting.poll(); r != null; r = waiting.poll()) {
      group.add(r);
    }
    if (group.isEmpty()) {
      return;
    }
    try {
      if (group.size() == 1) {
        apply(group.getFirst());
      } else {
        apply(group);
      }
    } catch (RuntimeException e) {
      // One of them cannot be applied, for example because a page of the forked store cannot be
      // read. The group's private pages
      // are dropped; each batch gets a group of its own.
      for (Request request : group) {
        try {
          apply(List.of(request));
        } catch (RuntimeException own) {
          request.failure = own;
        }
      }
    }
  }

  private void apply(List<Request> group) {
    Version base = version;
    VersionEditor editor = new VersionEditor(base, sizes, ++generation, SpaceLedger.NONE);
    long position = base.position();
    for (Request request : group) {
      editor.apply(request.batch);
      request.position = ++position;
    }
    publish(editor, position, base);
  }

  private void publish(VersionEditor editor, long position, Version base) {
    version = Version.countable(editor.roots(), position, generation, base);
    lastEditor = base.source == PageSource.NONE ? editor : null;
  }

  private void apply(Request request) {
    Version base = version;
    VersionEditor editor = lastEditor;
    if (editor == null || !applyInPlace(request, editor, base)) {
      apply(List.of(request));
    }
  }

  /** False: it could not be done, and {@code version} shows what it showed before. */
  private boolean applyInPlace(Request request, VersionEditor editor, Version base) {
    synchronized (base) {
      if (!base.retire()) {
        return false;
      }
      // Made before anything changes: what is left then only stores into arrays that there are.
      Version next = null;
      try {
        TreeRoots roots = editor.prepare(request.batch, base.roots);
        if (roots != null) {
          next = Version.countable(roots, base.position() + 1, base.generation, base);
        }
      } finally {
        if (next == null) {
          base.unretire();
        }
      }
      if (next == null) {
        return false;
      }
      editor.applyPrepared(request.batch);
      request.position = next.position();
      version = next;
      return true;
    }
  }

  @Override
  public EntrySorter newSorter(long memoryBytes) {
    return new EntrySorter(null, Path.of(""), memoryBytes);
  }

  @Override
  public Store fork() {
    return new MemoryStore(sizes, kept());
  }

  @Override
  public void close() {
    applyLock.lock();
    try {
      isClosed = true;
    } finally {
      applyLock.unlock();
    }
  }

  /** A commit on its way. Written and read under the apply lock, or by its own thread after it held that lock. */
  private static final class Request {
    final WriteBatch batch;
    long position;
    @Nullable RuntimeException failure;

    Request(WriteBatch batch) {
      this.batch = batch;
    }
  }
}
