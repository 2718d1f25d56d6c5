package io.vaquita.value;

import java.util.Arrays;
import java.util.Locale;

/** First version. Immutable. */
final class FoldingCollation extends Collation {
  FoldingCollation(int id, String name, CharacterSet set, int sortLength, boolean padSpace) {
    super(id, name, set, sortLength, padSpace);
  }

  private byte[] folded(Slice s) {
    int end = s.length();
    while (isPadSpace() && end > 0 && s.byteAt(end - 1) == ' ') {
      end--;
    }
    Slice t = s.sub(0, end);
    return isBinary() ? t.toBytes() : Slice.utf8(t.toUtf8().toUpperCase(Locale.ROOT)).toBytes();
  }

  @Override
  public int compare(Slice a, Slice b) {
    return Arrays.compareUnsigned(folded(a), folded(b));
  }

  @Override
  public int hash(Slice s) {
    return Arrays.hashCode(folded(s));
  }

  @Override
  public void appendSortKey(Slice s, TextBuffer out) {
    byte[] key = folded(s);
    out.append(key, 0, key.length);
  }

  @Override
  public boolean sameCharacter(int a, int b) {
    return a == b || !isBinary() && Character.toUpperCase(a) == Character.toUpperCase(b);
  }
}
