package io.vaquita.expression.function;

import io.vaquita.value.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Internet addresses as text and bytes. Stateless. */
final class InternetAddress {
  private InternetAddress() {}

  /** INET_ATON: also short forms, in which the last number fills what is missing; -1 for what is no address. */
  static long shortV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > 4 || parts.length == 0) {
      return -1;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].isEmpty() || parts[i].length() > 3) {
        return -1;
      }
      int part = 0;
      for (int j = 0; j < parts[i].length(); j++) {
        char c = parts[i].charAt(j);
        if (c < '0' || c > '9') {
          return -1;
        }
        part = part * 10 + c - '0';
      }
      if (part > 255) {
        return -1;
      }
      boolean last = i == parts.length - 1;
      address = last ? address << 8 * (5 - parts.length) | part : address << 8 | part;
    }
    return address;
  }

  static String v4Text(long address) {
    return (address >>> 24 & 255)
        + "."
        + (address >>> 16 & 255)
        + "."
        + (address >>> 8 & 255)
        + "."
        + (address & 255);
  }

  /** Four numbers, or null. */
  static byte @Nullable [] parseV4(String text) {
    long address = text.split("\\.", -1).length == 4 ? shortV4(text) : -1;
    return address < 0
        ? null
        : new byte[] {
          (byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address
        };
  }

  /** Up to eight groups of hexadecimal digits, one gap, maybe a v4 address at the end; or null. */
  static byte @Nullable [] parseV6(String text) {
    if (text.length() < 2 || text.length() > 39 + 6) {
      return null;
    }
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap));
    List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
    if (head == null || tail == null) {
      return null;
    }
    int count = head.size() + tail.size();
    if (gap < 0 ? count != 8 : count > 7) {
      return null;
    }
    byte[] out = new byte[16];
    for (int i = 0; i < head.size(); i++) {
      put(out, i, head.get(i));
    }
    for (int i = 0; i < tail.size(); i++) {
      put(out, 8 - tail.size() + i, tail.get(i));
    }
    return out;
  }

  private static void put(byte[] out, int group, int value) {
    out[group * 2] = (byte) (value >> 8);
    out[group * 2 + 1] = (byte) value;
  }

  private static @Nullable List<Integer> groups(String text) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return groups;
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      if (i == parts.length - 1 && part.contains(".")) {
        byte[] v4 = parseV4(part);
        if (v4 == null) {
          return null;
        }
        groups.add((v4[0] & 255) << 8 | v4[1] & 255);
        groups.add((v4[2] & 255) << 8 | v4[3] & 255);
        continue;
      }
      if (part.isEmpty()
          || part.length() > 4
          || !part.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
        return null;
      }
      groups.add(Integer.parseInt(part, 16));
    }
    return groups;
  }

  static boolean isV4Compatible(Slice s) {
    return s.length() == 16 && isZero(s, 12) && !(isZero(s, 15) && (s.byteAt(15) & 0xFE) == 0);
  }

  static boolean isV4Mapped(Slice s) {
    return s.length() == 16 && isZero(s, 10) && s.byteAt(10) == -1 && s.byteAt(11) == -1;
  }

  private static boolean isZero(Slice s, int count) {
    for (int i = 0; i < count; i++) {
      if (s.byteAt(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** 4 or 16 bytes; the longest run of zero groups becomes the gap. */
  static String text(Slice s) {
    if (s.length() == 4) {
      return v4Text(word(s, 0) << 16 | word(s, 1));
    }
    int start = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int run = 0;
      while (i + run < 8 && word(s, i + run) == 0) {
        run++;
      }
      if (run > length) {
        start = i;
        length = run;
      }
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (start >= 0 && i == start) {
        out.append("::");
        i += length - 1;
        continue;
      }
      if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
        out.append(':');
      }
      boolean v4 = i == 6 && (start == 0 && length == 6 || isV4Mapped(s));
      if (v4) {
        return out.append(v4Text(word(s, 6) << 16 | word(s, 7))).toString();
      }
      out.append(Long.toHexString(word(s, i)));
    }
    return out.toString();
  }

  private static long word(Slice s, int index) {
    return (s.byteAt(index * 2) & 255L) << 8 | s.byteAt(index * 2 + 1) & 255L;
  }
}
