package io.vaquita.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Takes packets out of a stream of bytes: joins the parts of long ones, checks sequence numbers and the size limit. One read of
 * the source usually brings a whole packet. Confined to its connection.
 *
 * <p>The buffer grows with the bytes that came, never with the length that a header claims, so that a peer cannot make the server
 * allocate what it does not send.
 */
public final class PacketReader {
  private static final int BYTES_MIN = 512;

  /** Beyond so many bytes the buffer grows to what the longest payload needs, not further. */
  private static final int DOUBLING_BYTES_MAX = 1 << 24;

  private static final int AROUND_PAYLOAD_BYTES = 1 << 16;

  /** For each read a socket takes as much direct memory as it is asked for, however little comes. */
  private static final int READ_BYTES_MAX = 1 << 18;

  private ByteSource source;
  private byte[] buffer = new byte[BYTES_MIN];
  private int start;
  private int end;
  private int payloadStart;
  private int payloadLength;
  private long payloadBytesMax;
  private int expectedSequence;
  private boolean checksSequence = true;

  /**
   * @param payloadBytesMax payloads of so many bytes and more are refused with 1153 (max_allowed_packet)
   */
  public PacketReader(ByteSource source, long payloadBytesMax) {
    this.source = source;
    this.payloadBytesMax = payloadBytesMax;
  }

  /** Changes the layer below, after a TLS handshake or when compression begins. */
  public void source(ByteSource newSource) {
    source = newSource;
  }

  /** Bytes that were read beyond the last packet, taken out: they belong to the layer that is to be put below. */
  public byte[] takeBuffered() {
    byte[] rest = Arrays.copyOfRange(buffer, start, end);
    start = end;
    return rest;
  }

  public boolean hasBuffered() {
    return start < end;
  }

  public void payloadBytesMax(long max) {
    payloadBytesMax = max;
  }

  /** Compressed frames have a sequence of their own, and MySQL does not look at the inner one. */
  public void checkSequence(boolean checked) {
    checksSequence = checked;
  }

  /** The sequence number that the next packet must have. */
  public void expect(int sequence) {
    expectedSequence = sequence & 0xFF;
  }

  /** The number behind the last packet's: what a reply to it begins with. */
  public int nextSequence() {
    return expectedSequence;
  }

  /** The payload of the last packet is {@link #length} bytes of this array from {@link #offset}, until the next read. */
  public byte[] array() {
    return buffer;
  }

  public int offset() {
    return payloadStart;
  }

  public int length() {
    return payloadLength;
  }

  /**
   * Waits for a packet.
   *
   * @return false when the stream ended before its first byte
   * @throws EOFException when it ended inside the packet
   * @throws ProtocolException 1156 or 1153; the stream cannot be read further
   */
  public boolean read() throws IOException {
    compact();
    payloadLength = 0;
    payloadStart = start;
    if (start == end && !fillFirst()) {
      return false;
    }
    while (end - start < PacketWriter.HEADER_BYTES) {
      fill();
    }
    int part = header(start);
    payloadStart = start + PacketWriter.HEADER_BYTES;
    while (end - payloadStart < part) {
      fill();
    }
    start = payloadStart + part;
    payloadLength = part;
    while (part == PacketWriter.PAYLOAD_BYTES_MAX) {
      part = readFurtherPart();
    }
    return true;
  }

  private int header(int at) {
    int length = LittleEndian.int3(buffer, at);
    int sequence = buffer[at + 3] & 0xFF;
    if (checksSequence && sequence != expectedSequence) {
      throw ProtocolError.PACKETS_OUT_OF_ORDER.exception(
          (sequence == 0 ? "a new command" : "packet no. " + sequence + " of an exchange")
              + " came where "
              + (expectedSequence == 0
                  ? "a command is next."
                  : "packet no. " + expectedSequence + " of the running exchange is next."));
    }
    expectedSequence = sequence + 1 & 0xFF;
    if ((long) payloadLength + length >= payloadBytesMax) {
      throw ProtocolError.PACKET_TOO_LARGE.exception(
          "a packet of at least " + ((long) payloadLength + length) + " bytes");
    }
    return length;
  }

  /** Reads a part and moves it down over its header, to the end of the payload so far. */
  private int readFurtherPart() throws IOException {
    while (end - start < PacketWriter.HEADER_BYTES) {
      fill();
    }
    int part = header(start);
    end -= PacketWriter.HEADER_BYTES;
    System.arraycopy(buffer, start + PacketWriter.HEADER_BYTES, buffer, start, end - start);
    while (end - start < part) {
      fill();
    }
    start += part;
    payloadLength += part;
    return part;
  }

  private boolean fillFirst() throws IOException {
    int count = source.read(buffer, end, buffer.length - end);
    if (count < 0) {
      return false;
    }
    end += count;
    return true;
  }

  private void fill() throws IOException {
    if (end == buffer.length) {
      long wanted = Math.max(buffer.length * 2L, 4096);
      if (wanted > DOUBLING_BYTES_MAX) {
        long needed = Math.max(payloadBytesMax, PacketWriter.PAYLOAD_BYTES_MAX);
        wanted = Math.max(buffer.length + 4096L, Math.min(wanted, needed + AROUND_PAYLOAD_BYTES));
      }
      buffer = Arrays.copyOf(buffer, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
    }
    source.packetBegun();
    int count = source.read(buffer, end, Math.min(buffer.length - end, READ_BYTES_MAX));
    if (count < 0) {
      throw new EOFException("the stream ended inside a packet");
    }
    end += count;
  }

  private void compact() {
    if (start == end) {
      start = 0;
      end = 0;
    } else if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
  }

  /** The array of the last payload is somebody else's from now on: it will not be written again. The payload is no longer this reader's. */
  public void giveArrayAway() {
    buffer =
        Arrays.copyOf(Arrays.copyOfRange(buffer, start, end), Math.max(BYTES_MIN, end - start));
    end -= start;
    start = 0;
    payloadStart = 0;
    payloadLength = 0;
  }

  /** Gives memory back while the connection waits; the last payload is gone. */
  public void release(int bytesKept) {
    int kept = Math.max(bytesKept, BYTES_MIN);
    if (buffer.length > kept && end - start <= kept) {
      buffer = Arrays.copyOf(Arrays.copyOfRange(buffer, start, end), kept);
      end -= start;
      start = 0;
      payloadStart = 0;
      payloadLength = 0;
    }
  }
}
