package io.vaquita.client.failure;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What MySQL's and MariaDB's errors about connections and locks usually mean. Immutable; source: the MySQL 8.4 manual, "Common Errors
 * When Using MySQL Programs" and "Server Error Message Reference".
 *
 * <pre>{@code
 * LikelyCause cause = LikelyCause.of(exception);
 * log.warn(cause == null ? exception.getMessage() : cause.text(), exception);
 * }</pre>
 */
public enum LikelyCause {
  /** The connection is gone. */
  LOST(
      Set.of(2006, 2013, 1053, 1927),
      "the connection is gone: the server closed it after wait_timeout of idleness, was restarted"
          + " or killed the session, a statement or result was larger than max_allowed_packet, a"
          + " proxy or firewall between dropped it, or another process or thread used (and closed)"
          + " the same socket. Whether the last statement took effect is unknown"),
  /** The server closed it for idleness. */
  IDLE_TOO_LONG(
      Set.of(4031),
      "the connection was idle for longer than the server's wait_timeout. Keep the pool's idle"
          + " timeout below it, and validate before lending"),
  /** The server or the account is full. */
  TOO_MANY_CONNECTIONS(
      Set.of(1040, 1203, 1226),
      "the server has as many connections as it or this account allows (max_connections,"
          + " max_user_connections). The pools of all processes together must stay below it; look"
          + " for connections that are never handed back"),
  /** The server refuses this host. */
  HOST_BLOCKED(
      Set.of(1129),
      "too many failed logins from this host (max_connect_errors), often a health check that opens"
          + " and closes the port. FLUSH HOSTS or TRUNCATE performance_schema.host_cache lets it in"
          + " again"),
  /** Larger than max_allowed_packet. */
  PACKET_TOO_LARGE(
      Set.of(1153, 1301),
      "a statement or value is larger than max_allowed_packet, of which server and client each have"
          + " one. Send large values in pieces, or raise both"),
  /** The stream of packets is broken. */
  OUT_OF_ORDER(
      Set.of(1156, 1157, 1158, 1159, 1160, 1161),
      "packets were lost, late or out of order. Out of order usually means that one connection is"
          + " shared: by a process and its forked child, or by two threads. A read or write error"
          + " or timeout means that one side stopped: net_read_timeout and net_write_timeout on the"
          + " server, the socket timeout on the client"),
  /** A row lock was not had in time; the transaction is still open. */
  LOCK_WAIT_TIMEOUT(
      Set.of(1205),
      "another transaction held a lock for longer than innodb_lock_wait_timeout. Only this"
          + " statement was rolled back, the transaction is still open and holds its locks (unless"
          + " innodb_rollback_on_timeout is on): roll back before trying again"),
  /** Rolled back to end a deadlock. */
  DEADLOCK(
      Set.of(1213),
      "two or more transactions waited for each other and this one was chosen to end. It was rolled"
          + " back as a whole and can be tried again from its beginning; touching rows in one order"
          + " everywhere makes it rarer");

  /** Connector/J's and MariaDB Connector/J's. */
  private static final Set<String> TOO_LARGE =
      Set.of("PacketTooBigException", "MaxAllowedPacketException");

  private final Set<Integer> numbers;
  private final String text;

  LikelyCause(Set<Integer> numbers, String text) {
    this.numbers = numbers;
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** By MySQL's error number, or by the SQLSTATE class 08 that drivers give for their own connection errors; null for any other. */
  public static @Nullable LikelyCause of(SQLException error) {
    for (LikelyCause each : values()) {
      if (each.numbers.contains(error.getErrorCode())) {
        return each;
      }
    }
    if (isTooLargeForTheDriver(error)) {
      return PACKET_TOO_LARGE;
    }
    String state = error.getSQLState();
    return state != null && state.startsWith("08") ? LOST : null;
  }

  /** Drivers that look at the size themselves have a class for it and no number. */
  private static boolean isTooLargeForTheDriver(SQLException error) {
    Throwable at = error;
    while (at != null && !TOO_LARGE.contains(at.getClass().getSimpleName())) {
      at = at.getCause();
    }
    return at != null;
  }

  /** Whether the connection is of no use after this. */
  public boolean endsTheConnection() {
    return switch (this) {
      case LOST, IDLE_TOO_LONG, OUT_OF_ORDER, HOST_BLOCKED, TOO_MANY_CONNECTIONS -> true;
      case PACKET_TOO_LARGE -> true;
      case LOCK_WAIT_TIMEOUT, DEADLOCK -> false;
    };
  }

  /** The same error with its likely cause in the message, of a type of its own; number, SQLSTATE and cause stay. */
  public SQLException explain(SQLException error) {
    String message = error.getMessage() + " (likely cause: " + text + ")";
    return switch (this) {
      case LOST -> new ConnectionLostException(message, error);
      case IDLE_TOO_LONG -> new IdleTooLongException(message, error);
      case TOO_MANY_CONNECTIONS -> new TooManyConnectionsException(message, error);
      case HOST_BLOCKED -> new HostBlockedException(message, error);
      case PACKET_TOO_LARGE -> new PacketTooLargeException(message, error);
      case OUT_OF_ORDER -> new PacketsOutOfOrderException(message, error);
      case LOCK_WAIT_TIMEOUT -> new LockWaitTimeoutException(message, error);
      case DEADLOCK -> new DeadlockException(message, error);
    };
  }

  /** A driver's error explained where there is something to explain; any other, and the client kit's own errors, as they are. */
  public static SQLException explained(SQLException error) {
    boolean isTheKits = error.getClass().getPackageName().startsWith("io.vaquita.client");
    LikelyCause cause = isTheKits ? null : of(error);
    return cause == null ? error : cause.explain(error);
  }
}
