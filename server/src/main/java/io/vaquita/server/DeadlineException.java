package io.vaquita.server;

import java.io.IOException;

/** A wait for the peer that took longer than it may. Immutable. */
final class DeadlineException extends IOException {
  private static final long serialVersionUID = 1L;

  private final SocketTransport.Wait wait;

  DeadlineException(SocketTransport.Wait wait) {
    super("deadline passed: " + wait);
    this.wait = wait;
  }

  SocketTransport.Wait waitKind() {
    return wait;
  }
}
