package io.vaquita.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of log segments. Stateless.
 *
 * <pre>
 *   segment header, 4096 bytes                    record header, 40 bytes, at multiples of 8
 *    0  u64  magic "VAQUILOG"                      0  u32  CRC-32C of bytes 4 to 40
 *    8  u32  CRC-32C of bytes 12 to 4096           4  u32  payload length; bit 31: the commit goes on in the next record
 *   12  u32  format                                8  u64  position of the commit
 *   16  16   instance id of the store             16  u64  last position known to be durable when this was written
 *   32  u64  number of the segment                24  u32  CRC-32C of the payload
 *   40  u64  position of the first record         28  u32  number of the segment, lower 32 bits
 *   48  u64  bytes of the segment                 32  u64  when it was logged, in microseconds since 1970 (UTC)
 *                                                 40  payload, see {@link EncodedCommit}; zeros up to a multiple of 8
 * </pre>
 *
 * <p>Segments are reused, so old records lie behind the newest: the segment number in the header tells them apart. The durable position
 * tells a torn tail, which was never acknowledged and is cut, from damage in the middle, which is an error: when a record is bad and a
 * later one was written after the bad one had been durable, the log is damaged.
 */
final class LogFormat {
  static final int SEGMENT_HEADER = 4096;
  static final int RECORD_HEADER = 40;
  static final int FORMAT = 3;

  /** In a record's length. */
  private static final int CONTINUES = 1 << 31;

  private static final long MAGIC = 0x474F4C4955514156L;

  private LogFormat() {}

  /** Immutable. */
  record SegmentHeader(byte[] instance, long number, long firstPosition, long bytes) {}

  /** Immutable. */
  record RecordHeader(
      int length,
      boolean continues,
      long position,
      long durablePosition,
      int payloadChecksum,
      int segment,
      long wallMicros) {}

  static long recordBytes(long payload) {
    return (RECORD_HEADER + payload + 7) & ~7L;
  }

  static byte[] encode(SegmentHeader header) {
    byte[] b = new byte[SEGMENT_HEADER];
    PageLayout.putI64(b, 0, MAGIC);
    PageLayout.putI32(b, 12, FORMAT);
    System.arraycopy(header.instance(), 0, b, 16, 16);
    PageLayout.putI64(b, 32, header.number());
    PageLayout.putI64(b, 40, header.firstPosition());
    PageLayout.putI64(b, 48, header.bytes());
    PageLayout.putI32(b, 8, checksum(b, 12, SEGMENT_HEADER));
    return b;
  }

  static @Nullable SegmentHeader decodeSegment(byte[] b) {
    if (PageLayout.i64(b, 0) != MAGIC || PageLayout.i32(b, 8) != checksum(b, 12, SEGMENT_HEADER)) {
      return null;
    }
    int format = PageLayout.i32(b, 12);
    if (format != FORMAT) {
      throw StoreErrors.wrongFormat(format, FORMAT);
    }
    byte[] instance = new byte[16];
    System.arraycopy(b, 16, instance, 0, 16);
    return new SegmentHeader(
        instance, PageLayout.i64(b, 32), PageLayout.i64(b, 40), PageLayout.i64(b, 48));
  }

  /** Writes a record header at the start of {@code b}. */
  static void encode(RecordHeader header, byte[] b) {
    PageLayout.putI32(b, 4, header.length() | (header.continues() ? CONTINUES : 0));
    PageLayout.putI64(b, 8, header.position());
    PageLayout.putI64(b, 16, header.durablePosition());
    PageLayout.putI32(b, 24, header.payloadChecksum());
    PageLayout.putI32(b, 28, header.segment());
    PageLayout.putI64(b, 32, header.wallMicros());
    PageLayout.putI32(b, 0, checksum(b, 4, RECORD_HEADER));
  }

  /** The header of a record of this segment, or null when these bytes are none. */
  static @Nullable RecordHeader decodeRecord(byte[] b, int at, long segment) {
    if (PageLayout.i32(b, at + 28) != (int) segment
        || PageLayout.i32(b, at) != checksum(b, at + 4, at + RECORD_HEADER)) {
      return null;
    }
    return new RecordHeader(
        PageLayout.i32(b, at + 4) & ~CONTINUES,
        (PageLayout.i32(b, at + 4) & CONTINUES) != 0,
        PageLayout.i64(b, at + 8),
        PageLayout.i64(b, at + 16),
        PageLayout.i32(b, at + 24),
        PageLayout.i32(b, at + 28),
        PageLayout.i64(b, at + 32));
  }

  static int checksum(byte[] b, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(b, from, to - from);
    return (int) crc.getValue();
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
