package io.vaquita.server;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The few forms of DER (ITU-T X.690) that a certificate needs. Stateless. */
final class Der {
  private Der() {}

  static byte[] tagged(int tag, byte[]... contents) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      body.writeBytes(content);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = body.size();
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int from = digits[0] == 0 ? 1 : 0;
      out.write(0x80 | digits.length - from);
      out.write(digits, from, digits.length - from);
    }
    out.writeBytes(body.toByteArray());
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... contents) {
    return tagged(0x30, contents);
  }

  static byte[] set(byte[]... contents) {
    return tagged(0x31, contents);
  }

  static byte[] integer(BigInteger value) {
    return tagged(0x02, value.toByteArray());
  }

  static byte[] octets(byte[] bytes) {
    return tagged(0x04, bytes);
  }

  /** A string of bits whose number is a multiple of 8. */
  static byte[] bits(byte[] bytes) {
    return tagged(0x03, new byte[1], bytes);
  }

  static byte[] trueValue() {
    return new byte[] {0x01, 0x01, (byte) 0xFF};
  }

  static byte[] utf8(String text) {
    return tagged(0x0C, text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code YYYYMMDDHHMMSSZ}. */
  static byte[] generalizedTime(String text) {
    return tagged(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] objectIdentifier(int... numbers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(numbers[0] * 40 + numbers[1]);
    for (int i = 2; i < numbers.length; i++) {
      base128(out, numbers[i]);
    }
    return tagged(0x06, out.toByteArray());
  }

  private static void base128(ByteArrayOutputStream out, int number) {
    int shift = 28;
    while (shift > 0 && number >>> shift == 0) {
      shift -= 7;
    }
    for (; shift >= 0; shift -= 7) {
      out.write(number >>> shift & 0x7F | (shift > 0 ? 0x80 : 0));
    }
  }
}
