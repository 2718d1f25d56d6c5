package io.vaquita.value;

/** The collation of byte strings: unsigned byte order. Immutable. */
final class BinaryCollation extends Collation {
  BinaryCollation() {
    super(63, "binary", CharacterSet.BINARY, 1, false);
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
