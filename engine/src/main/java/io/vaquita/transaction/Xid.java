package io.vaquita.transaction;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The name of a branch of a distributed transaction. Immutable.
 *
 * @param globalId at most 64 bytes
 * @param branch at most 64 bytes
 */
public record Xid(byte[] globalId, byte[] branch, long format) {
  private static final int HEAD_BYTES = Long.BYTES + 2;

  @Override
  public boolean equals(Object other) {
    return other instanceof Xid that
        && format == that.format
        && Arrays.equals(globalId, that.globalId)
        && Arrays.equals(branch, that.branch);
  }

  @Override
  public int hashCode() {
    return (Arrays.hashCode(globalId) * 31 + Arrays.hashCode(branch)) * 31 + Long.hashCode(format);
  }

  byte[] toKey() {
    return ByteBuffer.allocate(HEAD_BYTES + globalId.length + branch.length)
        .putLong(format)
        .put((byte) globalId.length)
        .put((byte) branch.length)
        .put(globalId)
        .put(branch)
        .array();
  }

  static Xid ofKey(byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(key);
    long format = in.getLong();
    byte[] globalId = new byte[in.get()];
    byte[] branch = new byte[in.get()];
    in.get(globalId).get(branch);
    return new Xid(globalId, branch, format);
  }
}
