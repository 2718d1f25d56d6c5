package io.vaquita.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a store on files behaves. Immutable.
 *
 * @param pageBytes bytes of a usual page; a power of two from 256 to 32768. Fixed when the store is made
 * @param pageCacheBytes budget for pages in memory; the commits of the last seconds may take three quarters of it
 * @param logSegmentBytes bytes of a full-size log segment; the first ones are smaller
 * @param checkpointLogBytes a checkpoint starts when the log has grown by so much: the bound on what recovery replays
 * @param commitBytesMax bytes of changes that one log record may have; a larger commit is logged in several
 * @param flushMillis how long {@link CommitDurability#LAZY} and {@link CommitDurability#WRITTEN} commits may stay without a sync
 * @param logArchive a directory that gets a copy of each log segment before it is reused, for recovery to a point in time; null: none
 */
public record StoreOptions(
    int pageBytes,
    long pageCacheBytes,
    long logSegmentBytes,
    long checkpointLogBytes,
    long commitBytesMax,
    long flushMillis,
    @Nullable Path logArchive) {
  private static final long MIB = 1 << 20;

  /** Bytes of pages that are not in the file beyond which commits wait for a checkpoint. */
  long dirtyBytesMax() {
    return pageCacheBytes / 4 * 3;
  }

  /**
   * Bytes of pages made since the last checkpoint began at which the next one begins: half of what may be, so that as much can be made while it
   * writes. The later it begins the fewer pages are written, and copied by commits that change them once more.
   */
  long dirtyBytesForCheckpoint() {
    return dirtyBytesMax() / 2;
  }

  /** Bytes of changed pages beyond which a version in the making writes them out. */
  long stagedBytesMax() {
    return pageCacheBytes / 4;
  }

  public static StoreOptions defaults() {
    long heap = Runtime.getRuntime().maxMemory();
    return new StoreOptions(
        PageSizes.PAGE_BYTES_DEFAULT,
        heap / 10 * 4,
        32 * MIB,
        256 * MIB,
        Math.min(heap / 32, 256 * MIB),
        1000,
        null);
  }

  public StoreOptions withLogArchive(@Nullable Path value) {
    return new StoreOptions(
        pageBytes,
        pageCacheBytes,
        logSegmentBytes,
        checkpointLogBytes,
        commitBytesMax,
        flushMillis,
        value);
  }

  public StoreOptions withPageBytes(int value) {
    return new StoreOptions(
        value,
        pageCacheBytes,
        logSegmentBytes,
        checkpointLogBytes,
        commitBytesMax,
        flushMillis,
        logArchive);
  }

  public StoreOptions withPageCacheBytes(long value) {
    return new StoreOptions(
        pageBytes,
        value,
        logSegmentBytes,
        checkpointLogBytes,
        commitBytesMax,
        flushMillis,
        logArchive);
  }

  public StoreOptions withLogSegmentBytes(long value) {
    return new StoreOptions(
        pageBytes,
        pageCacheBytes,
        value,
        checkpointLogBytes,
        commitBytesMax,
        flushMillis,
        logArchive);
  }

  public StoreOptions withCheckpointLogBytes(long value) {
    return new StoreOptions(
        pageBytes, pageCacheBytes, logSegmentBytes, value, commitBytesMax, flushMillis, logArchive);
  }

  public StoreOptions withCommitBytesMax(long value) {
    return new StoreOptions(
        pageBytes,
        pageCacheBytes,
        logSegmentBytes,
        checkpointLogBytes,
        value,
        flushMillis,
        logArchive);
  }
}
