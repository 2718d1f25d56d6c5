package io.vaquita.protocol;

import java.util.ArrayList;
import java.util.List;

/** Rows of prepared statements: a NULL bitmap and values in their types' own forms. Stateless. */
public final class BinaryRow {
  /** The first two bits of a row's NULL bitmap are reserved. */
  private static final int BIT_OFFSET = 2;

  private BinaryRow() {}

  /**
   * Writes the row's header and an empty NULL bitmap; values follow, those that are NULL by {@link #setNull} alone.
   *
   * @return where the bitmap is
   */
  public static int begin(PacketWriter out, int columnCount) {
    out.int1(0);
    int mark = out.mark();
    out.zeros((columnCount + 7 + BIT_OFFSET) / 8);
    return mark;
  }

  public static void setNull(PacketWriter out, int mark, int column) {
    int bit = column + BIT_OFFSET;
    out.or(mark + bit / 8, 1 << bit % 8);
  }

  /** A date (without its time) or a datetime, in its shortest form. */
  public static void dateTime(
      PacketWriter out,
      boolean isDate,
      int year,
      int month,
      int day,
      int hour,
      int minute,
      int second,
      int micros) {
    boolean hasTime = !isDate && (hour | minute | second | micros) != 0;
    if (!hasTime && (year | month | day) == 0) {
      out.int1(0);
      return;
    }
    boolean hasMicros = hasTime && micros != 0;
    out.int1(hasMicros ? 11 : hasTime ? 7 : 4).int2(year).int1(month).int1(day);
    if (hasTime) {
      out.int1(hour).int1(minute).int1(second);
    }
    if (hasMicros) {
      out.int4(micros);
    }
  }

  /** A time in its shortest form; hours beyond 23 travel as days. */
  public static void time(
      PacketWriter out, boolean isNegative, long hours, int minute, int second, int micros) {
    if (hours == 0 && (minute | second | micros) == 0) {
      out.int1(0);
      return;
    }
    out.int1(micros == 0 ? 8 : 12).int1(isNegative ? 1 : 0).int4(hours / 24);
    out.int1((int) (hours % 24)).int1(minute).int1(second);
    if (micros != 0) {
      out.int4(micros);
    }
  }

  /** Reads a row as a client does. */
  public static List<WireValue> read(PayloadReader in, List<ColumnDefinition> columns) {
    in.skip(1);
    byte[] nulls = in.bytes((columns.size() + 7 + BIT_OFFSET) / 8);
    List<WireValue> values = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      int bit = i + BIT_OFFSET;
      ColumnDefinition column = columns.get(i);
      boolean unsigned = (column.flags() & ColumnFlag.UNSIGNED) != 0;
      values.add(
          (nulls[bit / 8] & 1 << bit % 8) != 0
              ? WireValue.Null.NULL
              : WireValue.read(in, column.type(), unsigned));
    }
    return values;
  }
}
