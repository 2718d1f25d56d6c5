package io.vaquita.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays: little-endian in rows, big-endian in keys. Stateless. */
final class Bytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle BIG_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  static int getInt(byte[] array, int at) {
    return (int) INT.get(array, at);
  }

  static int getUnsignedShort(byte[] array, int at) {
    return (short) SHORT.get(array, at) & 0xffff;
  }

  /** {@code width} bytes (1 to 8) without sign. */
  static long getUnsigned(byte[] array, int at, int width) {
    switch (width) {
      case 1:
        return array[at] & 0xff;
      case 2:
        return getUnsignedShort(array, at);
      case 4:
        return getInt(array, at) & 0xffffffffL;
      case 8:
        return (long) LONG.get(array, at);
      default:
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
          value = value << 8 | array[at + i] & 0xff;
        }
        return value;
    }
  }

  /** {@code width} bytes (1 to 8) with sign. */
  static long getSigned(byte[] array, int at, int width) {
    int shift = 64 - width * 8;
    return getUnsigned(array, at, width) << shift >> shift;
  }

  static void put(byte[] array, int at, int width, long value) {
    switch (width) {
      case 1 -> array[at] = (byte) value;
      case 2 -> SHORT.set(array, at, (short) value);
      case 4 -> INT.set(array, at, (int) value);
      case 8 -> LONG.set(array, at, value);
      default -> {
        long v = value;
        for (int i = 0; i < width; i++) {
          array[at + i] = (byte) v;
          v >>= 8;
        }
      }
    }
  }

  static void putBig(byte[] array, int at, int width, long value) {
    switch (width) {
      case 1 -> array[at] = (byte) value;
      case 4 -> BIG_INT.set(array, at, (int) value);
      case 8 -> BIG_LONG.set(array, at, value);
      default -> {
        long v = value;
        for (int i = width - 1; i >= 0; i--) {
          array[at + i] = (byte) v;
          v >>= 8;
        }
      }
    }
  }
}
