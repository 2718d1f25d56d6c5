package io.vaquita.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** zlib. Stateless. */
public final class ZlibCompression implements Compression {
  private static final int STEP_BYTES = 16384;

  @Override
  public byte[] compress(byte[] from, int offset, int length) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(from, offset, length);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
      byte[] step = new byte[Math.min(STEP_BYTES, length + 64)];
      while (!deflater.finished()) {
        out.write(step, 0, deflater.deflate(step));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** Memory follows what comes out, not what the header claims. */
  @Override
  public byte[] uncompress(byte[] body, int plainLength) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(body);
      byte[] plain = new byte[Math.min(plainLength, STEP_BYTES)];
      int at = 0;
      while (at < plainLength) {
        if (at == plain.length) {
          plain = Arrays.copyOf(plain, Math.min(plainLength, plain.length * 2));
        }
        int count = inflater.inflate(plain, at, plain.length - at);
        if (count == 0) {
          throw ProtocolError.UNCOMPRESS.exception(at + " bytes came of " + plainLength);
        }
        at += count;
      }
      return plain;
    } catch (DataFormatException e) {
      throw ProtocolError.UNCOMPRESS.exception(String.valueOf(e.getMessage()));
    } finally {
      inflater.end();
    }
  }
}
