package io.vaquita.expression.operator;

import io.vaquita.expression.Frame;
import io.vaquita.value.Collation;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind.Domain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a constant IN list, hashed in the domain in which they compare. Made once a statement, then only read; open addressing
 * over long bits or slices, so that a lookup allocates nothing.
 */
final class ConstantSet {
  private final int mask;
  private final long[] bits;
  private final boolean[] used;
  private final @Nullable Slice[] texts;
  private boolean hasNull;

  private ConstantSet(int capacity, boolean ofTexts) {
    mask = capacity - 1;
    bits = new long[capacity];
    used = new boolean[capacity];
    texts = new Slice[ofTexts ? capacity : 0];
  }

  static boolean canHold(Comparison by) {
    return switch (by.domain()) {
      case INTEGER -> !(by instanceof Comparisons.OfMixedSigns);
      case DOUBLE, TEMPORAL, STRING -> true;
      default -> false;
    };
  }

  static ConstantSet of(Comparison by, List<Condition> comparisons, Frame frame) {
    int capacity = Integer.highestOneBit(comparisons.size() * 2) * 2;
    ConstantSet set = new ConstantSet(capacity, by.domain() == Domain.STRING);
    for (Condition condition : comparisons) {
      Comparison c = (Comparison) condition;
      if (c.domain() == Domain.STRING) {
        Slice text = c.right().evaluateBytes(frame);
        if (text != null) {
          set.add(text, c.collation());
        }
      } else {
        long v = key(c, c.right(), frame);
        if (!frame.isNull) {
          set.add(v);
        }
      }
      set.hasNull |= frame.isNull;
    }
    return set;
  }

  private static long key(Comparison by, io.vaquita.expression.Expression e, Frame frame) {
    return switch (by.domain()) {
      case DOUBLE -> {
        double d = e.evaluateDouble(frame);
        yield Double.doubleToLongBits(d == 0 ? 0.0 : d);
      }
      case TEMPORAL -> e.evaluateTemporal(frame, ((Comparisons.OfTemporals) by).kind());
      default -> e.evaluateLong(frame);
    };
  }

  boolean hasNull() {
    return hasNull;
  }

  /** Evaluates the operand; sets {@link Frame#isNull} by it. */
  boolean contains(Comparison by, Frame frame) {
    if (by.domain() == Domain.STRING) {
      Slice text = by.left().evaluateBytes(frame);
      return text != null && contains(text, by.collation());
    }
    long v = key(by, by.left(), frame);
    if (frame.isNull) {
      return false;
    }
    for (int i = spread(v) & mask; used[i]; i = i + 1 & mask) {
      if (bits[i] == v) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(Slice text, Collation collation) {
    int hash = collation.hash(text);
    for (int i = spread(hash) & mask; used[i]; i = i + 1 & mask) {
      Slice other = texts[i];
      if (bits[i] == hash && other != null && collation.compare(other, text) == 0) {
        return true;
      }
    }
    return false;
  }

  private void add(long v) {
    int i = spread(v) & mask;
    while (used[i]) {
      i = i + 1 & mask;
    }
    used[i] = true;
    bits[i] = v;
  }

  private void add(Slice text, Collation collation) {
    int hash = collation.hash(text);
    int i = spread(hash) & mask;
    while (used[i]) {
      i = i + 1 & mask;
    }
    used[i] = true;
    bits[i] = hash;
    texts[i] = text;
  }

  private static int spread(long v) {
    long h = v * 0x9E3779B97F4A7C15L;
    return (int) (h >>> 32);
  }
}
