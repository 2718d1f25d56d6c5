package io.vaquita.executor;

import io.vaquita.value.Slice;

/** Bytes by which JSON documents are grouped and sorted. Stateless. */
final class JsonKeys {
  private JsonKeys() {}

  static byte[] sortKey(Slice binary) {
    return binary.toBytes();
  }
}
