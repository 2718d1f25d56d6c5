package io.vaquita.store;

import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint leaves behind as the truth: where the tree directory and the space map are, and where in the log recovery goes on.
 * Two of them lie at the start of the data file and are written in turn; the one with a good checksum and the higher checkpoint
 * number counts. Immutable.
 *
 * @param checkpoint number of the checkpoint, from 1
 * @param position last commit that the trees contain
 * @param logSegment where replay begins
 * @param logOffset offset in that segment
 * @param isSegmentExpected whether the segment was there already: then it must be found
 * @param directory root of the tree directory, or 0
 * @param spaceIndex location of the space map's index, or 0
 * @param spaceChunks entries in that index
 * @param fileUnits units of the file that may be in use
 */
record MetaPage(
    byte[] instance,
    int pageBytes,
    int unitBytes,
    long checkpoint,
    long position,
    long logSegment,
    long logOffset,
    boolean isSegmentExpected,
    long directory,
    long directoryCount,
    long spaceIndex,
    int spaceChunks,
    long fileUnits) {
  static final int BYTES = 4096;
  static final int FORMAT = 2;

  /** "VAQUITA" and a line end that text tools would change. */
  private static final long MAGIC = 0x0A41544955514156L;

  /** The next one, of a store that goes on from here under another id, with an empty log that begins with a segment that is not there yet. */
  MetaPage ofNewHistory(byte[] newInstance, long segment) {
    return new MetaPage(
        newInstance,
        pageBytes,
        unitBytes,
        checkpoint + 1,
        position,
        segment,
        LogFormat.SEGMENT_HEADER,
        false,
        directory,
        directoryCount,
        spaceIndex,
        spaceChunks,
        fileUnits);
  }

  static long offsetFor(long checkpoint) {
    return (checkpoint & 1) * BYTES;
  }

  byte[] encode() {
    byte[] b = new byte[BYTES];
    PageLayout.putI64(b, 0, MAGIC);
    PageLayout.putI32(b, 12, FORMAT);
    System.arraycopy(instance, 0, b, 16, 16);
    PageLayout.putI32(b, 32, pageBytes);
    PageLayout.putI32(b, 36, unitBytes);
    PageLayout.putI64(b, 40, checkpoint);
    PageLayout.putI64(b, 48, position);
    PageLayout.putI64(b, 56, logSegment);
    PageLayout.putI64(b, 64, logOffset);
    PageLayout.putI32(b, 72, isSegmentExpected ? 1 : 0);
    PageLayout.putI32(b, 76, spaceChunks);
    PageLayout.putI64(b, 80, directory);
    PageLayout.putI64(b, 88, directoryCount);
    PageLayout.putI64(b, 96, spaceIndex);
    PageLayout.putI64(b, 104, fileUnits);
    PageLayout.putI32(b, 8, checksum(b));
    return b;
  }

  /** The page, or null when these bytes are none; refuses formats of the future. */
  static @Nullable MetaPage decode(byte[] b) {
    if (PageLayout.i64(b, 0) != MAGIC || PageLayout.i32(b, 8) != checksum(b)) {
      return null;
    }
    int format = PageLayout.i32(b, 12);
    if (format != FORMAT) {
      throw StoreErrors.wrongFormat(format, FORMAT);
    }
    byte[] instance = new byte[16];
    System.arraycopy(b, 16, instance, 0, 16);
    return new MetaPage(
        instance,
        PageLayout.i32(b, 32),
        PageLayout.i32(b, 36),
        PageLayout.i64(b, 40),
        PageLayout.i64(b, 48),
        PageLayout.i64(b, 56),
        PageLayout.i64(b, 64),
        PageLayout.i32(b, 72) == 1,
        PageLayout.i64(b, 80),
        PageLayout.i64(b, 88),
        PageLayout.i64(b, 96),
        PageLayout.i32(b, 76),
        PageLayout.i64(b, 104));
  }

  String instanceText() {
    return HexFormat.of().formatHex(instance);
  }

  private static int checksum(byte[] b) {
    CRC32C crc = new CRC32C();
    crc.update(b, 12, BYTES - 12);
    return (int) crc.getValue();
  }
}
