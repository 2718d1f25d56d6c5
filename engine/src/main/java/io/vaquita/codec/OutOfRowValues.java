package io.vaquita.codec;

import io.vaquita.value.Slice;

/**
 * The columns of rows that do not stand in them: read when somebody wants them.
 *
 * <pre>
 *   reference, in the row:  u64 number of the value, u32 length of the value     (little-endian)
 * </pre>
 *
 * <p>A number belongs to one value for good: a value that changes gets another one. So rows whose references are equal have equal values.
 */
@FunctionalInterface
public interface OutOfRowValues {
  int REFERENCE_BYTES = 12;

  /** Of rows that have all of their columns in them. */
  OutOfRowValues NONE =
      reference -> {
        throw new IllegalStateException("a column stands outside of a row that must be whole");
      };

  /** The value that a reference means. */
  Slice read(Slice reference);

  static long number(Slice reference) {
    return Bytes.getUnsigned(reference.array(), reference.offset(), 8);
  }

  static int length(Slice reference) {
    return Bytes.getInt(reference.array(), reference.offset() + 8);
  }

  /** A reference to the value with this number. */
  static Slice reference(long number, int length) {
    byte[] reference = new byte[REFERENCE_BYTES];
    Bytes.put(reference, 0, 8, number);
    Bytes.put(reference, 8, 4, length);
    return Slice.of(reference);
  }
}
