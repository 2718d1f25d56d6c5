package io.vaquita.value;

/**
 * How strings of one character set compare (MySQL manual, "Character Sets, Collations, Unicode"). Immutable, thread-safe.
 *
 * <p><b>Inside Vaquita every character string is UTF-8, whatever its declared character set</b>; the declared one limits which
 * characters are allowed, and functions that show bytes (LENGTH, HEX, CAST AS BINARY) convert to it. Strings with the collation
 * {@link Collations#BINARY} are raw bytes. All methods here take the internal bytes.
 */
public abstract class Collation {
  private final int id;
  private final String name;
  private final CharacterSet characterSet;
  private final boolean padSpace;

  protected Collation(int id, String name, CharacterSet characterSet, boolean padSpace) {
    this.id = id;
    this.name = name;
    this.characterSet = characterSet;
    this.padSpace = padSpace;
  }

  /** MySQL's collation id, as on the wire and in SHOW COLLATION. */
  public final int id() {
    return id;
  }

  public final String name() {
    return name;
  }

  public final CharacterSet characterSet() {
    return characterSet;
  }

  /** Whether trailing spaces do not count in comparisons (PAD SPACE). */
  public final boolean isPadSpace() {
    return padSpace;
  }

  /** {@code _bin} collations and {@code binary}. */
  public final boolean isBinary() {
    return name.equals("binary") || name.endsWith("_bin");
  }

  public abstract int compare(Slice a, Slice b);

  /** Equal for strings that compare equal. */
  public abstract int hash(Slice s);

  /** Bytes whose unsigned order is this collation's order; equal exactly for strings that compare equal. */
  public abstract byte[] sortKey(Slice s);

  @Override
  public String toString() {
    return name;
  }
}
