package io.vaquita.protocol;

import java.io.IOException;

/** Where packets are read from: a socket, a TLS or compression layer over one, an array in tests. Confined to its connection. */
public interface ByteSource {
  /**
   * Waits for at least one byte and reads at most {@code length}.
   *
   * @return how many, or -1 at the end of the stream
   */
  int read(byte[] into, int offset, int length) throws IOException;

  /**
   * The first bytes of a packet have come and others are missing: from here on it is not the wait for a command any more but the
   * read of one, which has a deadline of its own.
   */
  default void packetBegun() {}
}
