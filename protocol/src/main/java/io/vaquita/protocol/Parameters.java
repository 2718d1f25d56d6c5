package io.vaquita.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameter block of COM_STMT_EXECUTE and of query attributes: NULL bitmap, types, values. Immutable.
 *
 * @param names empty strings without query attributes
 * @param types type code and, in bit 15, unsigned; kept for the next execution, which may leave them out
 */
public record Parameters(List<String> names, int[] types, List<WireValue> values) {
  public static final Parameters NONE = new Parameters(List.of(), new int[0], List.of());

  static final int UNSIGNED = 0x8000;

  /** MySQL counts parameters with 16 bits. */
  public static final int COUNT_MAX = 65535;

  /**
   * Reads the block from its NULL bitmap on.
   *
   * @param previousTypes of the statement's last execution, or null
   * @param sentBefore parameters that came by COM_STMT_SEND_LONG_DATA and have no value here; theirs reads as NULL
   */
  static Parameters read(
      PayloadReader in,
      int count,
      boolean hasNames,
      int @Nullable [] previousTypes,
      BitSet sentBefore) {
    byte[] nulls = in.bytes((count + 7) / 8);
    List<String> names = new ArrayList<>();
    int[] types;
    boolean hasTypes = in.int1() == 1;
    if (hasTypes) {
      types = new int[count];
      for (int i = 0; i < count; i++) {
        types[i] = in.int2();
        names.add(hasNames ? in.lenencString() : "");
      }
    } else if (previousTypes != null && previousTypes.length == count) {
      types = previousTypes;
    } else {
      // Connector/J leaves the types out as long as all parameters have been NULL
      types = new int[count];
      Arrays.fill(types, WireType.NULL);
    }
    List<WireValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean isNull = (nulls[i / 8] & 1 << i % 8) != 0;
      if (!hasTypes && !isNull && types[i] == WireType.NULL) {
        throw ProtocolError.WRONG_ARGUMENTS.exception("a value whose type was never sent");
      }
      values.add(
          isNull || sentBefore.get(i)
              ? WireValue.Null.NULL
              : WireValue.read(in, types[i] & 0xFF, (types[i] & UNSIGNED) != 0));
    }
    return new Parameters(names, types, values);
  }

  /** Writes NULL bitmap, types (with names where {@code hasNames}) and values. */
  static void write(PacketWriter out, List<WireValue> values, @Nullable List<String> names) {
    int mark = out.mark();
    out.zeros((values.size() + 7) / 8);
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) == WireValue.Null.NULL) {
        out.or(mark + i / 8, 1 << i % 8);
      }
    }
    out.int1(1);
    for (int i = 0; i < values.size(); i++) {
      boolean unsigned = values.get(i) instanceof WireValue.IntegerValue v && v.unsigned();
      out.int2(WireValue.typeOf(values.get(i)) | (unsigned ? UNSIGNED : 0));
      if (names != null) {
        out.lenencString(names.get(i));
      }
    }
    for (WireValue value : values) {
      WireValue.write(out, value);
    }
  }
}
