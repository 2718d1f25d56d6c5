package io.vaquita.protocol;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;

/** zstd, where the library zstd-jni is on the class path: see {@link #isAvailable}. Immutable. */
public final class ZstdCompression implements Compression {
  public static final int LEVEL_DEFAULT = 3;
  public static final int LEVEL_MAX = 22;

  private final int level;

  public ZstdCompression(int level) {
    this.level = level;
  }

  /** Whether the optional library is there and its native code can be loaded. */
  public static boolean isAvailable() {
    try {
      Class.forName("com.github.luben.zstd.Zstd");
      return Zstd.maxCompressionLevel() > 0;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  @Override
  public byte[] compress(byte[] from, int offset, int length) {
    return Zstd.compress(
        offset == 0 && length == from.length
            ? from
            : Arrays.copyOfRange(from, offset, offset + length),
        level);
  }

  @Override
  public byte[] uncompress(byte[] body, int plainLength) {
    byte[] plain = new byte[plainLength];
    long count = decompress(plain, body);
    if (count != plainLength) {
      throw ProtocolError.UNCOMPRESS.exception(count + " bytes come of " + plainLength);
    }
    return plain;
  }

  /** How many bytes come of it; more than there is room for are not written. */
  private static long decompress(byte[] plain, byte[] body) {
    try {
      long claimed = Zstd.getFrameContentSize(body);
      return claimed > plain.length ? claimed : Zstd.decompress(plain, body);
    } catch (RuntimeException e) {
      // the library's own exception is not named: a class that catches it cannot be loaded where
      // the library is not
      throw ProtocolError.UNCOMPRESS.exception(String.valueOf(e.getMessage()));
    }
  }
}
