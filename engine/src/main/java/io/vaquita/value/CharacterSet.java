package io.vaquita.value;

/**
 * A MySQL character set: its name, the longest character in bytes, its default collation. Immutable.
 *
 * @param name as in SHOW CHARACTER SET
 * @param description as in SHOW CHARACTER SET
 * @param bytesPerCharacterMax Maxlen of SHOW CHARACTER SET
 * @param defaultCollation the name of the collation that the character set alone stands for
 */
public record CharacterSet(
    String name, String description, int bytesPerCharacterMax, String defaultCollation) {
  public static final CharacterSet BINARY =
      new CharacterSet("binary", "Binary pseudo charset", 1, "binary");
  public static final CharacterSet UTF8MB4 =
      new CharacterSet("utf8mb4", "UTF-8 Unicode", 4, "utf8mb4_0900_ai_ci");

  /** Whether the bytes of its characters are those that are kept inside: nothing needs converting. */
  public boolean isUtf8() {
    return name.startsWith("utf8");
  }

  /** Whether strings of it are raw bytes. */
  public boolean isBinary() {
    return name.equals("binary");
  }
}
