package io.vaquita.expression.aggregate;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.OrderKey;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import io.vaquita.value.conversion.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GROUP_CONCAT: cut at group_concat_max_len with warning 1260. NULL without values. */
final class GroupConcat extends Accumulator {
  private final Expression[] arguments;
  private final List<OrderKey> orderBy;
  private final Slice separator;
  private final DataType type;
  private final @Nullable DistinctRows distinct;
  private final TextBuffer text = new TextBuffer(64);
  private final List<Item> items = new ArrayList<>();
  private long count;
  private boolean isCut;

  /** A row's text with the values that it is ordered by. */
  private record Item(Slice text, Value[] keys) {}

  GroupConcat(
      List<Expression> arguments,
      boolean distinct,
      List<OrderKey> orderBy,
      String separator,
      DataType type) {
    this.arguments = arguments.toArray(Expression[]::new);
    this.orderBy = orderBy;
    this.separator = Slice.utf8(separator);
    this.type = type;
    this.distinct = distinct ? new DistinctRows(arguments) : null;
  }

  @Override
  public void add(Frame frame) {
    if (isCut || distinct != null && !distinct.add(frame)) {
      return;
    }
    TextBuffer row = new TextBuffer(32);
    for (Expression e : arguments) {
      Slice part = e.evaluateBytes(frame);
      if (part == null) {
        return;
      }
      row.append(part);
    }
    Slice item = row.toSlice();
    if (orderBy.isEmpty()) {
      append(item, frame);
      return;
    }
    Value[] keys = new Value[orderBy.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(orderBy.get(i).expression(), frame);
    }
    items.add(new Item(item, keys));
  }

  /** ENUM and SET are in the order of their members, as ORDER BY has them. */
  private static Value key(Expression e, Frame frame) {
    return switch (e.type().kind()) {
      case ENUM, SET -> {
        long member = e.evaluateLong(frame);
        yield frame.isNull ? Value.NullValue.NULL : Value.of(member);
      }
      default -> e.evaluate(frame);
    };
  }

  private void append(Slice item, Frame frame) {
    if (isCut) {
      return;
    }
    if (count++ > 0) {
      text.append(separator);
    }
    text.append(item);
    long limit = frame.statement.groupConcatMaxLength();
    if (text.length() > limit) {
      isCut = true;
      frame.statement.warn(MySqlError.ER_CUT_VALUE_GROUP_CONCAT, count);
    }
  }

  private int compare(Item a, Item b) {
    for (int i = 0; i < a.keys().length; i++) {
      OrderKey key = orderBy.get(i);
      Collation collation = key.expression().type().collation();
      int c = Values.compare(a.keys()[i], b.keys()[i], collation);
      if (c != 0) {
        return key.descending() ? -c : c;
      }
    }
    return 0;
  }

  @Override
  public Value result(Frame frame) {
    if (!items.isEmpty()) {
      text.clear();
      count = 0;
      isCut = false;
      items.sort(this::compare);
      for (Item item : items) {
        append(item.text(), frame);
      }
    }
    if (count == 0) {
      return Value.NullValue.NULL;
    }
    Slice all = text.toSlice();
    return new Value.StringValue(
        isCut ? cut(all, (int) frame.statement.groupConcatMaxLength()) : all, type.collation());
  }

  /** At most so many bytes, no half character. */
  private Slice cut(Slice all, int bytesMax) {
    int end = Math.min(all.length(), bytesMax);
    if (!type.collation().equals(Collations.BINARY)) {
      while (end > 0 && end < all.length() && (all.byteAt(end) & 0xC0) == 0x80) {
        end--;
      }
    }
    return all.sub(0, end);
  }

  @Override
  public void reset() {
    text.clear();
    items.clear();
    count = 0;
    isCut = false;
    if (distinct != null) {
      distinct.clear();
    }
  }
}
