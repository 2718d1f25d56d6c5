package io.vaquita.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the fields of one packet's payload; every read is checked against the payload's end and throws {@link ProtocolException}
 * 1835 beyond it. A view of somebody else's array: valid until the next packet is read. Confined to its connection; reusable.
 */
public final class PayloadReader {
  /** What {@link #lenencOrNull} returns for the NULL mark 0xFB of text rows. */
  public static final long NULL_LENGTH = -1;

  private static final byte[] NONE = new byte[0];

  private byte[] array;
  private int begin;
  private int position;
  private int end;
  private boolean isShared;

  public PayloadReader(byte[] array, int offset, int length) {
    this.array = array;
    this.begin = offset;
    this.position = offset;
    this.end = offset + length;
  }

  public PayloadReader(byte[] array) {
    this(array, 0, array.length);
  }

  /** Starts on another payload. */
  public PayloadReader reset(byte[] newArray, int offset, int length) {
    array = newArray;
    begin = offset;
    position = offset;
    isShared = false;
    end = offset + length;
    return this;
  }

  public byte[] array() {
    return array;
  }

  /** Where in {@link #array} the next field is. */
  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  public boolean hasRemaining() {
    return position < end;
  }

  private int take(int count) {
    int at = position;
    if (count < 0 || count > end - at) {
      throw ProtocolError.MALFORMED_PACKET.exception(
          "a field of " + count + " bytes where " + (end - at) + " are left");
    }
    position = at + count;
    return at;
  }

  public void skip(int count) {
    take(count);
  }

  /** The next byte without taking it. */
  public int peek() {
    take(1);
    return array[--position] & 0xFF;
  }

  public int int1() {
    return array[take(1)] & 0xFF;
  }

  public int int2() {
    int at = take(2);
    return LittleEndian.int2(array, at);
  }

  public int int3() {
    int at = take(3);
    return LittleEndian.int3(array, at);
  }

  /** All 32 bits; negative when the top bit is set. */
  public int int4() {
    int at = take(4);
    return LittleEndian.int4(array, at);
  }

  public long int8() {
    int at = take(8);
    return LittleEndian.int8(array, at);
  }

  /** A length-encoded integer; as a length it may be any 64 bits, so that callers check before they use it. */
  public long lenenc() {
    long value = lenencOrNull();
    if (value == NULL_LENGTH) {
      throw ProtocolError.MALFORMED_PACKET.exception("NULL where a length belongs");
    }
    return value;
  }

  /** As {@link #lenenc}, with 0xFB read as {@link #NULL_LENGTH}. */
  public long lenencOrNull() {
    int first = int1();
    return switch (first) {
      case 0xFB -> NULL_LENGTH;
      case 0xFC -> int2();
      case 0xFD -> int3();
      case 0xFE -> longLength();
      case 0xFF -> throw ProtocolError.MALFORMED_PACKET.exception("0xFF where a length belongs");
      default -> first;
    };
  }

  private long longLength() {
    long value = int8();
    if (value < 0) {
      throw ProtocolError.MALFORMED_PACKET.exception("a length beyond 2^63");
    }
    return value;
  }

  /** A length that the rest of the payload must hold. */
  public int length() {
    return checkedLength(lenenc());
  }

  /** {@code length} as an int when the rest of the payload holds so many bytes. */
  public int checkedLength(long length) {
    if (length < 0 || length > remaining()) {
      throw ProtocolError.MALFORMED_PACKET.exception(
          "a length of " + length + " where " + remaining() + " bytes are left");
    }
    return (int) length;
  }

  public byte[] bytes(int count) {
    int at = take(count);
    return Arrays.copyOfRange(array, at, at + count);
  }

  /**
   * Takes {@code count} bytes out as a range of an array that does not change any more. A long value that makes up most of the payload is
   * not copied: the payload's array is shared then, and whoever reads packets into it must not go on with it ({@link #isShared}).
   */
  ByteRange range(int count) {
    int at = take(count);
    boolean inPlace = count >= PacketWriter.IN_PLACE_BYTES_MIN && count >= (end - begin) / 2;
    if (inPlace) {
      isShared = true;
      return new ByteRange(array, at, count);
    }
    return new ByteRange(Arrays.copyOfRange(array, at, at + count), 0, count);
  }

  /** Lets go of the payload's array; nothing is left to read. */
  public void forget() {
    reset(NONE, 0, 0);
  }

  /** Whether a value read of this payload stands in {@link #array}. */
  public boolean isShared() {
    return isShared;
  }

  public byte[] lenencBytes() {
    return bytes(length());
  }

  public String lenencString() {
    int length = length();
    return new String(array, take(length), length, StandardCharsets.UTF_8);
  }

  /** The bytes up to a NUL, which is taken too. */
  public byte[] nulBytes() {
    for (int i = position; i < end; i++) {
      if (array[i] == 0) {
        byte[] bytes = Arrays.copyOfRange(array, position, i);
        position = i + 1;
        return bytes;
      }
    }
    throw ProtocolError.MALFORMED_PACKET.exception("a string without its NUL");
  }

  public String nulString() {
    return new String(nulBytes(), StandardCharsets.UTF_8);
  }

  /** Up to a NUL, or to the payload's end when there is none: what some clients leave out at the end of a packet. */
  public String nulOrRestString() {
    for (int i = position; i < end; i++) {
      if (array[i] == 0) {
        return nulString();
      }
    }
    return restString();
  }

  public byte[] rest() {
    return bytes(remaining());
  }

  public String restString() {
    int length = remaining();
    return new String(array, take(length), length, StandardCharsets.UTF_8);
  }
}
