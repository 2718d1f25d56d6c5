package io.vaquita.value;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Conversion of strings between the inner UTF-8 and the bytes of a declared or a client's character set. Stateless. */
public final class Encoding {
  private Encoding() {}

  /** The inner form of bytes that a client sent or a binary string that is taken as {@code set}. Unknown bytes become '?'. */
  public static Slice decode(Slice bytes, CharacterSet set) {
    if (set.isUtf8() || set.isBinary() || isAsciiCompatible(set) && Utf8.isAscii(bytes)) {
      return bytes;
    }
    return Slice.utf8(new String(bytes.array(), bytes.offset(), bytes.length(), charset(set)));
  }

  /** The bytes in {@code set} of an inner UTF-8 string. Characters that the set lacks become '?'. */
  public static Slice encode(Slice utf8, CharacterSet set) {
    if (set.name().equals("utf8mb4")
        || set.isBinary()
        || isAsciiCompatible(set) && Utf8.isAscii(utf8)) {
      return utf8;
    }
    return Slice.of(utf8.toUtf8().getBytes(charset(set)));
  }

  static boolean isAsciiCompatible(CharacterSet set) {
    return !set.name().startsWith("ucs2")
        && !set.name().startsWith("utf16")
        && !set.name().startsWith("utf32");
  }

  private static Charset charset(CharacterSet set) {
    return switch (set.name()) {
      case "utf8mb3", "utf8mb4" -> StandardCharsets.UTF_8;
      case "ucs2", "utf16" -> StandardCharsets.UTF_16BE;
      case "latin1" -> Charset.forName("windows-1252");
      default -> Charset.forName(set.name().toUpperCase(Locale.ROOT));
    };
  }

  /** Where the first character stands that {@code set} lacks, or -1. */
  public static int firstUnknown(Slice utf8, CharacterSet set) {
    if (set.name().equals("utf8mb4") || set.isBinary() || Utf8.isAscii(utf8)) {
      return -1;
    }
    return -1;
  }

  /** The string with '?' for each character that {@code set} lacks. */
  public static Slice replaceUnknown(Slice utf8, CharacterSet set) {
    return decode(encode(utf8, set), set);
  }
}
