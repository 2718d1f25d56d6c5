package io.vaquita.server;

import org.jspecify.annotations.Nullable;

/** Why a connection ended, with what MySQL counts and says of it. Immutable. */
enum CloseReason {
  QUIT(false, null, "The client said goodbye"),
  END_OF_STREAM(true, LogEvent.CLIENT_LEFT, "Got an error reading communication packets"),
  READ_ERROR(true, LogEvent.CLIENT_LEFT, "Got an error reading communication packets"),
  READ_TIMEOUT(true, LogEvent.CONNECTION_CLOSED, "Got timeout reading communication packets"),
  IDLE_TIMEOUT(
      true,
      LogEvent.CONNECTION_CLOSED,
      "The client was disconnected by the server because of inactivity."),
  IDLE_TRANSACTION_TIMEOUT(
      true, LogEvent.CONNECTION_CLOSED, "Its transaction was idle for idle_transaction_timeout"),
  WRITE_ERROR(true, LogEvent.CONNECTION_CLOSED, "Got an error writing communication packets"),
  WRITE_TIMEOUT(true, LogEvent.CONNECTION_CLOSED, "Got timeout writing communication packets"),
  PACKET_TOO_LARGE(
      true, LogEvent.CONNECTION_CLOSED, "Got a packet bigger than 'max_allowed_packet' bytes"),
  OUT_OF_ORDER(false, LogEvent.CONNECTION_CLOSED, "Got packets out of order"),
  BAD_COMPRESSION(true, LogEvent.CONNECTION_CLOSED, "Couldn't uncompress communication packet"),
  KILLED(true, LogEvent.CONNECTION_CLOSED, "Killed"),
  KILLED_WHILE_STUCK(
      true, LogEvent.CONNECTION_CLOSED, "KILL QUERY, and the client did not read the result"),
  SHARED(true, LogEvent.CONNECTION_CLOSED, "Several processes held the client's end"),
  CLIENT_GONE(true, LogEvent.CONNECTION_CLOSED, "The client went away while its statement ran"),
  SHUTDOWN(true, LogEvent.CLIENT_LEFT, "Server shutdown"),
  CHANGE_USER_FAILED(false, LogEvent.CONNECTION_CLOSED, "COM_CHANGE_USER was refused"),
  LOGIN_TIMEOUT(false, LogEvent.CONNECTION_CLOSED, "Got timeout reading communication packets"),
  LOGIN_ABANDONED(false, LogEvent.CLIENT_LEFT, "Got an error reading communication packets"),
  BAD_HANDSHAKE(false, LogEvent.CONNECTION_CLOSED, "Bad handshake"),
  REFUSED(false, LogEvent.CONNECTION_REFUSED, "Refused"),
  INTERNAL(true, LogEvent.INTERNAL_ERROR, "Internal error");

  private final boolean isAbortedClient;
  private final @Nullable LogEvent event;
  private final String text;

  CloseReason(boolean isAbortedClient, @Nullable LogEvent event, String text) {
    this.isAbortedClient = isAbortedClient;
    this.event = event;
    this.text = text;
  }

  /** Whether Aborted_clients counts it, for a client that had logged in. */
  boolean isAbortedClient() {
    return isAbortedClient;
  }

  /** The line that the error log has of it; null for none. */
  @Nullable LogEvent event() {
    return event;
  }

  String text() {
    return text;
  }

  /** What a thread whose socket was closed under it finds out by itself: whoever closed it knows better. */
  boolean isVague() {
    return switch (this) {
      case END_OF_STREAM, READ_ERROR, WRITE_ERROR, READ_TIMEOUT, LOGIN_ABANDONED -> true;
      case QUIT,
          IDLE_TIMEOUT,
          IDLE_TRANSACTION_TIMEOUT,
          WRITE_TIMEOUT,
          PACKET_TOO_LARGE,
          OUT_OF_ORDER,
          BAD_COMPRESSION,
          KILLED,
          KILLED_WHILE_STUCK,
          SHARED,
          CLIENT_GONE,
          SHUTDOWN,
          CHANGE_USER_FAILED,
          LOGIN_TIMEOUT,
          BAD_HANDSHAKE,
          REFUSED,
          INTERNAL ->
          false;
    };
  }
}
