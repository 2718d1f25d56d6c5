package io.vaquita.value;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

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
  private final int sortLength;
  private final boolean padSpace;

  /** Filled when asked for; two threads may both do it, to the same end. */
  private volatile @Nullable AtomicReferenceArray<long[]> asciiMatches;

  protected Collation(
      int id, String name, CharacterSet characterSet, int sortLength, boolean padSpace) {
    this.id = id;
    this.name = name;
    this.characterSet = characterSet;
    this.sortLength = sortLength;
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

  /** Sortlen of SHOW COLLATION. */
  public final int sortLength() {
    return sortLength;
  }

  /** Whether it is what its character set alone stands for. */
  public final boolean isDefault() {
    return name.equals(characterSet.defaultCollation());
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

  /** Appends bytes whose unsigned order is this collation's order; equal exactly for strings that compare equal. */
  public abstract void appendSortKey(Slice s, TextBuffer out);

  /** The bytes of {@link #appendSortKey} in an array of their own. */
  public final byte[] sortKey(Slice s) {
    TextBuffer out = new TextBuffer(s.length() + 8);
    appendSortKey(s, out);
    return out.toBytes();
  }

  /** Whether two characters (code points) match in LIKE, which compares one by one, without expansions. */
  public abstract boolean sameCharacter(int a, int b);

  /** The ASCII characters that {@link #sameCharacter} says match an ASCII character: 128 bits, not to be written. */
  final long[] asciiMatches(int c) {
    AtomicReferenceArray<long[]> known = asciiMatches;
    if (known == null) {
      known = new AtomicReferenceArray<>(128);
      asciiMatches = known;
    }
    long[] matches = known.get(c);
    if (matches == null) {
      matches = new long[2];
      for (int other = 0; other < 128; other++) {
        if (sameCharacter(c, other)) {
          matches[other >> 6] |= 1L << other;
        }
      }
      known.set(c, matches);
    }
    return matches;
  }

  /** By {@link #compare}: equal for GROUP BY, DISTINCT, {@code =}. */
  public boolean equal(Slice a, Slice b) {
    return compare(a, b) == 0;
  }

  @Override
  public String toString() {
    return name;
  }
}
