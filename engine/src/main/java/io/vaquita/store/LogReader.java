package io.vaquita.store;

import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log from a checkpoint's position to its end, and tells a torn tail from damage. Confined to one thread.
 *
 * <p>Where a record is bad, the log ends there only if nothing says that the record had once been durable: no later segment that begins
 * behind it, and in the same segment no later record written when the bad one was durable. Else the damage is named.
 *
 * <p>A commit of several records counts when its last one is there. One that was given up, or that a crash cut off, is followed by a
 * segment that begins with the position of its first record, or by nothing.
 */
final class LogReader implements AutoCloseable {
  private static final int WINDOW_BYTES = 1 << 18;

  private final FileSystem files;
  private final LogDirectory directory;
  private final TreeMap<Long, Path> segments;
  private final LogPoint start;
  private long position;

  /** Position of the last record that ends a commit. */
  private long completePosition;

  /** When the record read last was logged. */
  private long wallMicros;

  private long payloadBytes;

  private boolean hasGivenUp;
  private @Nullable RandomAccess file;
  private Path path = Path.of("");
  private long number;
  private long fileBytes;
  private long offset;

  private byte[] window = {};
  private long windowOffset;

  LogReader(FileSystem files, LogDirectory directory, LogPoint start, long position) {
    this.files = files;
    this.directory = directory;
    this.start = start;
    this.position = position;
    this.completePosition = position;
    this.segments = directory.segmentsFrom(start.segment());
  }

  /** Position of the record read last. */
  long position() {
    return position;
  }

  /** Whether the record read last is to be replayed. */
  boolean isWithin(ReplayBound bound) {
    return position <= bound.position() && wallMicros <= bound.wallMicros();
  }

  /** Where the log goes on behind the record read last. */
  LogPoint point() {
    return new LogPoint(number, offset, true);
  }

  /** Whether the record read last ends its commit. */
  boolean isComplete() {
    return position == completePosition;
  }

  /** Whether the record read last begins anew after records that belong to no commit. */
  boolean hasGivenUp() {
    return hasGivenUp;
  }

  /** Bytes of the payload of the record read last. */
  long payloadBytes() {
    return payloadBytes;
  }

  /** The changes of the next record, or null at the end of the log. */
  @Nullable WriteBatch next() throws IOException {
    if (file == null && !openFirst()) {
      return null;
    }
    hasGivenUp = false;
    while (true) {
      WriteBatch changes = record();
      if (changes != null) {
        return changes;
      }
      Map.Entry<Long, Path> later = segments.higherEntry(number);
      if (later == null) {
        checkTail();
        return null;
      }
      long badOffset = offset;
      Path badPath = path;
      long firstPosition = open(later.getKey(), later.getValue(), LogFormat.SEGMENT_HEADER);
      if (firstPosition == completePosition + 1) {
        hasGivenUp |= position > completePosition;
        position = completePosition;
      } else if (firstPosition != position + 1) {
        throw damaged(badPath, badOffset);
      }
    }
  }

  /** Makes durable what was read: commits of now on build on it. */
  void syncAll() throws IOException {
    for (Path p : directory.segmentsFrom(start.segment()).values()) {
      try (RandomAccess f = files.open(p)) {
        f.sync(true);
      }
    }
  }

  private boolean openFirst() throws IOException {
    Map.Entry<Long, Path> first = segments.firstEntry();
    boolean isThere = first != null && first.getKey() == start.segment();
    if (start.isSegmentExpected() && !isThere) {
      throw StoreErrors.damaged(
          "the log segment %016x, which holds the commits after position %d, is missing"
              .formatted(start.segment(), position));
    }
    if (first == null) {
      return false;
    }
    long firstPosition =
        open(first.getKey(), first.getValue(), isThere ? start.offset() : LogFormat.SEGMENT_HEADER);
    if (firstPosition > position + 1) {
      throw StoreErrors.damaged(
          "the log begins at position "
              + firstPosition
              + ", the commits from "
              + (position + 1)
              + " on are missing");
    }
    return true;
  }

