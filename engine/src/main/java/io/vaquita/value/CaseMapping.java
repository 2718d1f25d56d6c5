package io.vaquita.value;

/** LOWER and UPPER: character by character, as MySQL maps case, so that the number of characters stays. Stateless. */
public final class CaseMapping {
  private CaseMapping() {}

  /** Byte strings stay as they are; the caller passes only character strings. */
  public static Slice lower(Slice utf8) {
    return map(utf8, false);
  }

  public static Slice upper(Slice utf8) {
    return map(utf8, true);
  }

  private static Slice map(Slice utf8, boolean upper) {
    byte[] array = utf8.array();
    int i = utf8.offset();
    int end = i + utf8.length();
    byte first = (byte) (upper ? 'a' : 'A');
    while (i < end && array[i] >= 0 && (array[i] < first || array[i] > first + 25)) {
      i++;
    }
    if (i == end) {
      return utf8;
    }
    TextBuffer out = new TextBuffer(utf8.length() + 4);
    out.append(array, utf8.offset(), i - utf8.offset());
    while (i < end) {
      byte b = array[i];
      if (b >= 0) {
        out.append(b >= first && b <= first + 25 ? (byte) (b ^ 0x20) : b);
        i++;
        continue;
      }
      int c = Utf8.codePoint(array, i, end);
      if (c < 0) {
        out.append(b);
        i++;
      } else {
        Utf8.append(out, upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
        i += Utf8.width(b);
      }
    }
    return out.toSlice();
  }
}
