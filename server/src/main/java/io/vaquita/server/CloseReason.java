package io.vaquita.server;

/** Why a connection ended, with what MySQL counts and says of it. Immutable. */
enum CloseReason {
  QUIT(false, false, "The client said goodbye"),
  END_OF_STREAM(true, true, "Got an error reading communication packets"),
  READ_ERROR(true, true, "Got an error reading communication packets"),
  READ_TIMEOUT(true, true, "Got timeout reading communication packets"),
  IDLE_TIMEOUT(true, true, "The client was disconnected by the server because of inactivity."),
  WRITE_ERROR(true, true, "Got an error writing communication packets"),
  WRITE_TIMEOUT(true, true, "Got timeout writing communication packets"),
  PACKET_TOO_LARGE(true, true, "Got a packet bigger than 'max_allowed_packet' bytes"),
  OUT_OF_ORDER(false, true, "Got packets out of order"),
  BAD_COMPRESSION(true, true, "Couldn't uncompress communication packet"),
  KILLED(true, false, "Killed"),
  CLIENT_GONE(true, true, "The client went away while its statement ran"),
  SHUTDOWN(true, false, "Server shutdown"),
  CHANGE_USER_FAILED(false, true, "COM_CHANGE_USER was refused"),
  LOGIN_TIMEOUT(false, true, "Got timeout reading communication packets"),
  LOGIN_ABANDONED(false, true, "Got an error reading communication packets"),
  BAD_HANDSHAKE(false, true, "Bad handshake"),
  ACCESS_DENIED(false, true, "Access denied"),
  REFUSED(false, true, "Refused"),
  INTERNAL(true, true, "Internal error");

  private final boolean isAbortedClient;
  private final boolean isLogged;
  private final String text;

  CloseReason(boolean isAbortedClient, boolean isLogged, String text) {
    this.isAbortedClient = isAbortedClient;
    this.isLogged = isLogged;
    this.text = text;
  }

  /** Whether Aborted_clients counts it. */
  boolean isAbortedClient() {
    return isAbortedClient;
  }

  /** Whether the error log has a line of it, at log_error_verbosity 3 in MySQL. */
  boolean isLogged() {
    return isLogged;
  }

  String text() {
    return text;
  }
}