  /** Opens a segment; returns the position of its first record. */
  private long open(long segment, Path at, long from) throws IOException {
    close();
    RandomAccess f = files.open(at);
    file = f;
    path = at;
    number = segment;
    offset = from;
    window = new byte[0];
    fileBytes = f.size();
    return directory.readHeader(f, at).firstPosition();
  }

  private @Nullable WriteBatch record() throws IOException {
    LogFormat.RecordHeader header = headerAt(offset);
    if (header == null
        || header.position() != position + 1
        || header.length() <= 0
        || offset + LogFormat.recordBytes(header.length()) > fileBytes) {
      return null;
    }
    WriteBatch changes = payload(header);
    if (changes == null) {
      return null;
    }
    payloadBytes = header.length();
    offset += LogFormat.recordBytes(header.length());
    position++;
    wallMicros = header.wallMicros();
    if (!header.continues()) {
      completePosition = position;
    }
    return changes;
  }

  private @Nullable WriteBatch payload(LogFormat.RecordHeader header) throws IOException {
    long start = offset + LogFormat.RECORD_HEADER;
    int length = header.length();
    if (length <= WINDOW_BYTES / 2) {
      int index = windowIndex(start, length);
      boolean isGood =
          LogFormat.checksum(window, index, index + length) == header.payloadChecksum();
      return isGood ? EncodedCommit.decode(window, index, length) : null;
    }
    return checksum(start, length) == header.payloadChecksum()
        ? EncodedCommit.decode(length, (at, into, from, n) -> read(start + at, into, from, n))
        : null;
  }

  /** In pieces: a record with a large value is never in memory as a whole. */
  private int checksum(long at, int length) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] piece = new byte[WINDOW_BYTES];
    for (int done = 0; done < length; ) {
      int n = Math.min(piece.length, length - done);
      read(at + done, piece, 0, n);
      crc.update(piece, 0, n);
      done += n;
    }
    return (int) crc.getValue();
  }

  private LogFormat.@Nullable RecordHeader headerAt(long at) throws IOException {
    if (at + LogFormat.RECORD_HEADER > fileBytes) {
      return null;
    }
    int index = windowIndex(at, LogFormat.RECORD_HEADER);
    return LogFormat.decodeRecord(window, index, number);
  }

  /** Throws when something behind the bad record shows that it had been durable. */
  private void checkTail() throws IOException {
    for (long at = offset + 8; at + LogFormat.RECORD_HEADER <= fileBytes; at += 8) {
      int index = windowIndex(at, LogFormat.RECORD_HEADER);
      if (PageLayout.i32(window, index + 28) != (int) number) {
        continue;
      }
      LogFormat.RecordHeader header = LogFormat.decodeRecord(window, index, number);
      if (header != null && header.durablePosition() > completePosition) {
        throw damaged(path, offset);
      }
    }
  }

  private RuntimeException damaged(Path where, long at) {
    return StoreErrors.damaged(
        "the log record of commit %d in %s at offset %d; later commits follow, so it was not the end"
            .formatted(position + 1, where, at));
  }

  /** Index in the window of bytes that it holds {@code n} of at least. */
  private int windowIndex(long at, int n) throws IOException {
    if (at < windowOffset || at + n > windowOffset + window.length) {
      window = new byte[(int) Math.min(WINDOW_BYTES, fileBytes - at)];
      windowOffset = at;
      open().read(at, ByteBuffer.wrap(window));
    }
    return (int) (at - windowOffset);
  }

  private void read(long at, byte[] into, int from, int count) throws IOException {
    for (int i = 0; i < count; i += PageFile.PIECE_BYTES) {
      int n = Math.min(PageFile.PIECE_BYTES, count - i);
      open().read(at + i, ByteBuffer.wrap(into, from + i, n));
    }
  }

  private RandomAccess open() {
    RandomAccess f = file;
    if (f == null) {
      throw new IllegalStateException("no segment is open");
    }
    return f;
  }

  @Override
  public void close() throws IOException {
    RandomAccess f = file;
    if (f != null) {
      file = null;
      f.close();
    }
  }
}
