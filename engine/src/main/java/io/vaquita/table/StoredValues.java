package io.vaquita.table;

import io.vaquita.codec.OutOfRowValues;
import io.vaquita.error.MySqlError;
import io.vaquita.value.Slice;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The values of one table that stand outside of their rows, as somebody sees them. Keeps the last one that was asked for: a condition,
 * an output column and an index want the same one after the other. Confined to one thread.
 */
final class StoredValues implements OutOfRowValues {
  private final TableAccessor table;
  private final Source source;
  private long lastNumber = -1;
  private @Nullable Slice last;

  /** A look into the store, at the moment of the question. */
  @FunctionalInterface
  interface Source {
    byte @Nullable [] get(int tree, byte[] key);
  }

  StoredValues(TableAccessor table, Source source) {
    this.table = table;
    this.source = source;
  }

  static byte[] key(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  @Override
  public Slice read(Slice reference) {
    long number = OutOfRowValues.number(reference);
    Slice known = last;
    if (known != null && lastNumber == number) {
      return known;
    }
    // two large values at a time may be one too many
    last = null;
    byte[] value = source.get(table.definition().outOfRowTree(), key(number));
    if (value == null || value.length != OutOfRowValues.length(reference)) {
      throw MySqlError.ER_NOT_KEYFILE.exception(table.definition().name());
    }
    Slice found = Slice.of(value);
    last = found;
    lastNumber = number;
    return found;
  }
}
