package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Frame;
import io.vaquita.value.Slice;
import io.vaquita.value.Utf8;
import org.jspecify.annotations.Nullable;

/** Strings counted in characters, or in bytes where they are byte strings. Stateless. */
final class Chars {
  private Chars() {}

  static int length(Slice s, boolean bytes) {
    return bytes ? s.length() : Utf8.length(s);
  }

  /** The byte where character {@code characters} begins; the end when there are fewer. */
  static int offset(Slice s, long characters, boolean bytes) {
    if (characters >= s.length()) {
      return s.length();
    }
    return bytes ? (int) characters : Utf8.offsetOf(s, (int) characters);
  }

  /** Index of {@code part} at or after {@code from} by bytes, or -1. */
  static int indexOf(Slice s, Slice part, int from) {
    int last = s.length() - part.length();
    for (int i = from; i <= last; i++) {
      if (startsWith(s, part, i)) {
        return i;
      }
    }
    return -1;
  }

  static int lastIndexOf(Slice s, Slice part, int before) {
    for (int i = Math.min(before, s.length()) - part.length(); i >= 0; i--) {
      if (startsWith(s, part, i)) {
        return i;
      }
    }
    return -1;
  }

  static boolean startsWith(Slice s, Slice part, int at) {
    if (at + part.length() > s.length()) {
      return false;
    }
    for (int i = 0; i < part.length(); i++) {
      if (s.byteAt(at + i) != part.byteAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** False, with warning 1301 and NULL, when a result would be longer than max_allowed_packet. */
  static boolean fits(long length, String function, Frame frame) {
    long most = frame.statement.maxAllowedPacket();
    if (length <= most) {
      return true;
    }
    frame.statement.warn(MySqlError.ER_WARN_ALLOWED_PACKET_OVERFLOWED, function, most);
    return false;
  }

  static @Nullable Slice upper(Slice s, boolean bytes) {
    return bytes ? s : mapped(s, true);
  }

  static @Nullable Slice lower(Slice s, boolean bytes) {
    return bytes ? s : mapped(s, false);
  }

  private static Slice mapped(Slice s, boolean upper) {
    if (Utf8.isAscii(s)) {
      byte[] out = s.toBytes();
      for (int i = 0; i < out.length; i++) {
        byte b = out[i];
        if (upper ? b >= 'a' && b <= 'z' : b >= 'A' && b <= 'Z') {
          out[i] = (byte) (b ^ 0x20);
        }
      }
      return Slice.of(out);
    }
    StringBuilder out = new StringBuilder();
    s.toUtf8()
        .codePoints()
        .forEach(
            c -> out.appendCodePoint(upper ? Character.toUpperCase(c) : Character.toLowerCase(c)));
    return Slice.utf8(out.toString());
  }
}
