package io.vaquita.executor;

import io.vaquita.codec.KeyEncoder;
import io.vaquita.codec.KeyPart;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.planner.physical.AccessPath;
import io.vaquita.table.KeyRange;
import io.vaquita.table.TableIndex;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the ranges of an access path into key bytes with the outer values of the moment. Confined to one operator. */
final class KeyRanges {
  private static final byte NOT_NULL = 1;

  private final TableIndex index;
  private final KeyEncoder encoder;
  private final Frame frame;
  private final TextBuffer buffer = new TextBuffer(64);

  KeyRanges(TableIndex index, Frame frame) {
    this.index = index;
    this.encoder = index.parts();
    this.frame = frame;
  }

  /** The whole key of a unique lookup, or null when no row can have it. */
  byte @Nullable [] key(List<Expression> parts) {
    buffer.clear();
    for (int i = 0; i < parts.size(); i++) {
      KeyValue v = KeyValue.of(parts.get(i), encoder.part(i).type(), frame);
      if (v.fit() != KeyValue.Fit.EXACT) {
        return null;
      }
      encoder.append(buffer, i, v.value());
    }
    return buffer.toBytes();
  }

  /** In key order, without overlaps. */
  List<KeyRange> ranges(List<AccessPath.Range> ranges) {
    List<KeyRange> result = new ArrayList<>(ranges.size());
    for (AccessPath.Range range : ranges) {
      KeyRange bytes = range(range);
      if (bytes != null) {
        result.add(bytes);
      }
    }
    return result.size() > 1 ? merge(result) : result;
  }

  private @Nullable KeyRange range(AccessPath.Range range) {
    buffer.clear();
    int parts = range.prefix().size();
    boolean hasNull = false;
    for (int i = 0; i < parts; i++) {
      KeyValue v = KeyValue.of(range.prefix().get(i), encoder.part(i).type(), frame);
      switch (v.fit()) {
        case EXACT -> encoder.append(buffer, i, v.value());
        case NULL -> {
          if (!range.nullSafe().get(i) || !encoder.part(i).nullable()) {
            return null;
          }
          hasNull = true;
          encoder.append(buffer, i, Value.NullValue.NULL);
        }
        case BETWEEN, BELOW_ALL, ABOVE_ALL -> {
          return null;
        }
      }
    }
    byte[] prefix = buffer.toBytes();
    if (range.low() != null || range.high() != null) {
      return bounded(range, prefix, parts);
    }
    boolean isPoint =
        parts == encoder.partCount() && index.definition().unique() && !hasNull && parts > 0;
    return new KeyRange(
        prefix, KeyEncoder.afterPrefix(prefix), true, isPoint, isPoint ? prefix : null);
  }

  /** A bound in value order, as key bytes: entries from it on (or before it), or null where there is no bound. */
  private record Bound(byte @Nullable [] key, boolean inclusive, boolean isEmpty, boolean isExact) {
    static final Bound NONE = new Bound(null, true, false, false);
    static final Bound EMPTY = new Bound(null, true, true, false);
  }

  private @Nullable KeyRange bounded(AccessPath.Range range, byte[] prefix, int number) {
    Bound low = bound(range.low(), range.lowInclusive(), true, prefix, number);
    Bound high = bound(range.high(), range.highInclusive(), false, prefix, number);
    if (low.isEmpty || high.isEmpty) {
      return null;
    }
    KeyPart part = encoder.part(number);
    Bound first = part.descending() ? high : low;
    Bound last = part.descending() ? low : high;
    byte[] from = first.key;
    if (from == null) {
      from = part.nullable() && !part.descending() ? append(prefix, NOT_NULL) : prefix;
    } else if (!first.inclusive) {
      from = KeyEncoder.afterPrefix(from);
      if (from == null) {
        return null;
      }
    }
    byte[] to = last.key;
    if (to == null) {
      byte[] end = part.nullable() && part.descending() ? append(prefix, (byte) ~NOT_NULL) : prefix;
      to = end.length == 0 ? null : KeyEncoder.afterPrefix(end);
    } else if (last.inclusive) {
      to = KeyEncoder.afterPrefix(to);
    }
    if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
      return null;
    }
    boolean isWholeKey = number + 1 == encoder.partCount() && index.definition().unique();
    boolean startsAtKey = isWholeKey && first.key != null && first.inclusive && first.isExact;
    boolean endsWithKey = isWholeKey && last.key != null && last.inclusive && last.isExact;
    return new KeyRange(from, to, false, startsAtKey, endsWithKey ? last.key : null);
  }

  private Bound bound(
      @Nullable Expression e, boolean inclusive, boolean isLow, byte[] prefix, int number) {
    if (e == null) {
      return Bound.NONE;
    }
    KeyPart part = encoder.part(number);
    KeyValue v = KeyValue.of(e, part.type(), frame);
    boolean included = inclusive || part.prefixLength() > 0;
    return switch (v.fit()) {
      case NULL -> Bound.EMPTY;
      case BELOW_ALL -> isLow ? Bound.NONE : Bound.EMPTY;
      case ABOVE_ALL -> isLow ? Bound.EMPTY : Bound.NONE;
      case EXACT -> new Bound(key(prefix, number, v.value()), included, false, true);
      // Just above v: "greater" begins after v, "less" includes v.
      case BETWEEN -> new Bound(key(prefix, number, v.value()), !isLow, false, false);
    };
  }

  private byte[] key(byte[] prefix, int number, Value value) {
    buffer.clear();
    buffer.append(prefix, 0, prefix.length);
    encoder.append(buffer, number, value);
    return buffer.toBytes();
  }

  private static byte[] append(byte[] prefix, byte b) {
    byte[] longer = Arrays.copyOf(prefix, prefix.length + 1);
    longer[prefix.length] = b;
    return longer;
  }

  private static List<KeyRange> merge(List<KeyRange> ranges) {
    ranges.sort((a, b) -> Arrays.compareUnsigned(a.from(), b.from()));
    List<KeyRange> merged = new ArrayList<>(ranges.size());
    KeyRange open = ranges.getFirst();
    for (KeyRange next : ranges.subList(1, ranges.size())) {
      byte[] end = open.to();
      if (end == null) {
        break;
      }
      if (Arrays.compareUnsigned(next.from(), end) >= 0) {
        merged.add(open);
        open = next;
      } else if (!Arrays.equals(next.from(), open.from()) || !Arrays.equals(next.to(), end)) {
        byte[] nextEnd = next.to();
        boolean longer = nextEnd == null || Arrays.compareUnsigned(nextEnd, end) > 0;
        open =
            new KeyRange(
                open.from(),
                longer ? nextEnd : end,
                false,
                open.startsAtKey(),
                longer ? next.last() : open.last());
      }
    }
    merged.add(open);
    return merged;
  }
}
