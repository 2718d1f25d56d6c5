package io.vaquita.store;

import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A disk that can crash at any step, tear writes at sectors, lose or reorder what was not synced, fail with EIO, and fill up.
 * Thread-safe. All in one directory.
 *
 * <p>Steps that change anything or sync are counted; at step {@code crashAt} the power goes: that step may or may not happen, every
 * later one fails, and {@link #afterCrash} is the disk as found afterwards.
 */
public final class SimulatedFileSystem implements FileSystem {
  /** What may go wrong at a step. */
  public enum Fault {
    WRITE,
    SYNC,
    READ
  }

  private final SeededRandom random;
  private final Map<String, SimulatedFile> names = new TreeMap<>();
  private final Map<String, SimulatedFile> durableNames = new TreeMap<>();
  private final List<Runnable> pendingNames = new ArrayList<>();
  private final Set<Path> locks = new HashSet<>();
  private long steps;
  private long crashAt = Long.MAX_VALUE;
  private boolean isCrashed;
  private long faultAt = Long.MAX_VALUE;
  private Fault fault = Fault.WRITE;
  private boolean hasFailed;
  private long capacity = Long.MAX_VALUE;

  public SimulatedFileSystem(long seed) {
    this.random = new SeededRandom(seed);
  }

  public synchronized void crashAt(long step) {
    crashAt = step;
  }

  /** From this step on, the first operation of the kind fails. */
  public synchronized void failAt(Fault kind, long step) {
    fault = kind;
    faultAt = step;
  }

  public synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  public synchronized long steps() {
    return steps;
  }

  public synchronized boolean hasFailed() {
    return hasFailed;
  }

  public synchronized boolean isCrashed() {
    return isCrashed;
  }

  /** The disk when the machine is up again. */
  public synchronized SimulatedFileSystem afterCrash() {
    isCrashed = true;
    int applied = random.below(pendingNames.size() + 1);
    for (int i = 0; i < applied; i++) {
      pendingNames.get(i).run();
    }
    SimulatedFileSystem after = new SimulatedFileSystem(random.nextLong());
    durableNames.forEach((name, file) -> after.adopt(name, file.afterCrash(random)));
    return after;
  }

  /** The disk as a new process finds it when this one was killed: what the operating system has. */
  public synchronized SimulatedFileSystem afterKill() {
    isCrashed = true;
    SimulatedFileSystem after = new SimulatedFileSystem(random.nextLong());
    names.forEach(
        (name, file) -> after.adopt(name, java.util.Arrays.copyOf(file.content, file.size)));
    return after;
  }

  public synchronized void adopt(String name, byte[] content) {
    SimulatedFile file = SimulatedFile.of(content);
    names.put(name, file);
    durableNames.put(name, file);
  }

  public synchronized byte[] bytes(String name) {
    SimulatedFile file = Objects.requireNonNull(names.get(name));
    return java.util.Arrays.copyOf(file.content, file.size);
  }

  public synchronized List<String> names() {
    return new ArrayList<>(names.keySet());
  }

  private void alive() throws IOException {
    if (isCrashed) {
      throw new IOException("the power is off");
    }
  }

  /** Counts a step; true when the power goes with it, and the step may happen half. */
  private boolean step(Fault kind) throws IOException {
    alive();
    steps++;
    if (steps >= crashAt) {
      isCrashed = true;
      return true;
    }
    failMaybe(kind);
    return false;
  }

  private void failMaybe(Fault kind) throws IOException {
    if (!hasFailed && kind == fault && steps >= faultAt) {
      hasFailed = true;
      if (kind != Fault.SYNC) {
        throw new IOException("Input/output error");
      }
    }
  }

  @Override
  public synchronized RandomAccess open(Path path) throws IOException {
    alive();
    String name = name(path);
    SimulatedFile file = names.get(name);
    if (file == null) {
      SimulatedFile created = new SimulatedFile();
      file = created;
      names.put(name, created);
      pendingNames.add(() -> durableNames.put(name, created));
    }
    return new Access(file);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  @Override
  public InputStream read(Path path) {
    throw new UnsupportedOperationException("stores read no files that users name");
  }

  @Override
  public OutputStream create(Path path) {
    throw new UnsupportedOperationException("stores make no files that users name");
  }

  @Override
  public synchronized boolean exists(Path path) {
    return names.containsKey(name(path));
  }

  @Override
  public void createDirectories(Path path) {}

  @Override
  public synchronized List<String> list(Path directory) throws IOException {
    alive();
    return names();
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    boolean isLast = step(Fault.WRITE);
    String name = name(path);
    if (names.remove(name) == null) {
      throw new NoSuchFileException(name);
    }
    pendingNames.add(() -> durableNames.remove(name));
    if (isLast) {
      alive();
    }
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    boolean isLast = step(Fault.WRITE);
    SimulatedFile file = names.remove(name(from));
    names.put(name(to), file);
    pendingNames.add(
        () -> {
          durableNames.remove(name(from));
          durableNames.put(name(to), file);
        });
    if (isLast) {
      alive();
    }
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    boolean isLast = step(Fault.SYNC);
    if (isLast && random.oneIn(2)) {
      alive();
    }
    pendingNames.forEach(Runnable::run);
    pendingNames.clear();
    alive();
  }

  @Override
  public synchronized AutoCloseable lock(Path path) throws IOException {
    alive();
    if (!locks.add(path)) {
      throw new IOException("this process already holds the lock on " + path);
    }
    return () -> {
      synchronized (this) {
        locks.remove(path);
      }
    };
  }

  private long usedBytes() {
    long n = 0;
    for (SimulatedFile file : names.values()) {
      n += file.size;
    }
    return n;
  }

  /** An open file. Thread-safe through the file system's lock. */
  private final class Access implements RandomAccess {
    private final SimulatedFile file;

    Access(SimulatedFile file) {
      this.file = file;
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
      synchronized (SimulatedFileSystem.this) {
        alive();
        failMaybe(Fault.READ);
        if (position + into.remaining() > file.size) {
          throw new EOFException("file ends at " + file.size);
        }
        into.put(file.content, (int) position, into.remaining());
      }
    }

    @Override
    public void write(long position, ByteBuffer from) throws IOException {
      synchronized (SimulatedFileSystem.this) {
        if (!from.hasRemaining()) {
          return;
        }
        boolean isLast = step(Fault.WRITE);
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        long growth = position + bytes.length - file.size;
        if (growth > 0 && usedBytes() + growth > capacity) {
          throw new IOException("No space left on device");
        }
        file.write((int) position, bytes);
        if (isLast) {
          alive();
        }
      }
    }

    @Override
    public void sync(boolean metadata) throws IOException {
      synchronized (SimulatedFileSystem.this) {
        boolean before = hasFailed;
        boolean isLast = step(Fault.SYNC);
        if (hasFailed && !before) {
          file.failSync(random);
          throw new IOException("Input/output error");
        }
        if (isLast && random.oneIn(2)) {
          alive();
        }
        file.sync();
        alive();
      }
    }

    @Override
    public long size() throws IOException {
      synchronized (SimulatedFileSystem.this) {
        alive();
        return file.size;
      }
    }

    @Override
    public void resize(long size) throws IOException {
      synchronized (SimulatedFileSystem.this) {
        boolean isLast = step(Fault.WRITE);
        file.resize((int) size);
        if (isLast) {
          alive();
        }
      }
    }

    @Override
    public void close() {}
  }
}
