package io.vaquita.table;

import io.vaquita.value.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a unique key behind the value of its entry, as long as the entry is on its way into a new tree: should it be a duplicate
 * then the columns that the text is of may stand outside, in a tree that cannot be read yet. Stateless.
 *
 * <pre>
 *   value of the entry | text, UTF-8 | i32 bytes of the text, big-endian
 * </pre>
 */
final class KeyTrailer {
  private KeyTrailer() {}

  static byte[] append(byte[] value, TableAccessor table, TableIndex index, Row row) {
    byte[] text = KeyText.of(table, index, row).getBytes(StandardCharsets.UTF_8);
    int at = value.length + text.length;
    byte[] with = Arrays.copyOf(value, at + Integer.BYTES);
    System.arraycopy(text, 0, with, value.length, text.length);
    ByteBuffer.wrap(with).putInt(at, text.length);
    return with;
  }

  private static int textBytes(byte[] with) {
    return ByteBuffer.wrap(with).getInt(with.length - Integer.BYTES);
  }

  static byte[] without(byte[] with) {
    return Arrays.copyOf(with, with.length - Integer.BYTES - textBytes(with));
  }

  static String text(byte[] with) {
    int end = with.length - Integer.BYTES;
    int bytes = textBytes(with);
    return new String(with, end - bytes, bytes, StandardCharsets.UTF_8);
  }
}
