package io.vaquita.value;

import org.jspecify.annotations.Nullable;

/** The labels of an ENUM or SET, ready to be found and printed. Immutable, thread-safe. */
public final class MemberLabels {
  private static final Slice COMMA = Slice.utf8(",");

  private final Collation collation;
  private final Slice[] labels;

  public MemberLabels(DataType type) {
    this.collation = type.collation();
    this.labels = new Slice[type.members().size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Slice.utf8(type.members().get(i));
    }
  }

  public int count() {
    return labels.length;
  }

  /** The label of an ENUM's index, the empty string for 0. */
  public Slice label(long index) {
    return index < 1 || index > labels.length ? Slice.EMPTY : labels[(int) index - 1];
  }

  /** The index of the label that equals {@code text}, trailing spaces ignored; 0 when there is none. */
  public int indexOf(Slice text) {
    Slice t = trim(text);
    for (int i = 0; i < labels.length; i++) {
      if (collation.equal(labels[i], t)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static Slice trim(Slice s) {
    int end = s.length();
    while (end > 0 && s.byteAt(end - 1) == ' ') {
      end--;
    }
    return end == s.length() ? s : s.sub(0, end);
  }

  /** The labels of a SET's bits, divided by commas. */
  public void appendSet(TextBuffer out, long bits) {
    boolean first = true;
    for (int i = 0; i < labels.length; i++) {
      if ((bits & 1L << i) != 0) {
        if (!first) {
          out.append(COMMA);
        }
        out.append(labels[i]);
        first = false;
      }
    }
  }

  public Slice setText(long bits) {
    if (bits == 0) {
      return Slice.EMPTY;
    }
    TextBuffer out = new TextBuffer(32);
    appendSet(out, bits);
    return out.toSlice();
  }

  /** The bits of labels divided by commas; null when one of them is no member, whose others {@code known} then gets. */
  public @Nullable Long bitsOf(Slice text, long[] known) {
    long bits = 0;
    boolean unknown = false;
    int start = 0;
    int length = trim(text).length();
    for (int i = 0; i <= length && length > 0; i++) {
      if (i == length || text.byteAt(i) == ',') {
        int index = indexOf(text.sub(start, i));
        if (index == 0) {
          unknown = true;
        } else {
          bits |= 1L << index - 1;
        }
        start = i + 1;
      }
    }
    known[0] = bits;
    return unknown ? null : Long.valueOf(bits);
  }

  /** All bits that are members. */
  public long mask() {
    return labels.length >= 64 ? -1L : (1L << labels.length) - 1;
  }
}
