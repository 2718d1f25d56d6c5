package io.vaquita.value;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Conversion of strings between the inner UTF-8 and the bytes of a declared or a client's character set. Stateless. */
public final class Encoding {
  /** JDK names of the sets of several bytes a character. */
  private static final Map<String, String> JDK_NAMES =
      Map.ofEntries(
          Map.entry("big5", "Big5"),
          Map.entry("cp932", "windows-31j"),
          Map.entry("eucjpms", "x-eucJP-Open"),
          Map.entry("euckr", "EUC-KR"),
          Map.entry("gb18030", "GB18030"),
          Map.entry("gb2312", "GB2312"),
          Map.entry("gbk", "GBK"),
          Map.entry("sjis", "Shift_JIS"),
          Map.entry("ujis", "EUC-JP"),
          Map.entry("ucs2", "UTF-16BE"),
          Map.entry("utf16", "UTF-16BE"),
          Map.entry("utf16le", "UTF-16LE"),
          Map.entry("utf32", "UTF-32BE"));

  private Encoding() {}

  /** The inner form of bytes that a client sent, or of a byte string taken as {@code set}. Bytes that are no character become '?'. */
  public static Slice decode(Slice bytes, CharacterSet set) {
    if (set.isUtf8() || set.isBinary() || isAsciiCompatible(set) && Utf8.isAscii(bytes)) {
      return bytes;
    }
    SingleByteSet single = SingleByteSet.of(set.name());
    if (single == null) {
      Slice whole = wholeUnits(bytes, set);
      String text = new String(whole.array(), whole.offset(), whole.length(), charset(set));
      return Slice.utf8(text.replace('\ufffd', '?'));
    }
    TextBuffer out = new TextBuffer(bytes.length() * 2);
    for (int i = 0; i < bytes.length(); i++) {
      int c = single.codePoint(bytes.byteAt(i));
      Utf8.append(out, c == 0xfffd ? '?' : c);
    }
    return out.toSlice();
  }

  /** Zeros are put before bytes that do not fill the last unit of a set of 2 or 4 bytes a unit, as MySQL does. */
  private static Slice wholeUnits(Slice bytes, CharacterSet set) {
    int unit =
        switch (set.name()) {
          case "ucs2", "utf16", "utf16le" -> 2;
          case "utf32" -> 4;
          default -> 1;
        };
    int missing = Math.floorMod(-bytes.length(), unit);
    if (missing == 0) {
      return bytes;
    }
    byte[] padded = new byte[missing + bytes.length()];
    System.arraycopy(bytes.array(), bytes.offset(), padded, missing, bytes.length());
    return Slice.of(padded);
  }

  /** The bytes in {@code set} of an inner UTF-8 string. Characters that the set lacks become '?'. */
  public static Slice encode(Slice utf8, CharacterSet set) {
    if (set.name().equals("utf8mb4")
        || set.isBinary()
        || isAsciiCompatible(set) && Utf8.isAscii(utf8)) {
      return utf8;
    }
    SingleByteSet single = SingleByteSet.of(set.name());
    if (single == null && !set.isUtf8()) {
      return Slice.of(utf8.toUtf8().getBytes(charset(set)));
    }
    byte[] array = utf8.array();
    int end = utf8.offset() + utf8.length();
    TextBuffer out = new TextBuffer(utf8.length());
    int width;
    for (int i = utf8.offset(); i < end; i += width) {
      width = Math.min(Utf8.width(array[i]), end - i);
      if (single == null) {
        if (width == 4) {
          out.append((byte) '?');
        } else {
          out.append(array, i, width);
        }
      } else {
        int c = Utf8.codePoint(array, i, end);
        int b = c < 0 ? -1 : single.byteOf(c);
        out.append((byte) (b < 0 ? '?' : b));
      }
    }
    return out.toSlice();
  }

  /** Whether bytes below 128 are ASCII characters wherever they stand alone. */
  public static boolean isAsciiCompatible(CharacterSet set) {
    return switch (set.name()) {
      case "ucs2", "utf16", "utf16le", "utf32", "swe7" -> false;
      default -> true;
    };
  }

  private static Charset charset(CharacterSet set) {
    String name = JDK_NAMES.get(set.name());
    return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
  }

  /** Where the first byte stands that is no part of a character of {@code set}, or -1 (error 1300). Only UTF-8 is checked. */
  public static int firstMalformed(Slice bytes, CharacterSet set) {
    return set.isUtf8() ? Utf8.firstMalformed(bytes) : -1;
  }

  /** Where the first character stands that {@code set} lacks, or -1. */
  public static int firstUnknown(Slice utf8, CharacterSet set) {
    if (set.name().equals("utf8mb4") || set.isBinary() || Utf8.isAscii(utf8)) {
      return -1;
    }
    SingleByteSet single = SingleByteSet.of(set.name());
    CharsetEncoder encoder =
        single == null && !set.isUtf8()
            ? charset(set)
                .newEncoder()
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .onMalformedInput(CodingErrorAction.REPORT)
            : StandardCharsets.UTF_8.newEncoder();
    boolean basicPlaneOnly =
        set.bytesPerCharacterMax() == 3 && set.isUtf8() || set.name().equals("ucs2");
    byte[] array = utf8.array();
    int end = utf8.offset() + utf8.length();
    int width;
    for (int i = utf8.offset(); i < end; i += width) {
      width = Math.min(Utf8.width(array[i]), end - i);
      int c = Utf8.codePoint(array, i, end);
      boolean known =
          c >= 0
              && (single != null
                  ? single.byteOf(c) >= 0
                  : (!basicPlaneOnly || c < 0x10000) && (c < 128 || canEncode(encoder, c)));
      if (!known) {
        return i - utf8.offset();
      }
    }
    return -1;
  }

  private static boolean canEncode(CharsetEncoder encoder, int codePoint) {
    try {
      ByteBuffer bytes = encoder.encode(CharBuffer.wrap(Character.toChars(codePoint)));
      return bytes.hasRemaining();
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The string with '?' for each character that {@code set} lacks. */
  public static Slice replaceUnknown(Slice utf8, CharacterSet set) {
    return decode(encode(utf8, set), set);
  }
}
