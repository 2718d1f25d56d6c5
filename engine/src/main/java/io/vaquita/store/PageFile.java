package io.vaquita.store;

import io.vaquita.environment.RandomAccess;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The data file: reads pages and values and verifies them. Thread-safe.
 *
 * <p>A value that does not fit into its leaf is one run of units: 32 bytes of header (u32 CRC-32C of bytes 4 to the value's end, u8
 * kind 4, u64 location at 8, u32 length at 16), then the value.
 */
final class PageFile {
  static final String NAME = "data.vaquita";
  static final byte KIND_VALUE = 4;
  static final byte KIND_SPACE_CHUNK = 5;
  static final byte KIND_SPACE_INDEX = 6;
  static final int VALUE_LENGTH = 16;

  /** Values are read and written in pieces of this size: what goes through a heap buffer costs as much direct memory. */
  static final int PIECE_BYTES = 1 << 20;

  private final RandomAccess file;
  private final PageSizes sizes;

  PageFile(RandomAccess file, PageSizes sizes) {
    this.file = file;
    this.sizes = sizes;
  }

  RandomAccess file() {
    return file;
  }

  PageSizes sizes() {
    return sizes;
  }

  long offset(long location) {
    return Location.unit(location) * sizes.unit();
  }

  /** Units that a value takes. */
  long valueUnits(int length) {
    return unitsFor((long) PageLayout.HEADER + length);
  }

  long unitsFor(long bytes) {
    return (bytes + sizes.unit() - 1) / sizes.unit();
  }

  /** A page of a tree, or of the space map, verified. */
  byte[] readPage(long location) {
    byte[] b = new byte[Location.count(location) * sizes.unit()];
    try {
      file.read(offset(location), ByteBuffer.wrap(b));
    } catch (EOFException e) {
      throw damaged(location, "the file ends before it");
    } catch (IOException e) {
      throw StoreErrors.readFailed(NAME + " at " + Location.describe(location), e);
    }
    verifyHeader(b, location);
    if (PageLayout.i32(b, PageLayout.CHECKSUM) != checksum(b)) {
      throw damaged(location, "its checksum is wrong");
    }
    return b;
  }

  byte[] readValue(long location) {
    byte[] header = new byte[PageLayout.HEADER];
    byte[] value;
    CRC32C crc = new CRC32C();
    try {
      long at = offset(location);
      file.read(at, ByteBuffer.wrap(header));
      verifyHeader(header, location);
      int length = PageLayout.i32(header, VALUE_LENGTH);
      if (header[PageLayout.KIND] != KIND_VALUE
          || length < 0
          || valueUnits(length) != Location.count(location)) {
        throw damaged(location, "it is no value");
      }
      value = new byte[length];
      crc.update(header, 4, header.length - 4);
      for (int i = 0; i < length; i += PIECE_BYTES) {
        int n = Math.min(PIECE_BYTES, length - i);
        file.read(at + PageLayout.HEADER + i, ByteBuffer.wrap(value, i, n));
        crc.update(value, i, n);
      }
    } catch (EOFException e) {
      throw damaged(location, "the file ends before it");
    } catch (IOException e) {
      throw StoreErrors.readFailed(NAME + " at " + Location.describe(location), e);
    }
    if ((int) crc.getValue() != PageLayout.i32(header, PageLayout.CHECKSUM)) {
      throw damaged(location, "its checksum is wrong");
    }
    return value;
  }

  static byte[] valueHeader(byte[] value, long location) {
    byte[] header = new byte[PageLayout.HEADER];
    header[PageLayout.KIND] = KIND_VALUE;
    PageLayout.putI64(header, PageLayout.LOCATION, location);
    PageLayout.putI32(header, VALUE_LENGTH, value.length);
    CRC32C crc = new CRC32C();
    crc.update(header, 4, header.length - 4);
    crc.update(value, 0, value.length);
    PageLayout.putI32(header, PageLayout.CHECKSUM, (int) crc.getValue());
    return header;
  }

  /** Fills in location and checksum. */
  static void seal(byte[] b, long location) {
    PageLayout.putI64(b, PageLayout.LOCATION, location);
    PageLayout.putI32(b, PageLayout.CHECKSUM, checksum(b));
  }

  private static int checksum(byte[] b) {
    CRC32C crc = new CRC32C();
    crc.update(b, 4, b.length - 4);
    return (int) crc.getValue();
  }

  private static void verifyHeader(byte[] b, long location) {
    if (PageLayout.i64(b, PageLayout.LOCATION) != location) {
      throw damaged(location, "it says that it belongs elsewhere");
    }
  }

  private static RuntimeException damaged(long location, String how) {
    return StoreErrors.damaged(
        "the page at " + Location.describe(location) + " of " + NAME + ": " + how);
  }
}
