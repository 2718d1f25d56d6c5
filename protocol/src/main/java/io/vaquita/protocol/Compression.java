package io.vaquita.protocol;

/** How the bodies of compressed frames are made. Thread-safe. */
public sealed interface Compression permits ZlibCompression, ZstdCompression {
  byte[] compress(byte[] from, int offset, int length);

  /**
   * @param plainLength what the peer says comes out; at most 2^24-1
   * @throws ProtocolException 1157 when that is not so
   */
  byte[] uncompress(byte[] body, int plainLength);
}
