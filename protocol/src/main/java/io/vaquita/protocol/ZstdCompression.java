package io.vaquita.protocol;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
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
    try {
      long claimed = Zstd.getFrameContentSize(body);
      if (claimed > plainLength) {
        throw ProtocolError.UNCOMPRESS.exception(claimed + " bytes would come of " + plainLength);
      }
      byte[] plain = new byte[plainLength];
      long count = Zstd.decompress(plain, body);
      if (count != plainLength) {
        throw ProtocolError.UNCOMPRESS.exception(count + " bytes came of " + plainLength);
      }
      return plain;
    } catch (ZstdException e) {
      throw ProtocolError.UNCOMPRESS.exception(String.valueOf(e.getMessage()));
    }
  }
}
