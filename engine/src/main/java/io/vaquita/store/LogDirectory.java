package io.vaquita.store;

import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The files of the commit log: segments in use, and spare ones that are written full already, so that a commit overwrites and never
 * grows a file. Thread-safe: the log's writer takes segments while checkpoints give them back.
 */
final class LogDirectory {
  private static final String SEGMENT = "log-";
  private static final String SPARE = "spare-";
  private static final long FIRST_BYTES = 1 << 20;
  private static final int ZEROS = 1 << 18;

  private final FileSystem files;
  private final Path directory;
  private final byte[] instance;
  private final long bytesMax;
  private final int sparesMax;
  private final @Nullable Path archive;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock, all that follows.
  private final TreeMap<Long, Path> segments = new TreeMap<>();
  private final ArrayDeque<Spare> spares = new ArrayDeque<>();
  private long nextNumber = 1;
  private long nextSpare = 1;
  private long nextBytes;

  /** A full-size file without a place in the log. */
  private record Spare(Path path, long bytes) {}

  LogDirectory(FileSystem files, Path directory, byte[] instance, StoreOptions options)
      throws IOException {
    // As many as one checkpoint gives back, so that a busy store writes no zeros.
    this(
        files,
        directory,
        instance,
        options.logSegmentBytes(),
        (int) Math.min(64, 2 + options.checkpointLogBytes() / options.logSegmentBytes()),
        options.logArchive());
    for (String name : files.list(directory)) {
      if (name.startsWith(SPARE)) {
        nextSpare = Math.max(nextSpare, number(name, SPARE) + 1);
        adoptSpare(directory.resolve(name));
      }
    }
  }

  private LogDirectory(
      FileSystem files,
      Path directory,
      byte[] instance,
      long bytesMax,
      int sparesMax,
      @Nullable Path archive)
      throws IOException {
    this.files = files;
    this.directory = directory;
    this.instance = instance;
    this.bytesMax = bytesMax;
    this.sparesMax = sparesMax;
    this.archive = archive;
    this.nextBytes = Math.min(FIRST_BYTES, bytesMax);
    for (String name : files.list(directory)) {
      if (name.startsWith(SEGMENT)) {
        long number = number(name, SEGMENT);
        segments.put(number, directory.resolve(name));
        nextNumber = Math.max(nextNumber, number + 1);
      }
    }
  }

  /** For a reader: the segments as they are. */
  static LogDirectory asFound(FileSystem files, Path directory, byte[] instance)
      throws IOException {
    return new LogDirectory(files, directory, instance, FIRST_BYTES, 0, null);
  }

  static long segmentNumber(String name) {
    return number(name, SEGMENT);
  }

  private static long number(String name, String prefix) {
    try {
      return Long.parseLong(name.substring(prefix.length()), 16);
    } catch (NumberFormatException e) {
      throw StoreErrors.damaged("a file with the strange name " + name);
    }
  }

  private void adoptSpare(Path path) throws IOException {
    long bytes;
    try (RandomAccess file = files.open(path)) {
      bytes = file.size();
    }
    if (spares.size() < sparesMax && bytes >= Math.min(FIRST_BYTES, bytesMax)) {
      spares.add(new Spare(path, bytes));
      nextBytes = Math.max(nextBytes, Math.min(bytes, bytesMax));
    } else {
      files.delete(path);
    }
  }

  long nextNumber() {
    lock.lock();
    try {
      return nextNumber;
    } finally {
      lock.unlock();
    }
  }

  /** At least this number is the next one given: numbers in a checkpoint are never used twice. */
  void numbersFrom(long number) {
    lock.lock();
    try {
      nextNumber = Math.max(nextNumber, number);
    } finally {
      lock.unlock();
    }
  }

  /** Segments from {@code number} on, in order. */
  TreeMap<Long, Path> segmentsFrom(long number) {
    lock.lock();
    try {
      return new TreeMap<>(segments.tailMap(number, true));
    } finally {
      lock.unlock();
    }
  }

