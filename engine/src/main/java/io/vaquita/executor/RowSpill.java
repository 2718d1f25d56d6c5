package io.vaquita.executor;

import io.vaquita.codec.EncodedRow;
import io.vaquita.codec.OutOfRowValues;
import io.vaquita.codec.RowLayout;
import io.vaquita.expression.NullRow;
import io.vaquita.table.KeyedRow;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.ValueRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the rows of some slots to a temporary file and reads them back. Confined to one operator. */
final class RowSpill {
  private static final byte NULL_ROW = 0;
  private static final byte VALUE_ROW = 1;
  private static final byte ENCODED_ROW = 2;
  private static final byte KEPT_ROW = 3;
  private static final byte KEYED_ROW = 4;

  /** Rows from this length on are written from where they are. */
  private static final int LARGE_BYTES = 1 << 16;

  /** Bytes that belong into the record before {@code at} of the buffer. */
  private record InPlace(int at, Slice bytes) {}

  private final TextBuffer buffer = new TextBuffer(256);
  private final List<InPlace> inPlace = new ArrayList<>();
  private final @Nullable RowLayout[] layouts;

  /** By slot: where the columns of its rows are that stand outside. */
  private final OutOfRowValues[] outside;

  /** Rows of other kinds (of virtual tables) stay in memory: the file holds their number. */
  private final List<Row> kept = new ArrayList<>();

  RowSpill(int slots) {
    this.layouts = new RowLayout[slots];
    this.outside = new OutOfRowValues[slots];
  }

  static long estimatedBytes(Row[] rows) {
    long bytes = 16;
    for (Row row : rows) {
      bytes += estimatedBytes(row);
    }
    return bytes;
  }

  static long estimatedBytes(Row row) {
    return switch (row) {
      case ValueRow v -> v.estimatedBytes();
      case EncodedRow e -> 64 + e.bytes().length();
      case KeyedRow k -> 64 + k.key().length + estimatedBytes(k.row());
      default -> 16;
    };
  }

  void append(TemporaryFile file, byte[] key, int keyLength, Row[] rows) {
    buffer.clear();
    inPlace.clear();
    long length = 0;
    for (int i = 0; i < rows.length; i++) {
      write(i, rows[i]);
    }
    for (InPlace large : inPlace) {
      length += large.bytes.length();
    }
    file.begin(keyLength, Math.toIntExact(buffer.length() + length));
    file.put(key, 0, keyLength);
    int from = 0;
    for (InPlace large : inPlace) {
      file.put(buffer.array(), from, large.at - from);
      file.put(large.bytes.array(), large.bytes.offset(), large.bytes.length());
      from = large.at;
    }
    file.put(buffer.array(), from, buffer.length() - from);
    inPlace.clear();
  }

  private void putBytes(Slice bytes) {
    putInt(bytes.length());
    if (bytes.length() < LARGE_BYTES) {
      buffer.append(bytes);
    } else {
      inPlace.add(new InPlace(buffer.length(), bytes));
    }
  }

  private void write(int index, Row row) {
    switch (row) {
      case NullRow ignored -> buffer.append(NULL_ROW);
      case ValueRow v -> {
        buffer.append(VALUE_ROW);
        v.write(buffer);
      }
      case EncodedRow e when isOfKind(index, e) -> {
        buffer.append(ENCODED_ROW);
        putBytes(e.bytes());
      }
      case KeyedRow k when k.row() instanceof EncodedRow e && isOfKind(index, e) -> {
        buffer.append(KEYED_ROW);
        putBytes(Slice.of(k.key()));
        putBytes(e.bytes());
      }
      default -> {
        buffer.append(KEPT_ROW);
        putInt(kept.size());
        kept.add(row);
      }
    }
  }

  /** Rows of a slot come from one scan, mostly; those that do not stay in memory. */
  @SuppressWarnings("ReferenceEquality") // layouts are made once for a table's version
  private boolean isOfKind(int index, EncodedRow row) {
    RowLayout known = layouts[index];
    if (known == null) {
      layouts[index] = row.layout();
      outside[index] = row.outside();
      return true;
    }
    return known == row.layout() && (!row.hasOutOfRow() || outside[index] == row.outside());
  }

  private void putInt(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer.append((byte) (value >>> shift));
    }
  }

  Row[] read(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    Row[] rows = new Row[layouts.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = read(i, from);
    }
    return rows;
  }

  private Row read(int index, ByteBuffer from) {
    return switch (from.get()) {
      case VALUE_ROW -> ValueRow.read(from);
      case ENCODED_ROW -> readEncoded(index, from);
      case KEYED_ROW -> {
        byte[] key = new byte[from.getInt()];
        from.get(key);
        yield new KeyedRow(key, readEncoded(index, from));
      }
      case KEPT_ROW -> kept.get(from.getInt());
      default -> NullRow.INSTANCE;
    };
  }

  private Row readEncoded(int index, ByteBuffer from) {
    RowLayout layout = layouts[index];
    if (layout == null) {
      throw new IllegalStateException("a row of unknown layout in a temporary file");
    }
    int length = from.getInt();
    int at = from.position();
    from.position(at + length);
    return layout.row(from.array(), from.arrayOffset() + at, length, outside[index]);
  }
}
