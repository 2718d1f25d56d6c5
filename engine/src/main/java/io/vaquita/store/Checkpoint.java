package io.vaquita.store;

import io.vaquita.error.DatabaseException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the data file up to a version: writes changed pages to new places, syncs, then switches the meta page. Thread-safe: one
 * checkpoint at a time; commits go on meanwhile.
 *
 * <p>An error before the sync leaves everything as it was, and the next checkpoint goes on from there. An error of the sync or of the
 * meta page is final: what is on disk is unknown, so the store takes no more writes and the log tells the rest after a restart.
 */
final class Checkpoint {
  private static final int BUFFER_BYTES = 1 << 18;

  private final PageFile file;
  private final SpaceMap space;
  private final TreeDirectory directory;
  private final PageCache cache;
  private final VersionChain chain;
  private final LogDirectory log;
  private final StoreFailure failure;
  private final CheckpointPace pace;
  private final StoreCounters counters;

  /** What earlier checkpoints retired, oldest first: free when the epoch, and all before it, are unreachable. */
  private final ArrayDeque<Retired> retired = new ArrayDeque<>();

  /** Subtrees that are to be retired; what cannot be read now is tried again with the next checkpoint. */
  private final ArrayDeque<GroupLedger.Dropped> dropped = new ArrayDeque<>();

  private final ByteBuffer buffer = LogFormat.buffer(BUFFER_BYTES);
  private volatile MetaPage meta;

  private record Retired(WeakReference<Epoch> epoch, LongList locations) {}

  Checkpoint(
      PageFile file,
      SpaceMap space,
      TreeDirectory directory,
      PageCache cache,
      VersionChain chain,
      LogDirectory log,
      StoreFailure failure,
      StoreCounters counters,
      MetaPage meta,
      CheckpointPace pace) {
    this.pace = pace;
    this.file = file;
    this.space = space;
    this.directory = directory;
    this.cache = cache;
    this.chain = chain;
    this.log = log;
    this.failure = failure;
    this.counters = counters;
    this.meta = meta;
  }

  CheckpointPace pace() {
    return pace;
  }

  MetaPage meta() {
    return meta;
  }

  /** Last commit that the data file contains. */
  long position() {
    return meta.position();
  }

  long fileBytes() {
    MetaPage m = meta;
    return m.fileUnits() * m.unitBytes();
  }

  /** Runs one; an exception says that it was abandoned. */
  synchronized void run() throws IOException {
    CheckpointEvent event = new CheckpointEvent();
    event.begin();
    long before = counters.bytesWritten.sum();
    try {
      write();
      event.isDone = true;
    } finally {
      event.position = meta.position();
      event.bytes = counters.bytesWritten.sum() - before;
      event.commit();
    }
  }

  /** Caller holds the monitor. */
  private void write() throws IOException {
    failure.check();
    // From here on no change of the map can fail for want of a chunk, and leave it half made.
    space.loadAll();
    VersionChain.Capture capture = chain.beginCheckpoint();
    PageOutput output =
        new PageOutput(
            file,
            space,
            buffer,
            page -> {
              chain.written(page.privateBytes().length);
              written(page);
            },
            pace::wrote);
    boolean isWritten = false;
    pace.begin();
    try {
      releaseUnreachable();
      // From the front, so that the back becomes free and the file short again.
      space.searchFromStart();
      retire(capture);
      long directoryRoot = directory.write(capture.version().roots, output, space);
      output.flush();
      space.write();
      isWritten = true;
      MetaPage next = nextMeta(capture, directoryRoot);
      file.file().sync(true);
      file.file().write(MetaPage.offsetFor(next.checkpoint()), ByteBuffer.wrap(next.encode()));
      file.file().sync(false);
      meta = next;
    } catch (IOException | RuntimeException e) {
      output.abandon();
      chain.abandonCheckpoint();
      if (isWritten) {
        failure.set(e);
      }
      throw e;
    }
    counters.checkpoints.increment();
    space.settled();
    retired.add(new Retired(chain.endCheckpoint(), space.takeRetired()));
    log.recycleBefore(meta.logSegment());
    releaseUnreachable();
    shrink();
  }

  private void written(Page page) {
    counters.pagesWritten.increment();
    counters.bytesWritten.add(page.privateBytes().length);
    cache.added(page, false);
  }

  /**
   * Writes pages of a version that is not published. The space map of this file knows their places, no checkpoint does: the caller
   * holds the monitor until the version is published or its places, which are added to {@code places}, are given back.
   */
  void writeUnpublished(List<Page> roots, LongList places) throws IOException {
    if (!Thread.holdsLock(this)) {
      throw new IllegalStateException("a checkpoint may come between");
    }
    PageOutput output =
        new PageOutput(
            file,
            space,
            buffer,
            page -> {
              places.add(page.location);
              written(page);
            },
            PageOutput.Pace.NONE);
    try {
      for (Page root : roots) {
        output.write(root);
      }
      output.flush();
    } catch (IOException | RuntimeException e) {
      output.abandon();
      throw e;
    }
  }

  /** Nobody has ever seen the pages at these places, and nobody will. */
  synchronized void giveBack(LongList places) {
    for (int i = 0; i < places.size(); i++) {
      space.giveBack(places.get(i));
    }
  }

