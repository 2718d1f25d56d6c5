package io.vaquita.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Integers in arrays, least significant byte first, as everything on the wire. Stateless. */
final class LittleEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static int int2(byte[] array, int at) {
    return (short) SHORT.get(array, at) & 0xFFFF;
  }

  static int int3(byte[] array, int at) {
    return int2(array, at) | (array[at + 2] & 0xFF) << 16;
  }

  static int int4(byte[] array, int at) {
    return (int) INT.get(array, at);
  }

  static long int8(byte[] array, int at) {
    return (long) LONG.get(array, at);
  }

  static void putInt2(byte[] array, int at, int value) {
    SHORT.set(array, at, (short) value);
  }

  static void putInt3(byte[] array, int at, int value) {
    putInt2(array, at, value);
    array[at + 2] = (byte) (value >> 16);
  }

  static void putInt4(byte[] array, int at, int value) {
    INT.set(array, at, value);
  }

  static void putInt8(byte[] array, int at, long value) {
    LONG.set(array, at, value);
  }
}
