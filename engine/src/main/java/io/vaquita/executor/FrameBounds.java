package io.vaquita.executor;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.WindowFrame;
import org.jspecify.annotations.Nullable;

/**
 * Where the frame of each row of a partition begins and ends. Confined to one operator.
 *
 * <p>RANGE with an offset compares sort keys: the bound of a row is the key {@code its own ± offset}, found by binary search among the
 * partition's keys, which are in order.
 */
final class FrameBounds {
  /** The frame of the row that {@link #move} was called with: {@code start <= row < end}. Empty frames have start = end. */
  int start;

  int end;

  private final @Nullable WindowFrame window;
  private final boolean isOrdered;
  private final @Nullable RangeKeys rangeKeys;
  private @Nullable WindowPartition partition;
  private long startOffset;
  private long endOffset;

  FrameBounds(PhysicalNode.Window node, @Nullable WindowFrame window) {
    this.window = window;
    this.isOrdered = !node.orderBy().isEmpty();
    boolean usesKeys =
        window != null
            && !window.rows()
            && (window.start().offset() != null || window.end().offset() != null);
    this.rangeKeys = usesKeys ? new RangeKeys(node.orderBy().getFirst()) : null;
  }

  void begin(WindowPartition p) {
    partition = p;
    if (rangeKeys != null) {
      rangeKeys.read(p);
    } else if (window != null) {
      p.restore(0);
      startOffset = offset(window.start(), p);
      endOffset = offset(window.end(), p);
    }
  }

  private static long offset(WindowFrame.Bound bound, WindowPartition p) {
    Expression e = bound.offset();
    if (e == null) {
      return 0;
    }
    long offset = e.evaluateLong(p.frame);
    if (p.frame.isNull || offset < 0) {
      throw illegal();
    }
    return offset;
  }

  /** For an offset that is NULL or negative, which a parameter may be. */
  static RuntimeException illegal() {
    return MySqlError.ER_WINDOW_FRAME_ILLEGAL.exception("<unnamed window>");
  }

  void move(int row) {
    WindowPartition p = partition;
    if (p == null) {
      throw new IllegalStateException("no partition");
    }
    int size = p.size();
    if (window == null) {
      start = 0;
      end = isOrdered ? p.groupEnd(p.group(row)) : size;
      return;
    }
    start = bound(window.start(), p, row, startOffset, false);
    end = bound(window.end(), p, row, endOffset, true);
    start = Math.clamp(start, 0, size);
    end = Math.clamp(end, start, size);
  }

  /** The first row of the frame, or the first after it. */
  private int bound(
      WindowFrame.Bound bound, WindowPartition p, int row, long offset, boolean isEnd) {
    boolean rows = window != null && window.rows();
    return switch (bound.kind()) {
      case "UNBOUNDED_PRECEDING" -> 0;
      case "UNBOUNDED_FOLLOWING" -> p.size();
      case "CURRENT_ROW" -> {
        if (rows) {
          yield isEnd ? row + 1 : row;
        }
        yield isEnd ? p.groupEnd(p.group(row)) : p.groupStart(p.group(row));
      }
      case "PRECEDING", "FOLLOWING" -> {
        boolean preceding = bound.kind().equals("PRECEDING");
        if (rows) {
          long at = preceding ? row - offset : row + offset;
          yield (int) Math.clamp(isEnd ? at + 1 : at, -1L, p.size() + 1L);
        }
        if (rangeKeys == null) {
          throw new IllegalStateException("RANGE with an offset without keys");
        }
        yield rangeKeys.find(p, row, bound, preceding, isEnd);
      }
      default -> throw new IllegalArgumentException(bound.kind());
    };
  }
}
