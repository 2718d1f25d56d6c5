package io.vaquita.store;

import io.vaquita.environment.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The end of the commit log, where records are appended. Confined to the thread that writes it.
 *
 * <p>A write or sync that fails leaves the log broken for good: what reached the disk is unknown then, and a second sync that succeeds
 * would prove nothing. Only {@link #makeRoom} may fail without harm.
 */
final class CommitLog {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final byte[] PADDING = new byte[8];

  private final LogDirectory directory;
  private final StoreCounters counters;
  private final Clock clock;
  private final ByteBuffer buffer = LogFormat.buffer(BUFFER_BYTES);
  private final byte[] header = new byte[LogFormat.RECORD_HEADER];
  private @Nullable LogSegment segment;

  /** End of what was appended, and of what was given to the operating system. */
  private long offset;

  private long writtenOffset;

  /** Position of the last commit that was appended as a whole. */
  private long lastPosition;

  private long durablePosition;
  private boolean hasUnsyncedBytes;
  private boolean isBroken;

  CommitLog(LogDirectory directory, long lastPosition, StoreCounters counters, Clock clock) {
    this.clock = clock;
    this.counters = counters;
    this.directory = directory;
    this.lastPosition = lastPosition;
    this.durablePosition = lastPosition;
  }

  boolean isBroken() {
    return isBroken;
  }

  boolean hasUnsynced() {
    return durablePosition < lastPosition;
  }

  /** Whether all commits up to this position are durable. */
  boolean isDurable(long position) {
    return durablePosition >= position;
  }

  /** Whether commits before this position are not durable yet. */
  boolean hasUnsyncedBefore(long position) {
    return durablePosition < position - 1;
  }

  /** Whether the segment is more than half full, so that the next one should be made. */
  boolean isHalfFull() {
    LogSegment s = segment;
    return s != null && offset > s.bytes() / 2;
  }

  LogPoint end() {
    LogSegment s = segment;
    return s == null
        ? new LogPoint(directory.nextNumber(), LogFormat.SEGMENT_HEADER, false)
        : new LogPoint(s.number(), offset, true);
  }

  /** Sees to it that a group of records of so many bytes fits into the segment; takes the next one when it does not. */
  void makeRoom(long bytes, long firstPosition) throws IOException {
    LogSegment s = segment;
    if (s != null && offset + bytes <= s.bytes()) {
      return;
    }
    if (s != null) {
      sync();
    }
    LogSegment next = directory.take(bytes + LogFormat.SEGMENT_HEADER, firstPosition);
    if (s != null) {
      s.file().close();
    }
    segment = next;
    offset = LogFormat.SEGMENT_HEADER;
    writtenOffset = offset;
  }

  /** Appends a record; {@code continues}: the commit goes on in the next one. */
  void append(EncodedCommit commit, long position, boolean continues) throws IOException {
    LogSegment s = segment;
    if (s == null) {
      throw new IllegalStateException("append without room");
    }
    LogFormat.encode(
        new LogFormat.RecordHeader(
            (int) commit.length,
            continues,
            position,
            durablePosition,
            commit.checksum,
            (int) s.number(),
            clock.wallMicros()),
        header);
    put(header, 0, header.length);
    for (EncodedCommit.Part part : commit.parts) {
      put(part.array(), part.offset(), part.length());
    }
    int padding =
        (int) (LogFormat.recordBytes(commit.length) - LogFormat.RECORD_HEADER - commit.length);
    put(PADDING, 0, padding);
    hasUnsyncedBytes = true;
    if (!continues) {
      lastPosition = position;
    }
  }

  /**
   * Forgets the records of a commit that will have no end. The next commit takes their positions, in a segment of its own: so a reader
   * that finds a segment which begins with the position of the first of them knows.
   */
  void giveUpUnfinished() throws IOException {
    buffer.clear();
    close();
  }

  private void put(byte[] b, int start, int length) throws IOException {
    int from = start;
    int end = start + length;
    while (from < end) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int n = Math.min(buffer.remaining(), end - from);
      buffer.put(b, from, n);
      from += n;
    }
    offset += length;
  }

  /** Hands to the operating system what was appended. */
  void flush() throws IOException {
    LogSegment s = segment;
    if (s == null || buffer.position() == 0) {
      return;
    }
    isBroken = true;
    buffer.flip();
    s.file().write(writtenOffset, buffer);
    writtenOffset += buffer.limit();
    buffer.clear();
    isBroken = false;
  }

  /** Makes durable what was appended. */
  void sync() throws IOException {
    LogSegment s = segment;
    if (s == null || !hasUnsyncedBytes) {
      return;
    }
    flush();
    isBroken = true;
    s.file().sync(false);
    isBroken = false;
    hasUnsyncedBytes = false;
    counters.logSyncs.increment();
    durablePosition = lastPosition;
  }

  void close() throws IOException {
    LogSegment s = segment;
    if (s != null) {
      segment = null;
      hasUnsyncedBytes = false;
      s.file().close();
    }
  }
}
