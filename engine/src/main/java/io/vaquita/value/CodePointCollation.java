package io.vaquita.value;

/** {@code utf8mb4_0900_bin}: code point order, which is the byte order of UTF-8, without padding. Immutable. */
final class CodePointCollation extends Collation {
  CodePointCollation(int id, String name, CharacterSet set, int sortLength) {
    super(id, name, set, sortLength, false);
  }

  @Override
  public int compare(Slice a, Slice b) {
    return a.compareBytes(b);
  }

  @Override
  public int hash(Slice s) {
    return s.hashCode();
  }

  @Override
  public void appendSortKey(Slice s, TextBuffer out) {
    out.append(s);
  }

  @Override
  public boolean sameCharacter(int a, int b) {
    return a == b;
  }
}
