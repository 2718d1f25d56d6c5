package io.vaquita.expression.aggregate;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import java.util.Arrays;

/** BIT_AND, BIT_OR and BIT_XOR over numbers or byte strings. Never NULL: without values all ones, or zero. */
final class Bits {
  private Bits() {}

  static final class OfLongs extends Accumulator {
    private final String function;
    private final Expression argument;
    private long bits;

    OfLongs(String function, Expression argument) {
      this.function = function;
      this.argument = argument;
      this.bits = function.equals("BIT_AND") ? -1 : 0;
    }

    @Override
    public void add(Frame frame) {
      long v = argument.evaluateLong(frame);
      if (frame.isNull) {
        return;
      }
      bits =
          switch (function) {
            case "BIT_AND" -> bits & v;
            case "BIT_OR" -> bits | v;
            default -> bits ^ v;
          };
    }

    @Override
    public Value result(Frame frame) {
      return Value.ofUnsigned(bits);
    }

    @Override
    public void reset() {
      bits = function.equals("BIT_AND") ? -1 : 0;
    }
  }

  static final class OfBytes extends Accumulator {
    private final String function;
    private final Expression argument;
    private final DataType type;
    private byte[] bits = new byte[0];
    private boolean any;

    OfBytes(String function, Expression argument, DataType type) {
      this.function = function;
      this.argument = argument;
      this.type = type;
    }

    @Override
    public void add(Frame frame) {
      Slice v = argument.evaluateBytes(frame);
      if (v == null) {
        return;
      }
      if (!any) {
        any = true;
        bits = v.toBytes();
        return;
      }
      if (v.length() != bits.length) {
        throw MySqlError.ER_INVALID_BITWISE_AGGREGATE_OPERANDS_SIZE.exception();
      }
      for (int i = 0; i < bits.length; i++) {
        bits[i] =
            (byte)
                switch (function) {
                  case "BIT_AND" -> bits[i] & v.byteAt(i);
                  case "BIT_OR" -> bits[i] | v.byteAt(i);
                  default -> bits[i] ^ v.byteAt(i);
                };
      }
    }

    @Override
    public Value result(Frame frame) {
      byte[] result = bits.clone();
      if (!any) {
        result = new byte[(int) type.length()];
        Arrays.fill(result, (byte) (function.equals("BIT_AND") ? 0xFF : 0));
      }
      return new Value.StringValue(Slice.of(result), Collations.BINARY);
    }

    @Override
    public void reset() {
      any = false;
      bits = new byte[0];
    }
  }
}
