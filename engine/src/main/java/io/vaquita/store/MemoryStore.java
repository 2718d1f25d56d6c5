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
 */
final class MemoryStore implements Store {
  private final PageSizes sizes;
  private final ConcurrentLinkedQueue<Request> waiting = new ConcurrentLinkedQueue<>();

  /** Guards the fields below and all publishing. */
  private final ReentrantLock applyLock = new ReentrantLock();

  private long generation;
  private boolean isClosed;
  private volatile Version version;

  MemoryStore(PageSizes sizes, Version version) {
    this.sizes = sizes;
    this.version = version;
    this.generation = version.generation;
  }

  static MemoryStore empty(PageSizes sizes) {
    return new MemoryStore(
        sizes, new Version(TreeRoots.EMPTY, 0, 0, PageSource.NONE, PageSource.NONE));
  }

  @Override
  public Snapshot snapshot() {
    return version;
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
      version = new Version(editor.roots(), position, generation, base.source, base.epoch);
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
      apply(group);
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
    version = new Version(editor.roots(), position, generation, base.source, base.epoch);
  }

  @Override
  public EntrySorter newSorter(long memoryBytes) {
    return new EntrySorter(null, Path.of(""), memoryBytes);
  }

  @Override
  public Store fork() {
    return new MemoryStore(sizes, version);
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
