package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.TextTypes;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.Collations;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** COMPRESS, UNCOMPRESS, UNCOMPRESSED_LENGTH: four bytes of length, low first, then a zlib stream. Stateless. */
final class CompressionFunctions {
  private static final int HEADER = 4;
  private static final int LENGTH_MASK = 0x3FFFFFFF;

  private CompressionFunctions() {}

  static void register() {
    Registry.add("compress", 1, CompressionFunctions::compress);
    Registry.add("uncompress", 1, CompressionFunctions::uncompress);
    Registry.add("uncompressed_length", 1, CompressionFunctions::uncompressedLength);
  }

  private static Expression compress(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofText(
        Head.of(name, a),
        TextTypes.of(Types.characters(a.getFirst()) * 4 * 120 / 100 + 18, Collations.BINARY),
        (f, x) -> {
          Slice v = x[0].evaluateBytes(f);
          return v == null ? null : compress(Types.encoded(x[0], v));
        });
  }

  private static Slice compress(Slice v) {
    if (v.length() == 0) {
      return Slice.EMPTY;
    }
    TextBuffer out = new TextBuffer(v.length() + 32);
    for (int shift = 0; shift < 32; shift += 8) {
      out.append((byte) (v.length() >>> shift));
    }
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(v.array(), v.offset(), v.length());
      deflater.finish();
      byte[] chunk = new byte[8192];
      while (!deflater.finished()) {
        int n = deflater.deflate(chunk);
        out.append(chunk, 0, n);
      }
    }
    // MySQL adds a full stop so that a column that strips trailing spaces keeps the value whole.
    if (out.array()[out.length() - 1] == ' ') {
      out.append((byte) '.');
    }
    return out.toSlice();
  }

  private static int length(Slice v) {
    int length = 0;
    for (int i = HEADER - 1; i >= 0; i--) {
      length = length << 8 | v.byteAt(i) & 0xFF;
    }
    return length & LENGTH_MASK;
  }

  private static Expression uncompress(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofText(
        Head.of(name, a),
        TextTypes.of(settings.maxAllowedPacket(), Collations.BINARY),
        (f, x) -> {
          Slice v = x[0].evaluateBytes(f);
          return v == null ? null : uncompress(v, f);
        });
  }

  private static @Nullable Slice uncompress(Slice v, Frame frame) {
    if (v.length() == 0) {
      return v;
    }
    if (v.length() <= HEADER) {
      frame.statement.warn(MySqlError.ER_ZLIB_Z_DATA_ERROR);
      return null;
    }
    int length = length(v);
    if (length > frame.statement.maxAllowedPacket()) {
      frame.statement.warn(
          MySqlError.ER_TOO_BIG_FOR_UNCOMPRESS, frame.statement.maxAllowedPacket());
      return null;
    }
    byte[] out = new byte[length];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(v.array(), v.offset() + HEADER, v.length() - HEADER);
      int n = inflater.inflate(out);
      return new Slice(out, 0, n);
    } catch (DataFormatException e) {
      frame.statement.warn(MySqlError.ER_ZLIB_Z_DATA_ERROR);
      return null;
    }
  }

  private static Expression uncompressedLength(
      String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        Head.strict(name, a),
        Types.bigint(10, false),
        (f, x) -> {
          Slice v = x[0].evaluateBytes(f);
          if (v == null || v.length() == 0) {
            return 0;
          }
          if (v.length() <= HEADER) {
            f.statement.warn(MySqlError.ER_ZLIB_Z_DATA_ERROR);
            return 0;
          }
          return length(v);
        });
  }
}
