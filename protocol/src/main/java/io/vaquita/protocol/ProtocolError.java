package io.vaquita.protocol;

/** What the bytes of a peer can be wrong in, with MySQL's number, SQLSTATE and message. Immutable. */
public enum ProtocolError {
  HANDSHAKE(1043, "08S01", "Bad handshake"),
  UNKNOWN_COMMAND(1047, "08S01", "Unknown command"),
  PACKET_TOO_LARGE(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes"),
  PACKETS_OUT_OF_ORDER(1156, "08S01", "Got packets out of order"),
  UNCOMPRESS(1157, "08S01", "Couldn't uncompress communication packet"),
  READ(1158, "08S01", "Got an error reading communication packets"),
  WRONG_ARGUMENTS(1210, "HY000", "Incorrect arguments to mysqld_stmt_execute"),
  MALFORMED_PACKET(1835, "HY000", "Malformed communication packet.");

  private final int number;
  private final String sqlState;
  private final String message;

  ProtocolError(int number, String sqlState, String message) {
    this.number = number;
    this.sqlState = sqlState;
    this.message = message;
  }

  public int number() {
    return number;
  }

  public String sqlState() {
    return sqlState;
  }

  public String message() {
    return message;
  }

  /** The exception for this error; {@code detail} is for the log, never for the peer. */
  public ProtocolException exception(String detail) {
    return new ProtocolException(this, detail);
  }
}
