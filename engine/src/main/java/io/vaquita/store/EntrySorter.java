package io.vaquita.store;

import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts entries into key order, whatever fits memory at a time: sorted runs go to a temporary file and are merged. Entries with equal
 * keys stay in the order in which they came. Confined to one thread at a time.
 *
 * <pre>
 *   run: records of  i32 key length, i32 value length, key, value     (big-endian)
 * </pre>
 */
public final class EntrySorter implements AutoCloseable {
  /** What an entry takes in memory besides its bytes. */
  private static final int ENTRY_BYTES = 72;

  private static final int BUFFER_BYTES = 32 << 10;
  private static final int MERGED_RUNS_MAX = 128;

  private final @Nullable FileSystem files;
  private final Path path;
  private final long memoryBytes;
  private final int mergedRunsMax;
  private final List<Entry> entries = new ArrayList<>();
  private long bytes;

  private @Nullable RandomAccess file;
  private final List<Run> runs = new ArrayList<>();
  private @Nullable ByteBuffer output;
  private long outputOffset;

  private record Entry(byte[] key, byte[] value) {}

  /** A sorted part of the file. */
  private record Run(long from, long to) {}

  /** {@code files} null: everything stays in memory. */
  EntrySorter(@Nullable FileSystem files, Path path, long memoryBytes) {
    this(files, path, memoryBytes, MERGED_RUNS_MAX);
  }

  EntrySorter(@Nullable FileSystem files, Path path, long memoryBytes, int mergedRunsMax) {
    this.files = files;
    this.path = path;
    this.memoryBytes = memoryBytes;
    this.mergedRunsMax = mergedRunsMax;
  }

  /** Keeps both arrays. */
  public void add(byte[] key, byte[] value) {
    entries.add(new Entry(key, value));
    bytes += ENTRY_BYTES + (long) key.length + value.length;
    if (bytes > memoryBytes && files != null) {
      try {
        writeRun(files);
      } catch (IOException e) {
        throw StoreErrors.writeFailed(path.toString(), e);
      }
    }
  }

  /** All entries. Nothing can be added after this; closing the stream closes the sorter. */
  public EntryStream sorted() {
    sortEntries();
    if (runs.isEmpty()) {
      return new MemoryStream(entries.iterator());
    }
    try {
      writeRun(files);
      while (runs.size() > mergedRunsMax) {
        mergePass();
      }
    } catch (IOException e) {
      throw StoreErrors.writeFailed(path.toString(), e);
    }
    return new Merge(List.copyOf(runs));
  }

  private void sortEntries() {
    entries.sort(Comparator.comparing(Entry::key, Arrays::compareUnsigned));
  }

