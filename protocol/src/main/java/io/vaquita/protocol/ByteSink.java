package io.vaquita.protocol;

import java.io.IOException;

/** Where packets are written to. Confined to its connection. */
public interface ByteSink {
  /** Writes all of the range before it returns. */
  void write(byte[] from, int offset, int length) throws IOException;
}
