package io.vaquita.server;

import io.vaquita.protocol.ByteRange;
import java.util.ArrayList;
import java.util.List;

/**
 * A parameter that comes by COM_STMT_SEND_LONG_DATA, as the pieces in which it comes: they become one array when the statement is
 * executed, and each is forgotten as soon as it is copied. Confined to its connection.
 */
final class LongParameter {
  private final List<ByteRange> pieces = new ArrayList<>();
  private long bytes;

  /** Returns false, and does not take the piece, when the parameter would have more than {@code bytesMax}. */
  boolean add(ByteRange piece, long bytesMax) {
    if (bytes + piece.length() > bytesMax) {
      return false;
    }
    bytes += piece.length();
    pieces.add(piece);
    return true;
  }

  /** The whole value; the parameter is empty afterwards. */
  ByteRange take() {
    if (pieces.size() == 1) {
      return pieces.removeFirst();
    }
    byte[] whole = new byte[Math.toIntExact(bytes)];
    int at = 0;
    for (int i = 0; i < pieces.size(); i++) {
      ByteRange piece = pieces.set(i, EMPTY);
      System.arraycopy(piece.array(), piece.offset(), whole, at, piece.length());
      at += piece.length();
    }
    pieces.clear();
    bytes = 0;
    return ByteRange.of(whole);
  }

  private static final ByteRange EMPTY = ByteRange.of(new byte[0]);
}