  private void writeRun(@Nullable FileSystem system) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    if (file == null && system != null) {
      file = system.open(path);
    }
    sortEntries();
    long from = position();
    for (Entry entry : entries) {
      write(entry.key, entry.value);
    }
    runs.add(new Run(from, position()));
    flush();
    entries.clear();
    bytes = 0;
  }

  /** Neighbouring runs become one behind the others, so that equal keys stay in order. */
  private void mergePass() throws IOException {
    List<Run> merged = new ArrayList<>();
    for (int i = 0; i < runs.size(); i += mergedRunsMax) {
      long from = position();
      Merge merge =
          new Merge(List.copyOf(runs.subList(i, Math.min(runs.size(), i + mergedRunsMax))));
      while (merge.next()) {
        write(merge.key(), merge.value());
      }
      flush();
      merged.add(new Run(from, position()));
    }
    runs.clear();
    runs.addAll(merged);
  }

  private long position() {
    ByteBuffer o = output;
    return outputOffset + (o == null ? 0 : o.position());
  }

  private void write(byte[] key, byte[] value) throws IOException {
    ByteBuffer o = output;
    if (o == null) {
      o = ByteBuffer.allocate(BUFFER_BYTES);
      output = o;
    }
    if (o.remaining() < 8) {
      flush();
    }
    o.putInt(key.length).putInt(value.length);
    write(o, key);
    write(o, value);
  }

  private void write(ByteBuffer o, byte[] b) throws IOException {
    for (int at = 0; at < b.length; ) {
      if (!o.hasRemaining()) {
        flush();
      }
      int n = Math.min(o.remaining(), b.length - at);
      o.put(b, at, n);
      at += n;
    }
  }

  private void flush() throws IOException {
    ByteBuffer o = output;
    if (o != null) {
      int n = o.flip().limit();
      file().write(outputOffset, o);
      outputOffset += n;
      o.clear();
    }
  }

  private RandomAccess file() {
    RandomAccess f = file;
    if (f == null) {
      throw new IllegalStateException("no file is open");
    }
    return f;
  }

  @Override
  public void close() {
    RandomAccess f = file;
    entries.clear();
    if (f != null && files != null) {
      file = null;
      try {
        f.close();
        files.delete(path);
      } catch (IOException e) {
        // Whoever opens the store next deletes it.
      }
    }
  }

  /** Entries that never left memory. */
  private final class MemoryStream implements EntryStream {
    private final Iterator<Entry> left;
    private @Nullable Entry entry;

    MemoryStream(Iterator<Entry> left) {
      this.left = left;
    }

    @Override
    public boolean next() {
      entry = left.hasNext() ? left.next() : null;
      return entry != null;
    }

    private Entry entry() {
      Entry e = entry;
      if (e == null) {
        throw new IllegalStateException("no entry");
      }
      return e;
    }

    @Override
    public byte[] key() {
      return entry().key;
    }

    @Override
    public byte[] value() {
      return entry().value;
    }

    @Override
    public void close() {
      EntrySorter.this.close();
    }
  }

  /** A walk over one run. */
  private final class RunReader implements Comparable<RunReader> {
    private static final byte[] NONE = {};

    private final int number;
    private final long to;
    private long at;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private byte[] key = NONE;
    private byte[] value = NONE;

    RunReader(int number, Run run) {
      this.number = number;
      this.at = run.from;
      this.to = run.to;
    }

    boolean next() throws IOException {
      if (at == to && !buffer.hasRemaining()) {
        return false;
      }
      byte[] lengths = take(8);
      ByteBuffer header = ByteBuffer.wrap(lengths);
      int keyLength = header.getInt();
      key = take(keyLength);
      value = take(header.getInt());
      return true;
    }

    private byte[] take(int length) throws IOException {
      byte[] b = new byte[length];
      int n = Math.min(length, buffer.remaining());
      buffer.get(b, 0, n);
      if (length - n >= BUFFER_BYTES) {
        file().read(at, ByteBuffer.wrap(b, n, length - n));
        at += length - n;
      } else if (length > n) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, to - at));
        file().read(at, buffer);
        at += buffer.flip().limit();
        buffer.get(b, n, length - n);
      }
      return b;
    }

    @Override
    public int compareTo(RunReader other) {
      int order = Arrays.compareUnsigned(key, other.key);
      return order != 0 ? order : Integer.compare(number, other.number);
    }
  }

  /** Several runs as one. */
  private final class Merge implements EntryStream {
    private final PriorityQueue<RunReader> queue = new PriorityQueue<>();
    private @Nullable RunReader current;

    Merge(List<Run> parts) {
      try {
        for (int i = 0; i < parts.size(); i++) {
          RunReader reader = new RunReader(i, parts.get(i));
          if (reader.next()) {
            queue.add(reader);
          }
        }
      } catch (IOException e) {
        throw StoreErrors.readFailed(path.toString(), e);
      }
    }

    @Override
    public boolean next() {
      RunReader last = current;
      try {
        if (last != null && last.next()) {
          queue.add(last);
        }
      } catch (IOException e) {
        throw StoreErrors.readFailed(path.toString(), e);
      }
      current = queue.poll();
      return current != null;
    }

    private RunReader current() {
      RunReader reader = current;
      if (reader == null) {
        throw new IllegalStateException("no entry");
      }
      return reader;
    }

    @Override
    public byte[] key() {
      return current().key;
    }

    @Override
    public byte[] value() {
      return current().value;
    }

    @Override
    public void close() {
      EntrySorter.this.close();
    }
  }
}
