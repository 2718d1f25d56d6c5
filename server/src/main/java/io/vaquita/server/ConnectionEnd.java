package io.vaquita.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Unwinds a connection's thread: the connection is over, for this reason. Immutable. */
final class ConnectionEnd extends IOException {
  private static final long serialVersionUID = 1L;

  private final CloseReason reason;

  ConnectionEnd(CloseReason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  ConnectionEnd(CloseReason reason, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  CloseReason reason() {
    return reason;
  }
}