  /**
   * The last one, when nobody commits any more and reads end: not needed when the file has everything already. Places that were held for
   * snapshots are free then.
   */
  synchronized void runLast() throws IOException {
    if (chain.newest().position() > meta.position()
        || chain.dirtyBytes() > 0
        || chain.published().logEnd().segment() > meta.logSegment()) {
      chain.endOfLog(new LogPoint(log.nextNumber(), LogFormat.SEGMENT_HEADER, false));
      run();
    }
    if (!retired.isEmpty()) {
      dismissSnapshots();
      shrink();
    }
  }

  /** Snapshots from before the last checkpoint are not readable any more, and what was held for them is free. */
  private void dismissSnapshots() {
    for (Retired r : retired) {
      Epoch epoch = r.epoch().get();
      if (epoch != null) {
        epoch.isOver = true;
      }
      release(r.locations());
    }
    retired.clear();
  }

  private MetaPage nextMeta(VersionChain.Capture capture, long directoryRoot) {
    LogPoint end = capture.logEnd();
    return new MetaPage(
        meta.instance(),
        meta.pageBytes(),
        meta.unitBytes(),
        meta.checkpoint() + 1,
        capture.version().position(),
        end.segment(),
        end.offset(),
        end.isSegmentExpected(),
        directoryRoot,
        directory.count(),
        space.indexLocation(),
        space.chunkCount(),
        space.fileUnits());
  }

  /** Units of the file that the last checkpoint uses. */
  synchronized long liveUnits() {
    return space.liveUnits();
  }

  /** Units at {@code unit} or behind that the last checkpoint uses. */
  synchronized long liveUnitsFrom(long unit) {
    return space.liveUnitsFrom(unit);
  }

  /**
   * Whether more than a third of the file is free, and all that stands behind {@link #endWhenShortened} finds a place before: then the
   * file can be cut there.
   */
  synchronized boolean isShortenable() {
    long live = space.liveUnits();
    long end = endWhenShortened();
    long behind = space.liveUnitsFrom(end);
    return space.fileUnits() > live + live / 2
        && behind > 0
        && behind <= space.freeUnitsBefore(end);
  }

  /** In units: room for what is there, and for what a checkpoint writes besides. */
  synchronized long endWhenShortened() {
    long live = space.liveUnits();
    return live + live / 16;
  }

  synchronized long fileUnits() {
    return space.fileUnits();
  }

  private void releaseUnreachable() {
    while (!retired.isEmpty() && retired.element().epoch().refersTo(null)) {
      release(retired.remove().locations());
    }
  }

  private void release(LongList locations) {
    for (int i = 0; i < locations.size(); i++) {
      space.release(locations.get(i));
    }
  }

  private void retire(VersionChain.Capture capture) {
    LongList freed = capture.freed();
    for (int i = 0; i < freed.size(); i++) {
      space.retire(freed.get(i));
    }
    dropped.addAll(capture.dropped());
    for (int left = dropped.size(); left > 0; left--) {
      GroupLedger.Dropped subtree = dropped.remove();
      boolean isDone = retireAllOf(subtree, capture.version());
      if (!isDone) {
        isDone = retireAllOf(subtree, capture.version());
      }
      if (!isDone) {
        dropped.add(subtree);
      }
    }
  }

  /** False when a page cannot be read: then nothing of the subtree is retired. */
  private boolean retireAllOf(GroupLedger.Dropped subtree, Version pin) {
    LongList locations = new LongList();
    try {
      collect(subtree.root(), subtree.hasOverflow(), pin, locations);
    } catch (DatabaseException e) {
      return false;
    }
    for (int i = 0; i < locations.size(); i++) {
      space.retire(locations.get(i));
    }
    return true;
  }

  /** Lists the places of a page and all below it. Leaves are read only when they may have overflow values. */
  private static void collect(Page page, boolean hasOverflow, Version pin, LongList locations) {
    if (page.location != 0) {
      locations.add(page.location);
      page.isDead = true;
    }
    if (page.isValue) {
      return;
    }
    byte[] b = page.bytesAgain(pin.source, pin);
    if (!PageLayout.hasChildren(b)) {
      return;
    }
    boolean isLeaf = PageLayout.isLeaf(b);
    boolean isAboveLeaves = PageLayout.level(b) == 1;
    @Nullable Page[] children = page.children(pin.source, pin);
    for (int i = 0; i < children.length; i++) {
      Page child = children[i];
      if (child == null) {
        continue;
      }
      boolean below =
          hasOverflow
              && (isLeaf || (PageLayout.childCountField(b, i) & PageLayout.OVERFLOW_BELOW) != 0);
      if (isAboveLeaves && !below && child.location != 0) {
        locations.add(child.location);
        child.isDead = true;
      } else {
        collect(child, below, pin, locations);
      }
    }
  }

  /** Cuts the free tail off the file. */
  private void shrink() throws IOException {
    long bytes = space.dropFreeTail(firstUnit(file.sizes())) * file.sizes().unit();
    if (bytes < file.file().size()) {
      file.file().resize(bytes);
    }
  }

  /** The first unit behind the meta pages. */
  static long firstUnit(PageSizes sizes) {
    return 2L * MetaPage.BYTES / sizes.unit();
  }
}
