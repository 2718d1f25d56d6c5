package io.vaquita.executor;

import io.vaquita.environment.RandomAccess;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A sequence of byte records, written once from the start and read from any record on. Confined to the statement's thread. */
final class TemporaryFile {
  private static final int BUFFER_BYTES = 64 << 10;

  /** Long values are written and read in pieces: what goes through a heap buffer costs as much direct memory. */
  private static final int PIECE_BYTES = 1 << 20;

  private static final byte[] NONE = {};

  private final RandomAccess file;
  private final Path path;
  private final ByteBuffer pending = ByteBuffer.allocate(BUFFER_BYTES);
  private long written;

  TemporaryFile(RandomAccess file, Path path) {
    this.file = file;
    this.path = path;
  }

  /** Where the next record begins. */
  long position() {
    return written + pending.position();
  }

  /** Appends a record of two parts. */
  void append(byte[] first, int firstLength, byte[] second, int secondLength) {
    begin(firstLength, secondLength);
    put(first, 0, firstLength);
    put(second, 0, secondLength);
  }

  /** Begins a record of two parts, whose bytes follow by {@link #put}. */
  void begin(int firstLength, int secondLength) {
    if (pending.remaining() < 8) {
      flush();
    }
    pending.putInt(firstLength).putInt(secondLength);
  }

  /** What is longer than the buffer goes to the file from where it is. */
  void put(byte[] from, int offset, int length) {
    if (pending.remaining() < length) {
      flush();
    }
    if (pending.capacity() >= length) {
      pending.put(from, offset, length);
      return;
    }
    for (int i = 0; i < length; i += PIECE_BYTES) {
      write(ByteBuffer.wrap(from, offset + i, Math.min(PIECE_BYTES, length - i)));
    }
  }

  void flush() {
    write(pending.flip());
    pending.clear();
  }

  private void write(ByteBuffer bytes) {
    int count = bytes.remaining();
    try {
      file.write(written, bytes);
    } catch (IOException e) {
      throw failed(MySqlError.ER_ERROR_ON_WRITE, e);
    }
    written += count;
  }

  /** Reads the records from {@code from} to {@code to}, both of which {@link #position} has told. */
  Reader read(long from, long to) {
    return new Reader(from, to);
  }

  private DatabaseException failed(MySqlError error, IOException e) {
    return new DatabaseException(
        error.number(),
        error.sqlState(),
        "Error in temporary file '" + path + "' (" + e.getMessage() + ")",
        e);
  }

  /** A walk over some records. */
  final class Reader {
    private final long to;
    private long at;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    byte[] first = NONE;
    byte[] second = NONE;

    private Reader(long from, long to) {
      this.at = from;
      this.to = to;
    }

    /** Puts the next record into {@link #first} and {@link #second}, arrays of its own. */
    boolean next() {
      if (at >= to && !buffer.hasRemaining()) {
        return false;
      }
      fill(8);
      int firstLength = buffer.getInt();
      int secondLength = buffer.getInt();
      // The record before may be as large as this one.
      first = NONE;
      second = NONE;
      first = new byte[firstLength];
      second = new byte[secondLength];
      get(first);
      get(second);
      return true;
    }

    private void get(byte[] into) {
      if (into.length <= buffer.capacity()) {
        fill(into.length);
        buffer.get(into);
        return;
      }
      int done = buffer.remaining();
      buffer.get(into, 0, done);
      while (done < into.length) {
        int count = Math.min(PIECE_BYTES, into.length - done);
        read(ByteBuffer.wrap(into, done, count));
        done += count;
      }
    }

    private void read(ByteBuffer into) {
      int count = into.remaining();
      try {
        file.read(at, into);
      } catch (IOException e) {
        throw failed(MySqlError.ER_CHECKREAD, e);
      }
      at += count;
    }

    /** {@code bytes}: not more than the buffer holds. */
    private void fill(int bytes) {
      if (buffer.remaining() >= bytes) {
        return;
      }
      buffer.compact();
      int count = (int) Math.min(buffer.remaining(), to - at);
      int end = buffer.position() + count;
      buffer.limit(end);
      read(buffer);
      buffer.position(0).limit(end);
    }
  }
}
