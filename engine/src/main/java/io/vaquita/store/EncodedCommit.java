package io.vaquita.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a commit's log record: parts of arrays, so that large values are not copied. Made by the committing thread, so that
 * the log's thread only writes. Immutable.
 *
 * <pre>
 *   change:  u8 kind (1 put, 2 delete, 3 range), varint tree, then
 *     put     varint key length, key, varint value length, value
 *     delete  varint key length, key
 *     range   u8 bounds (1 from, 2 to), each bound given: varint length, key
 * </pre>
 */
final class EncodedCommit {
  private static final int LARGE = 16 << 10;
  private static final int WINDOW_BYTES = 1 << 16;

  /** A run of bytes of an array. Immutable. */
  record Part(byte[] array, int offset, int length) {}

  final List<Part> parts;
  final long length;
  final int checksum;

  private EncodedCommit(List<Part> parts) {
    this.parts = parts;
    CRC32C crc = new CRC32C();
    long n = 0;
    for (Part part : parts) {
      crc.update(part.array, part.offset, part.length);
      n += part.length;
    }
    this.length = n;
    this.checksum = (int) crc.getValue();
  }

  static EncodedCommit of(WriteBatch batch) {
    long bytes = 0;
    for (WriteBatch.Change change : batch.changes()) {
      bytes += Encoder.bytesMax(change);
    }
    Encoder encoder = new Encoder(Math.toIntExact(bytes));
    for (WriteBatch.Change change : batch.changes()) {
      encoder.change(change);
    }
    return new EncodedCommit(encoder.finish());
  }

  /** Bytes of a payload that is not in memory. */
  interface Source {
    void read(long at, byte[] into, int offset, int count) throws IOException;
  }

  /** The batch of a payload whose checksum is right, read in pieces: nothing but the values themselves is held in memory. */
  static WriteBatch decode(long length, Source source) throws IOException {
    Decoder decoder =
        new Decoder(new byte[(int) Math.min(length, WINDOW_BYTES)], 0, length, source);
    decoder.fill();
    return decoder.all();
  }

  /** The batch of a payload in memory. */
  static WriteBatch decode(byte[] array, int offset, int length) throws IOException {
    return new Decoder(array, offset, length, (at, into, from, count) -> {}).all();
  }

  /** Puts all that is small into one array, made large enough at once. */
  private static final class Encoder {
    /** Kind, tree and two lengths, or kind, tree, bounds and two lengths. */
    private static final int CHANGE_HEADER_MAX = 17;

    private final List<Part> parts = new ArrayList<>(1);
    private final byte[] small;
    private int at;
    private int partStart;

    Encoder(int bytes) {
      small = new byte[bytes];
    }

    /** Of what does not stay in an array of its own. */
    static int bytesMax(WriteBatch.Change change) {
      return CHANGE_HEADER_MAX
          + switch (change) {
            case WriteBatch.Put put -> smallBytes(put.key()) + smallBytes(put.value());
            case WriteBatch.Delete delete -> smallBytes(delete.key());
            case WriteBatch.DeleteRange range -> smallBytes(range.from()) + smallBytes(range.to());
          };
    }

    private static int smallBytes(byte @Nullable [] b) {
      return b == null || b.length >= LARGE ? 0 : b.length;
    }

    void change(WriteBatch.Change change) {
      switch (change) {
        case WriteBatch.Put put -> {
          start(1, put.tree());
          bytes(put.key());
          bytes(put.value());
        }
        case WriteBatch.Delete delete -> {
          start(2, delete.tree());
          bytes(delete.key());
        }
        case WriteBatch.DeleteRange range -> {
          byte[] from = range.from();
          byte[] to = range.to();
          start(3, range.tree());
          small[at++] = (byte) ((from == null ? 0 : 1) | (to == null ? 0 : 2));
          if (from != null) {
            bytes(from);
          }
          if (to != null) {
            bytes(to);
          }
        }
      }
    }

    private void start(int kind, int tree) {
      small[at++] = (byte) kind;
      varint(tree);
    }

    private void bytes(byte[] b) {
      varint(b.length);
      if (b.length < LARGE) {
        System.arraycopy(b, 0, small, at, b.length);
        at += b.length;
      } else {
        endPart();
        parts.add(new Part(b, 0, b.length));
      }
    }

    private void varint(int value) {
      int v = value;
      while (v >= 0x80) {
        small[at++] = (byte) (v & 0x7F | 0x80);
        v >>>= 7;
      }
      small[at++] = (byte) v;
    }

    private void endPart() {
      if (at > partStart) {
        parts.add(new Part(small, partStart, at - partStart));
        partStart = at;
      }
    }

    List<Part> finish() {
      endPart();
      return parts;
    }
  }

  /** Reads changes out of a window on the payload, which moves when it is used up; large values do not pass through it. */
  private static final class Decoder {
    private final byte[] window;
    private final long length;
    private final Source source;

    /** Where the window begins in the payload, and the next byte in the window. */
    private long windowStart;

    private int at;

    Decoder(byte[] window, int from, long length, Source source) {
      this.window = window;
      this.windowStart = -from;
      this.at = from;
      this.length = length;
      this.source = source;
    }

    void fill() throws IOException {
      windowStart += at;
      at = 0;
      int count = (int) Math.min(window.length, length - windowStart);
      source.read(windowStart, window, 0, count);
    }

    WriteBatch all() throws IOException {
      WriteBatch batch = new WriteBatch();
      while (windowStart + at < length) {
        change(batch);
      }
      return batch;
    }

    private void change(WriteBatch batch) throws IOException {
      int kind = next();
      int tree = varint();
      switch (kind) {
        case 1 -> {
          byte[] key = bytes();
          batch.put(tree, key, bytes());
        }
        case 2 -> batch.delete(tree, bytes());
        case 3 -> {
          int bounds = next();
          byte[] from = (bounds & 1) == 0 ? null : bytes();
          batch.deleteRange(tree, from, (bounds & 2) == 0 ? null : bytes());
        }
        default -> throw StoreErrors.damaged("a log record with an unknown change " + kind);
      }
    }

    private byte next() throws IOException {
      if (at == window.length) {
        fill();
      }
      return window[at++];
    }

    private byte[] bytes() throws IOException {
      byte[] value = new byte[varint()];
      int inWindow = Math.min(value.length, window.length - at);
      System.arraycopy(window, at, value, 0, inWindow);
      at += inWindow;
      if (inWindow < value.length) {
        int rest = value.length - inWindow;
        source.read(windowStart + at, value, inWindow, rest);
        windowStart += rest;
        fill();
      }
      return value;
    }

    private int varint() throws IOException {
      int value = 0;
      for (int shift = 0; ; shift += 7) {
        int next = next();
        value |= (next & 0x7F) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }
}
