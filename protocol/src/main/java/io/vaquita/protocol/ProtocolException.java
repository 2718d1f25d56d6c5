package io.vaquita.protocol;

/**
 * Bytes of a peer that are no valid packet. The only exception that decoders throw for bad input. Immutable; without a stack
 * trace, because a hostile peer may cause any number of them.
 */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProtocolError error;
  private final String detail;

  ProtocolException(ProtocolError error, String detail) {
    super(error.message() + " (" + detail + ")", null, false, false);
    this.error = error;
    this.detail = detail;
  }

  public ProtocolError error() {
    return error;
  }

  /** What was wrong, for the log. */
  public String detail() {
    return detail;
  }
}
