package io.vaquita.server.client;

/** What a server answered instead of a result. Immutable. */
public final class ServerError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int number;
  private final String sqlState;

  public ServerError(int number, String sqlState, String message) {
    super(message, null, false, true);
    this.number = number;
    this.sqlState = sqlState;
  }

  public int number() {
    return number;
  }

  public String sqlState() {
    return sqlState;
  }

  /** As clients print it. */
  public String line() {
    return "ERROR " + number + " (" + sqlState + "): " + getMessage();
  }
}
