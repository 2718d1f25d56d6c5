package io.vaquita.protocol;

/** A parameter's or column's value in the binary protocol. Immutable. */
public sealed interface WireValue {
  enum Null implements WireValue {
    NULL
  }

  record IntegerValue(long value, boolean unsigned) implements WireValue {}

  /**
   * @param isSingle sent as four bytes
   */
  record FloatingValue(double value, boolean isSingle) implements WireValue {}

  /**
   * Everything that travels as a string.
   *
   * @param type see {@link WireType}: tells decimals, blobs and character strings apart
   */
  record BytesValue(int type, ByteRange range) implements WireValue {
    public BytesValue(int type, byte[] bytes) {
      this(type, ByteRange.of(bytes));
    }

    /** The bytes alone in their array. */
    public byte[] bytes() {
      return range.toBytes();
    }
  }

  /**
   * @param type {@link WireType#DATE}, {@link WireType#DATETIME} or {@link WireType#TIMESTAMP}
   * @param hasMicros sent in its long form
   */
  record DateTimeValue(
      int type,
      int year,
      int month,
      int day,
      int hour,
      int minute,
      int second,
      int micros,
      boolean hasMicros)
      implements WireValue {}

  record TimeValue(
      boolean isNegative,
      long days,
      int hour,
      int minute,
      int second,
      int micros,
      boolean hasMicros)
      implements WireValue {}

  /** Reads a value that is not NULL. */
  static WireValue read(PayloadReader in, int type, boolean unsigned) {
    return switch (type) {
      case WireType.NULL -> Null.NULL;
      case WireType.TINY, WireType.BOOL -> {
        int b = in.int1();
        yield new IntegerValue(unsigned ? b : (byte) b, unsigned);
      }
      case WireType.SHORT, WireType.YEAR -> {
        int s = in.int2();
        yield new IntegerValue(unsigned ? s : (short) s, unsigned);
      }
      case WireType.LONG, WireType.INT24 -> {
        int i = in.int4();
        yield new IntegerValue(unsigned ? i & 0xFFFFFFFFL : i, unsigned);
      }
      case WireType.LONGLONG -> new IntegerValue(in.int8(), unsigned);
      case WireType.FLOAT -> new FloatingValue(Float.intBitsToFloat(in.int4()), true);
      case WireType.DOUBLE -> new FloatingValue(Double.longBitsToDouble(in.int8()), false);
      case WireType.DATE, WireType.NEWDATE, WireType.DATETIME, WireType.TIMESTAMP ->
          readDateTime(in, type);
      case WireType.TIME -> readTime(in);
      default -> new BytesValue(type, in.range(in.length()));
    };
  }

  private static WireValue readDateTime(PayloadReader in, int type) {
    int length = in.int1();
    if (length != 0 && length != 4 && length != 7 && length != 11) {
      throw ProtocolError.MALFORMED_PACKET.exception("a date of " + length + " bytes");
    }
    if (length == 0) {
      return new DateTimeValue(type, 0, 0, 0, 0, 0, 0, 0, false);
    }
    int year = in.int2();
    int month = in.int1();
    int day = in.int1();
    int hour = length >= 7 ? in.int1() : 0;
    int minute = length >= 7 ? in.int1() : 0;
    int second = length >= 7 ? in.int1() : 0;
    int micros = length == 11 ? in.int4() : 0;
    return new DateTimeValue(type, year, month, day, hour, minute, second, micros, length == 11);
  }

  private static WireValue readTime(PayloadReader in) {
    int length = in.int1();
    if (length != 0 && length != 8 && length != 12) {
      throw ProtocolError.MALFORMED_PACKET.exception("a time of " + length + " bytes");
    }
    if (length == 0) {
      return new TimeValue(false, 0, 0, 0, 0, 0, false);
    }
    boolean isNegative = in.int1() != 0;
    long days = in.int4() & 0xFFFFFFFFL;
    int hour = in.int1();
    int minute = in.int1();
    int second = in.int1();
    int micros = length == 12 ? in.int4() : 0;
    return new TimeValue(isNegative, days, hour, minute, second, micros, length == 12);
  }

  /** The type code that a value is sent with as a parameter. */
  static int typeOf(WireValue value) {
    return switch (value) {
      case Null ignored -> WireType.NULL;
      case IntegerValue ignored -> WireType.LONGLONG;
      case FloatingValue f -> f.isSingle() ? WireType.FLOAT : WireType.DOUBLE;
      case BytesValue b -> b.type();
      case DateTimeValue d -> d.type();
      case TimeValue ignored -> WireType.TIME;
    };
  }

  /** Writes a value that is not NULL as {@link #typeOf} says. */
  static void write(PacketWriter out, WireValue value) {
    switch (value) {
      case Null ignored -> {}
      case IntegerValue i -> out.int8(i.value());
      case FloatingValue f -> {
        if (f.isSingle()) {
          out.int4(Float.floatToRawIntBits((float) f.value()));
        } else {
          out.int8(Double.doubleToRawLongBits(f.value()));
        }
      }
      case BytesValue b ->
          out.lenencInPlace(b.range().array(), b.range().offset(), b.range().length());
      case DateTimeValue d ->
          BinaryRow.dateTime(
              out,
              d.type() == WireType.DATE,
              d.year(),
              d.month(),
              d.day(),
              d.hour(),
              d.minute(),
              d.second(),
              d.micros());
      case TimeValue t ->
          BinaryRow.time(
              out, t.isNegative(), t.days() * 24 + t.hour(), t.minute(), t.second(), t.micros());
    }
  }
}
