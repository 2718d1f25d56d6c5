package io.vaquita.executor.file;

import io.vaquita.value.CharacterSet;

/**
 * How many bytes a character takes in the sets whose further bytes may look like ASCII: a backslash inside such a character is no
 * escape. Immutable.
 */
enum CharacterWidths {
  /** Sets in which a byte below 128 is always a character of its own, UTF-8 among them. */
  PLAIN,
  BIG5,
  GBK,
  GB18030,
  SJIS;

  static CharacterWidths of(CharacterSet set) {
    return switch (set.name()) {
      case "big5" -> BIG5;
      case "gbk" -> GBK;
      case "gb18030" -> GB18030;
      case "sjis", "cp932" -> SJIS;
      default -> PLAIN;
    };
  }

  boolean isLead(int b) {
    return switch (this) {
      case PLAIN -> false;
      case BIG5 -> b >= 0xA1 && b <= 0xF9;
      case GBK, GB18030 -> b >= 0x81 && b <= 0xFE;
      case SJIS -> b >= 0x81 && b <= 0x9F || b >= 0xE0 && b <= 0xFC;
    };
  }

  /** The bytes of the character that begins with a lead byte, by its second byte; 1 when both make no character. */
  int width(int second) {
    boolean makesOne =
        switch (this) {
          case PLAIN -> false;
          case BIG5 -> second >= 0x40 && second <= 0x7E || second >= 0xA1 && second <= 0xFE;
          case GBK, GB18030, SJIS -> second >= 0x40 && second <= 0xFE && second != 0x7F;
        };
    return makesOne ? 2 : this == GB18030 && second >= 0x30 && second <= 0x39 ? 4 : 1;
  }
}
