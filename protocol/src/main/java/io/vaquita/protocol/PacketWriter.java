package io.vaquita.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds packets one behind the other in one reused buffer and hands the buffer to the sink when it is full or at {@link #flush}:
 * the reply to a command is usually one write. Confined to its connection.
 *
 * <p>A packet is {@link #begin}, fields, {@link #end}. Fields never touch the sink, so the buffer grows to hold the packet being
 * built, never more than {@code flushAt} bytes of finished ones. Payloads of 2^24-1 bytes and more are sent in parts. Long values
 * ({@link #lenencInPlace}) are not copied into the buffer: it has what stands around them, and {@link #end} sends them from where
 * they are, in pieces.
 */
public final class PacketWriter {
  /** Header bytes of a packet: 3 of length, 1 of sequence. */
  public static final int HEADER_BYTES = 4;

  /** The longest payload of one packet; one of exactly this length is followed by an empty packet. */
  public static final int PAYLOAD_BYTES_MAX = 0xFFFFFF;

  /** Values from this length on are worth being sent from where they are: a copy costs more than one more write. */
  public static final int IN_PLACE_BYTES_MIN = 1 << 20;

  /** The sink gets long values in pieces of so many bytes: a socket copies what it is given once more. */
  private static final int PIECE_BYTES = 1 << 18;

  private static final int BYTES_MIN = 512;

  /** Bytes of somebody else's array that belong into the packet before {@code at} of the buffer. */
  private record InPlace(int at, byte[] array, int offset, int length) {}

  private int flushAt;
  private ByteSink sink;
  private byte[] buffer = new byte[BYTES_MIN];
  private int length;
  private int packetStart;
  private int sequence;
  private boolean hasFlushed;
  private boolean isOpen;

  /** Of the packet being built, in order. */
  private final List<InPlace> inPlace = new ArrayList<>();

  private long inPlaceBytes;

  /** While a packet with values in place is sent: payload bytes that no header has announced, and those left of the part begun. */
  private long unannounced;

  private int partLeft;
  private boolean partIsFull;

  /**
   * @param flushAt finished packets are handed to the sink when there are so many bytes of them (net_buffer_length)
   */
  public PacketWriter(ByteSink sink, int flushAt) {
    this.sink = sink;
    this.flushAt = flushAt;
  }

  /** Changes the layer below, after a TLS handshake or when compression begins. Nothing may be unflushed. */
  public void sink(ByteSink newSink) {
    sink = newSink;
  }

  /** As of the constructor. */
  public void flushAt(int bytes) {
    flushAt = bytes;
  }

  /** The sequence number of the next packet. */
  public void sequence(int next) {
    sequence = next & 0xFF;
  }

  public int sequence() {
    return sequence;
  }

  /** Whether bytes went to the sink since {@link #beginReply}: a reply that can no longer be taken back. */
  public boolean hasFlushed() {
    return hasFlushed;
  }

  /** Bytes that wait for {@link #flush}, finished packets and the one being built. */
  public int pendingBytes() {
    return length;
  }

  /** Forgets unflushed packets. */
  public void beginReply(int firstSequence) {
    length = 0;
    forgetInPlace();
    isOpen = false;
    sequence = firstSequence & 0xFF;
    hasFlushed = false;
  }

  public void begin() {
    packetStart = length;
    isOpen = true;
    reserve(HEADER_BYTES);
    length += HEADER_BYTES;
  }

  /** Finishes the packet. */
  public void end() throws IOException {
    int payload = length - packetStart - HEADER_BYTES;
    isOpen = false;
    if (!inPlace.isEmpty()) {
      writeInPlace(payload + inPlaceBytes);
    } else if (payload >= PAYLOAD_BYTES_MAX) {
      writeParts(payload);
    } else {
      header(packetStart, payload);
      if (length >= flushAt) {
        write(0, length);
        length = 0;
      }
    }
  }

  /** Drops the packet being built, if there is one: an error came in the middle of a row. */
  public void discard() {
    if (isOpen) {
      length = packetStart;
      isOpen = false;
      forgetInPlace();
    }
  }

  private void forgetInPlace() {
    inPlace.clear();
    inPlaceBytes = 0;
  }

  private void writeInPlace(long payload) throws IOException {
    write(0, packetStart);
    unannounced = payload;
    partLeft = 0;
    int from = packetStart + HEADER_BYTES;
    try {
      beginPart();
      for (InPlace value : inPlace) {
        send(buffer, from, value.at - from);
        send(value.array, value.offset, value.length);
        from = value.at;
      }
      send(buffer, from, length - from);
    } finally {
      length = 0;
      forgetInPlace();
    }
  }

  /** Sends bytes of the payload; a full part is followed by another one, be it empty. */
  private void send(byte[] from, int offset, int count) throws IOException {
    int end = offset + count;
    for (int at = offset; at < end; ) {
      int n = Math.min(end - at, Math.min(partLeft, PIECE_BYTES));
      sink.write(from, at, n);
      at += n;
      partLeft -= n;
      if (partLeft == 0 && (unannounced > 0 || partIsFull)) {
        beginPart();
      }
    }
  }

  private void beginPart() throws IOException {
    partLeft = (int) Math.min(unannounced, PAYLOAD_BYTES_MAX);
    partIsFull = partLeft == PAYLOAD_BYTES_MAX;
    unannounced -= partLeft;
    header(packetStart, partLeft);
    write(packetStart, HEADER_BYTES);
  }

  /** Each further part's header goes over the last bytes of the part before, which have been written by then. */
  private void writeParts(int payload) throws IOException {
    write(0, packetStart);
    int at = packetStart;
    int rest = payload;
    int part;
    do {
      part = Math.min(rest, PAYLOAD_BYTES_MAX);
      header(at, part);
      write(at, HEADER_BYTES + part);
      at += part;
      rest -= part;
    } while (part == PAYLOAD_BYTES_MAX);
    length = 0;
  }

  private void header(int at, int payload) {
    LittleEndian.putInt3(buffer, at, payload);
    buffer[at + 3] = (byte) sequence;
    sequence = sequence + 1 & 0xFF;
  }

  private void write(int offset, int count) throws IOException {
    if (count > 0) {
      hasFlushed = true;
      sink.write(buffer, offset, count);
    }
  }

  /** Hands all finished packets to the sink. */
  public void flush() throws IOException {
    if (length > 0) {
      int count = length;
      length = 0;
      write(0, count);
    }
  }

  /** Gives memory back while the connection waits. Nothing may be unflushed. */
  public void release(int bytesKept) {
    if (buffer.length > Math.max(bytesKept, BYTES_MIN)) {
      buffer = new byte[Math.max(bytesKept, BYTES_MIN)];
    }
  }

  private void reserve(int count) {
    if (buffer.length - length < count) {
      long wanted = Math.max((long) length + count, buffer.length * 2L);
      buffer = Arrays.copyOf(buffer, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
    }
  }

  public PacketWriter int1(int value) {
    reserve(1);
    buffer[length++] = (byte) value;
    return this;
  }

  public PacketWriter int2(int value) {
    reserve(2);
    LittleEndian.putInt2(buffer, length, value);
    length += 2;
    return this;
  }

  public PacketWriter int3(int value) {
    reserve(3);
    LittleEndian.putInt3(buffer, length, value);
    length += 3;
    return this;
  }

  public PacketWriter int4(long value) {
    reserve(4);
    LittleEndian.putInt4(buffer, length, (int) value);
    length += 4;
    return this;
  }

  public PacketWriter int8(long value) {
    reserve(8);
    LittleEndian.putInt8(buffer, length, value);
    length += 8;
    return this;
  }

  public PacketWriter zeros(int count) {
    reserve(count);
    Arrays.fill(buffer, length, length + count, (byte) 0);
    length += count;
    return this;
  }

  /** A length-encoded integer; the 64 bits are unsigned. */
  public PacketWriter lenenc(long value) {
    if (value >= 0 && value < 0xFB) {
      return int1((int) value);
    }
    if (value >= 0 && value <= 0xFFFF) {
      return int1(0xFC).int2((int) value);
    }
    if (value >= 0 && value <= 0xFFFFFF) {
      return int1(0xFD).int3((int) value);
    }
    return int1(0xFE).int8(value);
  }

  public PacketWriter bytes(byte[] from, int offset, int count) {
    reserve(count);
    System.arraycopy(from, offset, buffer, length, count);
    length += count;
    return this;
  }

  public PacketWriter bytes(byte[] from) {
    return bytes(from, 0, from.length);
  }

  public PacketWriter lenencBytes(byte[] from, int offset, int count) {
    return lenenc(count).bytes(from, offset, count);
  }

  /** As {@link #lenencBytes(byte[], int, int)}; a long value's bytes are not copied and must stay as they are until {@link #end}. */
  public PacketWriter lenencInPlace(byte[] from, int offset, int count) {
    if (count < IN_PLACE_BYTES_MIN) {
      return lenencBytes(from, offset, count);
    }
    lenenc(count);
    inPlace.add(new InPlace(length, from, offset, count));
    inPlaceBytes += count;
    return this;
  }

  public PacketWriter lenencBytes(byte[] from) {
    return lenencBytes(from, 0, from.length);
  }

  public PacketWriter lenencString(String text) {
    return lenencBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public PacketWriter nulString(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8)).int1(0);
  }

  public PacketWriter restString(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Where the next field goes, for {@link #or}: relative to the packet's payload, so that it stays right when the buffer grows. */
  public int mark() {
    return length - packetStart;
  }

  /** Sets bits of a byte written before, at {@code mark}. */
  public void or(int mark, int bits) {
    buffer[packetStart + mark] |= (byte) bits;
  }
}
