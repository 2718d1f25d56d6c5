package io.vaquita.server;

import java.io.IOException;

/** The peer does not take what it is sent. Immutable. */
final class WriteFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  WriteFailedException(IOException cause, int bytesWritten, int bytesToWrite) {
    super("after " + bytesWritten + " of " + bytesToWrite + " bytes: " + cause.getMessage(), cause);
  }
}
