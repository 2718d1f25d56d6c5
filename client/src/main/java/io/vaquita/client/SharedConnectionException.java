package io.vaquita.client;

import java.io.Serial;
import java.sql.SQLNonTransientException;

/**
 * A thread used a connection while another thread was in a call on it. The call did not reach the driver, so the stream of packets is
 * whole and the first thread's work goes on. The cause is where the first thread stands; this exception's own trace is the second's. Immutable.
 *
 * <pre>{@code
 * Thread other = Thread.startVirtualThread(() -> use(connection)); // in a call
 * connection.createStatement(); // throws it: both stack traces are in the message
 * }</pre>
 */
public final class SharedConnectionException extends SQLNonTransientException {
  @Serial private static final long serialVersionUID = 1;

  SharedConnectionException(String message, Throwable first) {
    super(message, "HY000", first);
  }
}
