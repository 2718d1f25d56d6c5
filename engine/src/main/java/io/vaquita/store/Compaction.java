package io.vaquita.store;

import io.vaquita.environment.Clock;
import java.io.IOException;

/**
 * Gives space of the data file back: packs leaves that are not full ({@link LeafPacking}) and moves pages from the file's end into free
 * places before. When asked to, while commits go on; and in what the store can do in a moment, when it closes. Thread-safe, as what it
 * works with is.
 */
final class Compaction {
  /** Files of so many units or more are looked at when the store closes. */
  private static final long AT_END_UNITS_MIN = 256;

  /** In use, whatever the file's length: with more it would take long, and compacting is asked for. */
  private static final long AT_END_BYTES_MAX = 1 << 30;

  /** Commits wait for no more than this at a time. */
  private static final int STEP_LEAVES = 256;

  private static final long AT_END_NANOS_MAX = 2_000_000_000L;

  private final OpenedFiles opened;
  private final StoreOptions options;
  private final Clock clock;
  private final CommitWriter writer;
  private final Checkpointer checkpointer;
  private final long openedPosition;

  Compaction(
      OpenedFiles opened,
      StoreOptions options,
      Clock clock,
      CommitWriter writer,
      Checkpointer checkpointer) {
    this.opened = opened;
    this.options = options;
    this.clock = clock;
    this.writer = writer;
    this.checkpointer = checkpointer;
    this.openedPosition = opened.checkpoint().position();
  }

  /** Makes the file as short as it can be. Commits go on meanwhile. {@code check}: see {@link Store#compact(Runnable)}. */
  void run(Runnable check) {
    pack(check);
    checkpointer.runAndWait();
    takeBackPlaces();
    moveForward(check);
  }

  /** Leaves the file to the next checkpoint. */
  void pack(Runnable check) {
    LeafPacking packing = new LeafPacking(STEP_LEAVES);
    while (!packing.isDone()) {
      check.run();
      writer.rearrange(packing::step);
      if (isMuchDirty()) {
        checkpointer.runAndWait();
      }
    }
  }

  private void moveForward(Runnable check) {
    Checkpoint checkpoint = opened.checkpoint();
    long end = checkpoint.liveUnits();
    boolean goesOn = true;
    while (goesOn && moves(end)) {
      check.run();
      long before = checkpoint.liveUnitsFrom(end);
      checkpointer.runAndWait();
      if (checkpoint.liveUnitsFrom(end) >= before) {
        takeBackPlaces();
      }
      // Otherwise the free places are held for snapshots still reachable: the file would only grow.
      goesOn = checkpoint.liveUnitsFrom(end) < before;
      end = checkpoint.liveUnits();
    }
    // where the moved pages stood is free, and the file can be cut, when nobody reads them there
    takeBackPlaces();
  }

  private boolean moves(long end) {
    return writer.rearrange(version -> version.relocate(end, unitsMax())) > 0;
  }

  /** Of a step: they are in memory until the checkpoint that follows it. */
  private long unitsMax() {
    return Math.max(64, options.pageCacheBytes() / 8 / unitBytes());
  }

  /** Places of old versions are free when the collector has seen that nobody reads these any more; whoever compacts waits for that. */
  private void takeBackPlaces() {
    System.gc();
    checkpointer.runAndWait();
  }

  /**
   * The last checkpoint of a store that nobody uses any more, which leaves a short file behind when that is quickly done: leaves are packed
   * before they are written, and what stands at the end of a file with much free room is moved. What cannot be read stays where it is.
   */
  void runAtEnd() throws IOException {
    Checkpoint checkpoint = opened.checkpoint();
    if (opened.chain().newest().position() > openedPosition
        && bytesInUse() >= AT_END_UNITS_MIN * unitBytes()
        && bytesInUse() <= AT_END_BYTES_MAX) {
      packAtEnd();
    }
    checkpoint.runLast();
    if (checkpoint.fileUnits() >= AT_END_UNITS_MIN
        && bytesInUse() <= AT_END_BYTES_MAX
        && checkpoint.isShortenable()) {
      shortenAtEnd(checkpoint.endWhenShortened());
    }
  }

  private void shortenAtEnd(long end) throws IOException {
    Checkpoint checkpoint = opened.checkpoint();
    long before = Long.MAX_VALUE;
    long behind = checkpoint.liveUnitsFrom(end);
    while (behind > 0 && behind < before) {
      if (!rearrangeAtEnd(version -> version.relocate(end, unitsMax()))) {
        return;
      }
      checkpoint.runLast();
      before = behind;
      behind = checkpoint.liveUnitsFrom(end);
    }
  }

  private void packAtEnd() throws IOException {
    LeafPacking packing = new LeafPacking(STEP_LEAVES);
    long end = clock.monotonicNanos() + AT_END_NANOS_MAX;
    boolean goesOn = true;
    while (goesOn && !packing.isDone() && end - clock.monotonicNanos() > 0) {
      goesOn = rearrangeAtEnd(packing::step);
      if (isMuchDirty()) {
        opened.checkpoint().runLast();
      }
    }
  }

  /**
   * False: a page is damaged, the store takes no writes, or there is too little memory. The file is longer than it could be then, and
   * whoever needs that page will hear of it.
   */
  private boolean rearrangeAtEnd(GroupWriter.Change change) {
    try {
      writer.rearrangeAtEnd(change);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** About so many, and no more than twice as many: dirty pages take the place of pages in the file, or come to them. */
  private long bytesInUse() {
    return Math.max(opened.checkpoint().liveUnits() * unitBytes(), opened.chain().dirtyBytes());
  }

  private boolean isMuchDirty() {
    return opened.chain().dirtyBytes() > options.dirtyBytesForCheckpoint();
  }

  private int unitBytes() {
    return opened.file().sizes().unit();
  }
}
