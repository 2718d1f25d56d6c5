package io.vaquita.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The compressed protocol: packets travel in frames of 7 header bytes (compressed length, sequence, length before) over the layer
 * below. Confined to its connection. Short pieces travel uncompressed in their frame.
 */
public final class CompressedStream implements ByteSource, ByteSink {
  private static final int HEADER_BYTES = 7;
  private static final int COMPRESSED_BYTES_MIN = 50;
  private static final int FRAME_BYTES_MAX = 0xFFFFFF;

  private final ByteSource source;
  private final ByteSink sink;
  private final Compression compression;
  private byte[] plain = new byte[0];
  private int plainPosition;
  private int plainEnd;
  private int sequence;

  public CompressedStream(ByteSource source, ByteSink sink, Compression compression) {
    this.source = source;
    this.sink = sink;
    this.compression = compression;
  }

  /** A command begins: both sides count from 0. */
  public void resetSequence() {
    sequence = 0;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (plainPosition == plainEnd) {
      if (!readFrame()) {
        return -1;
      }
    }
    int count = Math.min(length, plainEnd - plainPosition);
    System.arraycopy(plain, plainPosition, into, offset, count);
    plainPosition += count;
    if (plainPosition == plainEnd) {
      plain = new byte[0];
      plainPosition = 0;
      plainEnd = 0;
    }
    return count;
  }

  @Override
  public void packetBegun() {
    source.packetBegun();
  }

  private boolean readFrame() throws IOException {
    byte[] header = new byte[HEADER_BYTES];
    int first = source.read(header, 0, HEADER_BYTES);
    if (first < 0) {
      return false;
    }
    if (first < HEADER_BYTES) {
      source.packetBegun();
      readFully(header, first, HEADER_BYTES);
    }
    int compressedLength = LittleEndian.int3(header, 0);
    int frameSequence = header[3] & 0xFF;
    int plainLength = LittleEndian.int3(header, 4);
    if (frameSequence != (sequence & 0xFF)) {
      throw ProtocolError.PACKETS_OUT_OF_ORDER.exception(
          "compressed frame " + frameSequence + " where " + (sequence & 0xFF) + " is next");
    }
    sequence = frameSequence + 1 & 0xFF;
    source.packetBegun();
    byte[] body = readGrowing(compressedLength);
    plain = plainLength == 0 ? body : compression.uncompress(body, plainLength);
    plainPosition = 0;
    plainEnd = plain.length;
    return true;
  }

  /** Memory follows the bytes that came, not the length that the header claims. */
  private byte[] readGrowing(int length) throws IOException {
    byte[] body = new byte[Math.min(length, 16384)];
    int at = 0;
    while (at < length) {
      if (at == body.length) {
        body = Arrays.copyOf(body, Math.min(length, body.length * 2));
      }
      at = readSome(body, at);
    }
    return body;
  }

  private int readSome(byte[] into, int at) throws IOException {
    int count = source.read(into, at, into.length - at);
    if (count < 0) {
      throw new EOFException("the stream ended inside a compressed frame");
    }
    return at + count;
  }

  private void readFully(byte[] into, int from, int to) throws IOException {
    int at = from;
    while (at < to) {
      at = readSome(into, at);
    }
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    int at = offset;
    int rest = length;
    while (rest > 0) {
      int count = Math.min(rest, FRAME_BYTES_MAX);
      writeFrame(from, at, count);
      at += count;
      rest -= count;
    }
  }

  private void writeFrame(byte[] from, int offset, int count) throws IOException {
    byte[] compressed =
        count < COMPRESSED_BYTES_MIN ? null : compression.compress(from, offset, count);
    boolean isSmaller = compressed != null && compressed.length < count;
    int bodyLength = isSmaller && compressed != null ? compressed.length : count;
    byte[] frame = new byte[HEADER_BYTES + bodyLength];
    LittleEndian.putInt3(frame, 0, bodyLength);
    frame[3] = (byte) sequence;
    sequence = sequence + 1 & 0xFF;
    LittleEndian.putInt3(frame, 4, isSmaller ? count : 0);
    if (isSmaller && compressed != null) {
      System.arraycopy(compressed, 0, frame, HEADER_BYTES, bodyLength);
    } else {
      System.arraycopy(from, offset, frame, HEADER_BYTES, bodyLength);
    }
    sink.write(frame, 0, frame.length);
  }
}