  LogFormat.SegmentHeader readHeader(RandomAccess file, Path path) throws IOException {
    byte[] b = new byte[LogFormat.SEGMENT_HEADER];
    LogFormat.SegmentHeader header = null;
    try {
      file.read(0, ByteBuffer.wrap(b));
      header = LogFormat.decodeSegment(b);
    } catch (EOFException e) {
      // Too short for a header: said below.
    }
    if (header == null || header.number() != number(path.getFileName().toString(), SEGMENT)) {
      throw StoreErrors.damaged("the header of the log segment " + path);
    }
    if (!java.util.Arrays.equals(header.instance(), instance)) {
      throw StoreErrors.damaged("the log segment " + path + " belongs to another store");
    }
    return header;
  }

  /**
   * A new segment with room for {@code bytesMin}, its header durable. When this throws, nothing of the log has changed: the caller may
   * try again when there is space.
   */
  LogSegment take(long bytesMin, long firstPosition) throws IOException {
    Spare spare = pollSpare(bytesMin);
    if (spare == null) {
      spare = makeSpare(Math.max(bytesMin, nextBytesLocked()));
    }
    long number = nextNumber();
    Path path = directory.resolve(SEGMENT + "%016x".formatted(number));
    RandomAccess file = files.open(spare.path());
    try {
      LogFormat.SegmentHeader header =
          new LogFormat.SegmentHeader(instance, number, firstPosition, spare.bytes());
      file.write(0, ByteBuffer.wrap(LogFormat.encode(header)));
      file.sync(false);
      files.rename(spare.path(), path);
      files.syncDirectory(directory);
    } catch (IOException e) {
      file.close();
      discard(spare.path());
      discard(path);
      throw e;
    }
    lock.lock();
    try {
      segments.put(number, path);
      nextNumber = number + 1;
      nextBytes = Math.min(bytesMax, Math.max(nextBytes, spare.bytes()) * 4);
    } finally {
      lock.unlock();
    }
    return new LogSegment(number, path, file, spare.bytes());
  }

  private long nextBytesLocked() {
    lock.lock();
    try {
      return nextBytes;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Spare pollSpare(long bytesMin) {
    lock.lock();
    try {
      for (Iterator<Spare> i = spares.iterator(); i.hasNext(); ) {
        Spare spare = i.next();
        if (spare.bytes() >= bytesMin) {
          i.remove();
          return spare;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Makes a spare segment when there is none. Called in the background, before one is needed. */
  void prepareSpare() throws IOException {
    lock.lock();
    try {
      if (!spares.isEmpty()) {
        return;
      }
    } finally {
      lock.unlock();
    }
    Spare spare = makeSpare(nextBytesLocked());
    lock.lock();
    try {
      spares.add(spare);
    } finally {
      lock.unlock();
    }
  }

  private Spare makeSpare(long bytes) throws IOException {
    long rounded = (bytes + LogFormat.SEGMENT_HEADER - 1) & -LogFormat.SEGMENT_HEADER;
    Path path;
    lock.lock();
    try {
      path = directory.resolve(SPARE + "%016x".formatted(nextSpare++));
    } finally {
      lock.unlock();
    }
    try (RandomAccess file = files.open(path)) {
      ByteBuffer zeros = LogFormat.buffer(ZEROS);
      for (long at = 0; at < rounded; at += ZEROS) {
        zeros.clear().limit((int) Math.min(ZEROS, rounded - at));
        file.write(at, zeros);
      }
      file.sync(true);
    } catch (IOException e) {
      discard(path);
      throw e;
    }
    return new Spare(path, rounded);
  }

  /** Gives back the segments before {@code number}: the checkpoint has all they say. */
  void recycleBefore(long number) throws IOException {
    lock.lock();
    try {
      for (Iterator<Map.Entry<Long, Path>> i =
              segments.headMap(number, false).entrySet().iterator();
          i.hasNext(); ) {
        Path path = i.next().getValue();
        long bytes;
        if (archive != null) {
          FileCopy.copy(files, path, archive);
        }
        try (RandomAccess file = files.open(path)) {
          bytes = file.size();
        }
        if (spares.size() < sparesMax && bytes >= nextBytes && bytes <= bytesMax) {
          Path spare = directory.resolve(SPARE + "%016x".formatted(nextSpare++));
          files.rename(path, spare);
          spares.add(new Spare(spare, bytes));
        } else {
          files.delete(path);
        }
        i.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private void discard(Path path) {
    try {
      if (files.exists(path)) {
        files.delete(path);
      }
    } catch (IOException e) {
      // The failure before this one is the one to tell; a leftover spare is found again when the
      // store opens.
    }
  }
}
