package io.vaquita.value;

/**
 * A MySQL character set: its name, the longest character in bytes, its default collation. Immutable.
 *
 * @param name as in SHOW CHARACTER SET
 * @param description as in SHOW CHARACTER SET
 * @param bytesPerCharacterMax Maxlen of SHOW CHARACTER SET
 * @param javaCharset the name of the JDK's equivalent, by which bytes of clients are converted
 */
public record CharacterSet(
    String name, String description, int bytesPerCharacterMax, String javaCharset) {
  public static final CharacterSet BINARY =
      new CharacterSet("binary", "Binary pseudo charset", 1, "ISO-8859-1");
  public static final CharacterSet UTF8MB4 =
      new CharacterSet("utf8mb4", "UTF-8 Unicode", 4, "UTF-8");
}
