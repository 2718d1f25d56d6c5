package io.vaquita.transaction;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Very large values of a transaction that went to a file and may be on the heap all the same, as parameters of the statement that wrote them:
 * whoever wants one then has it from there, and it is not read to be there twice. Confined to the transaction's thread; while it commits, to
 * the store's.
 */
final class HeldValues {
  private static final int BYTES_MIN = 1 << 20;

  /** By the number of the write, to which no other value will ever belong. */
  private final Map<Long, WeakReference<byte[]>> values = new HashMap<>();

  /** The array must not change any more. */
  void add(byte[] number, byte[] value) {
    if (value.length >= BYTES_MIN) {
      values.put(ByteBuffer.wrap(number).getLong(), new WeakReference<>(value));
    }
  }

  byte @Nullable [] get(byte[] number) {
    if (values.isEmpty()) {
      return null;
    }
    WeakReference<byte[]> value = values.get(ByteBuffer.wrap(number).getLong());
    return value == null ? null : value.get();
  }

  void remove(byte[] number) {
    if (!values.isEmpty()) {
      values.remove(ByteBuffer.wrap(number).getLong());
    }
  }
}
