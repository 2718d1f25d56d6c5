package io.vaquita.executor;

import io.vaquita.codec.KeyEncoder;
import io.vaquita.executor.HandlerRequest.Direction;
import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.table.IndexScan;
import io.vaquita.table.KeyRange;
import io.vaquita.table.RowFilter;
import io.vaquita.table.TableAccessor;
import io.vaquita.table.TableIndex;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rows of one HANDLER … READ, from its cursor on; the cursor follows. Confined to the statement's thread. */
final class HandlerOperator extends Operator {
  private final HandlerRequest request;
  private final TableIndex index;
  private final IndexScan scan;
  private final int slot;
  private long skip;
  private long left;
  private boolean done;

  HandlerOperator(Execution execution, PhysicalNode.TableAccess node, HandlerRequest request) {
    super(execution);
    TableAccessor table = execution.context.tables().accessor(node.table());
    this.request = request;
    this.slot = node.slot();
    this.index =
        request.index() == HandlerCursor.NATURAL ? table.clustered() : table.index(request.index());
    this.scan =
        new IndexScan(
            table,
            index,
            node.table().temporary()
                ? execution.transaction.currentView()
                : execution.transaction.consistentView(),
            false,
            RowFilter.ALL);
  }

  @Override
  void open() {
    skip = request.offset();
    left = request.count();
    done = left == 0;
    if (!done) {
      KeyRange range = range();
      done = range == null;
      if (range != null) {
        scan.open(range, request.direction().isBackward());
      }
    }
  }

  /** The entries to go through; null when there are none. Leaves the cursor where a search without result leaves it. */
  private @Nullable KeyRange range() {
    HandlerCursor cursor = request.cursor();
    Direction direction = request.direction();
    if (direction == Direction.NEXT && !cursor.isIn(request.index())) {
      direction = Direction.FIRST;
    } else if (direction == Direction.PREV && !cursor.isIn(request.index())) {
      direction = Direction.LAST;
    }
    byte[] place = cursor.key();
    return switch (direction) {
      case FIRST, LAST -> KeyRange.ALL;
      case NEXT -> place == null ? null : between(place.length == 0 ? place : behind(place), null);
      case PREV -> place == null ? KeyRange.ALL : place.length == 0 ? null : between(START, place);
      case EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> compared(direction);
    };
  }

  private static final byte[] START = {};

  private static KeyRange between(byte[] from, byte @Nullable [] to) {
    return new KeyRange(from, to, false, false, null);
  }

  /** The least key above one. */
  private static byte[] behind(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  private @Nullable KeyRange compared(Direction direction) {
    TextBuffer buffer = new TextBuffer(64);
    KeyEncoder encoder = index.parts();
    KeyValue.Fit fit = KeyValue.Fit.EXACT;
    for (int i = 0; i < request.values().size() && fit == KeyValue.Fit.EXACT; i++) {
      Expression value = request.values().get(i);
      KeyValue v = KeyValue.of(value, encoder.part(i).type(), frame);
      fit = v.fit();
      switch (v.fit()) {
        case EXACT, BETWEEN -> encoder.append(buffer, i, v.value());
        case NULL -> {
          if (encoder.part(i).nullable()) {
            encoder.append(buffer, i, Value.NullValue.NULL);
            fit = KeyValue.Fit.EXACT;
          } else {
            fit = KeyValue.Fit.BELOW_ALL;
          }
        }
        case BELOW_ALL, ABOVE_ALL -> {}
      }
    }
    byte[] prefix = buffer.toBytes();
    byte[] after = KeyEncoder.afterPrefix(prefix);
    // a value that the column cannot hold stands between the keys, or at an end of those that begin
    // alike
    byte[] from = fit == KeyValue.Fit.BETWEEN || fit == KeyValue.Fit.ABOVE_ALL ? after : prefix;
    byte[] to = fit == KeyValue.Fit.BELOW_ALL ? prefix : after;
    boolean exact = fit == KeyValue.Fit.EXACT;
    if (from != null) {
      request.cursor().at(request.index(), from);
    }
    return switch (direction) {
      case EQUAL -> exact ? between(prefix, after) : null;
      case GREATER -> exact ? from(after) : from(from);
      case GREATER_OR_EQUAL -> from(from);
      case LESS -> upTo(exact ? prefix : from == null ? after : from);
      case LESS_OR_EQUAL -> upTo(exact ? to : from == null ? after : from);
      case FIRST, NEXT, PREV, LAST -> throw new IllegalStateException("compares nothing");
    };
  }

  private static @Nullable KeyRange from(byte @Nullable [] from) {
    return from == null ? null : between(from, null);
  }

  private static KeyRange upTo(byte @Nullable [] to) {
    return between(START, to);
  }

  @Override
  boolean next() {
    HandlerCursor cursor = request.cursor();
    while (!done && left > 0) {
      execution.countRow();
      if (!scan.next()) {
        done = true;
        if (request.direction().isBackward()) {
          cursor.beforeFirst(request.index());
        } else if (request.direction() != Direction.EQUAL) {
          cursor.behindLast(request.index());
        }
        return false;
      }
      frame.rows[slot] = scan.row();
      cursor.at(request.index(), scan.entryKey());
      Expression condition = request.condition();
      if (condition == null || condition.evaluateBoolean(frame)) {
        if (skip == 0) {
          left--;
          return true;
        }
        skip--;
      }
    }
    return false;
  }

  @Override
  void close() {
    done = true;
  }
}
