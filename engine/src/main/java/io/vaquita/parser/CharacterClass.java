package io.vaquita.parser;

/** What a character can be in MySQL's text. Stateless. */
final class CharacterClass {
  private static final byte IDENTIFIER = 1;
  private static final byte DIGIT = 2;
  private static final byte SPACE = 4;
  private static final byte HEX = 8;

  private static final byte[] ASCII = classes();

  private CharacterClass() {}

  private static byte[] classes() {
    byte[] classes = new byte[128];
    for (char c = 0; c < 128; c++) {
      int bits = 0;
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      boolean digit = c >= '0' && c <= '9';
      if (letter || digit || c == '_' || c == '$') {
        bits |= IDENTIFIER;
      }
      if (digit) {
        bits |= DIGIT;
      }
      if (digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
        bits |= HEX;
      }
      if (c == ' ' || c >= 9 && c <= 13) {
        bits |= SPACE;
      }
      classes[c] = (byte) bits;
    }
    return classes;
  }

  /** Letters, digits, {@code _}, {@code $} and everything beyond ASCII. */
  static boolean isIdentifier(char c) {
    return c >= 128 || (ASCII[c] & IDENTIFIER) != 0;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHex(char c) {
    return c < 128 && (ASCII[c] & HEX) != 0;
  }

  static boolean isSpace(char c) {
    return c < 128 && (ASCII[c] & SPACE) != 0;
  }
}
