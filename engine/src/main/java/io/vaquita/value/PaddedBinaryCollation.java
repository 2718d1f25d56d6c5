package io.vaquita.value;

/** A {@code _bin} collation of characters: code point order, where spaces at the end do not count. Immutable. */
final class PaddedBinaryCollation extends Collation {
  PaddedBinaryCollation(int id, String name, CharacterSet set, int sortLength) {
    super(id, name, set, sortLength, true);
  }

  @Override
  public int compare(Slice a, Slice b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      int order = (a.byteAt(i) & 0xff) - (b.byteAt(i) & 0xff);
      if (order != 0) {
        return order;
      }
    }
    return a.length() >= b.length() ? compareRest(a, n) : -compareRest(b, n);
  }

  /** The rest of a string against spaces. */
  private static int compareRest(Slice s, int from) {
    for (int i = from; i < s.length(); i++) {
      if (s.byteAt(i) != ' ') {
        return (s.byteAt(i) & 0xff) < ' ' ? -1 : 1;
      }
    }
    return 0;
  }

  private static int trimmedLength(Slice s) {
    int end = s.length();
    while (end > 0 && s.byteAt(end - 1) == ' ') {
      end--;
    }
    return end;
  }

  @Override
  public int hash(Slice s) {
    return s.sub(0, trimmedLength(s)).hashCode();
  }

  /** Bytes as they are, runs of spaces as {@link SortKeyWriter} says. */
  @Override
  public void appendSortKey(Slice s, TextBuffer out) {
    int end = trimmedLength(s);
    int run = 0;
    for (int i = 0; i < end; i++) {
      byte b = s.byteAt(i);
      if (b == ' ') {
        run++;
        continue;
      }
      if (run > 0) {
        appendRun(out, run, b >= 0 && b < ' ');
        run = 0;
      }
      out.append(b);
    }
    out.append((byte) ' ');
    out.append((byte) 128);
  }

  private static void appendRun(TextBuffer out, int run, boolean smallerFollows) {
    out.append((byte) ' ');
    int n = Math.min(run, 100);
    out.append((byte) (smallerFollows ? n : 255 - n));
    if (n == 100) {
      int count = smallerFollows ? run : ~run;
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.append((byte) (count >>> shift));
      }
    }
  }

  @Override
  public boolean sameCharacter(int a, int b) {
    return a == b;
  }
}
