package io.vaquita.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A small block of fields that goes into a packet behind its own length. Confined; used off the hot path. */
final class PayloadBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

  PayloadBuilder int1(int value) {
    out.write(value);
    return this;
  }

  PayloadBuilder littleEndian(int value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write(value >>> 8 * i);
    }
    return this;
  }

  PayloadBuilder lenencBytes(byte[] bytes) {
    int length = bytes.length;
    if (length < 0xFB) {
      out.write(length);
    } else {
      int width = length <= 0xFFFF ? 2 : length <= 0xFFFFFF ? 3 : 8;
      out.write(width == 2 ? 0xFC : width == 3 ? 0xFD : 0xFE);
      for (int i = 0; i < width; i++) {
        out.write(i < 4 ? length >>> 8 * i : 0);
      }
    }
    out.writeBytes(bytes);
    return this;
  }

  PayloadBuilder lenencString(String text) {
    return lenencBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
