package io.vaquita.server;

/**
 * A kind of event in the error log: its word, MySQL's number where MySQL has such a line, and how much it matters. Immutable.
 */
enum LogEvent {
  STARTED("started", "MY-010931", Level.SYSTEM),
  STOPPED("stopped", "MY-010910", Level.SYSTEM),
  INTERNAL_ERROR("internal-error", "", Level.ERROR),
  ACCEPT_FAILED("accept-failed", "MY-010283", Level.ERROR),
  LISTENER_FAILED("listener-failed", "", Level.WARNING),
  TOO_MANY_CONNECTIONS("too-many-connections", "MY-013140", Level.WARNING),
  HOST_BLOCKED("host-blocked", "", Level.WARNING),
  SHARED_CONNECTION("shared-connection", "", Level.WARNING),
  SHARED_CONNECTION_CHECK("shared-connection-check", "", Level.WARNING),
  /** As MySQL, which shows them with innodb_print_all_deadlocks only: an application's affair, and answered with 1213. */
  DEADLOCK("deadlock", "", Level.NOTE),
  REFUSED_VARIABLE("refused-variable", "", Level.WARNING),
  MALFORMED_PACKET("malformed-packet", "", Level.WARNING),
  CONNECTION_REFUSED("connection-refused", "MY-010926", Level.NOTE),
  /** The server ended a connection for a reason of its own. */
  CONNECTION_CLOSED("connection-closed", "MY-010914", Level.WARNING),
  /** The client ended a connection without saying goodbye. */
  CLIENT_LEFT("client-left", "MY-010914", Level.NOTE);

  /** As log_error_verbosity and performance_schema.error_log know them. */
  enum Level {
    SYSTEM("System", 1),
    ERROR("Error", 1),
    WARNING("Warning", 2),
    NOTE("Note", 3);

    private final String text;
    private final int verbosity;

    Level(String text, int verbosity) {
      this.text = text;
      this.verbosity = verbosity;
    }

    String text() {
      return text;
    }

    /** The least log_error_verbosity with which it is written. */
    int verbosity() {
      return verbosity;
    }
  }

  private final String word;
  private final String code;
  private final Level level;

  LogEvent(String word, String code, Level level) {
    this.word = word;
    this.code = code;
    this.level = level;
  }

  String word() {
    return word;
  }

  /** {@code MY-010914}, or empty. */
  String code() {
    return code;
  }

  Level level() {
    return level;
  }
}
