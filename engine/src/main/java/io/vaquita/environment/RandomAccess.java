package io.vaquita.environment;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file read and written at positions. Thread-safe; a failed {@link #sync} is never repeated as if it had worked. */
public interface RandomAccess extends AutoCloseable {
  /** Fills {@code into}; throws {@link java.io.EOFException} when the file ends before. */
  void read(long position, ByteBuffer into) throws IOException;

  /** Writes all of {@code from}. Not durable before {@link #sync}. */
  void write(long position, ByteBuffer from) throws IOException;

  /** Makes all writes that returned before the call durable: data, and the size where {@code metadata}. */
  void sync(boolean metadata) throws IOException;

  long size() throws IOException;

  /** Grows with zeros or cuts. */
  void resize(long size) throws IOException;

  @Override
  void close() throws IOException;
}
