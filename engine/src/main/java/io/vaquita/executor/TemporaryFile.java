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

  private final RandomAccess file;
  private final Path path;
  private ByteBuffer pending = ByteBuffer.allocate(BUFFER_BYTES);
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
    reserve(8 + firstLength + secondLength);
    pending.putInt(firstLength).putInt(secondLength);
    pending.put(first, 0, firstLength).put(second, 0, secondLength);
  }

  private void reserve(int bytes) {
    if (pending.remaining() < bytes) {
      flush();
      if (pending.capacity() < bytes) {
        pending = ByteBuffer.allocate(bytes);
      }
    }
  }

  void flush() {
    int bytes = pending.flip().limit();
    try {
      file.write(written, pending);
    } catch (IOException e) {
      throw failed(MySqlError.ER_ERROR_ON_WRITE, e);
    }
    written += bytes;
    pending.clear();
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
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    byte[] first = {};
    byte[] second = {};

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
      first = new byte[firstLength];
      second = new byte[secondLength];
      fill(firstLength + secondLength);
      buffer.get(first).get(second);
      return true;
    }

    private void fill(int bytes) {
      if (buffer.remaining() >= bytes) {
        return;
      }
      ByteBuffer target =
          buffer.capacity() < bytes
              ? ByteBuffer.allocate(Math.max(bytes, BUFFER_BYTES)).put(buffer)
              : buffer.compact();
      int count = (int) Math.min(target.remaining(), to - at);
      target.limit(target.position() + count);
      int end = target.limit();
      try {
        file.read(at, target);
      } catch (IOException e) {
        throw failed(MySqlError.ER_CHECKREAD, e);
      }
      at += count;
      buffer = target.position(0).limit(end);
    }
  }
}
