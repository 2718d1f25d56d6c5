package io.vaquita.client.failure;

/**
 * An {@link java.sql.SQLException} that says its likely cause. Immutable.
 *
 * <pre>{@code
 * if (exception instanceof Explained e) { log.warn(e.likelyCause().text()); }
 * }</pre>
 */
public sealed interface Explained
    permits ConnectionLostException,
        DeadlockException,
        HostBlockedException,
        IdleTooLongException,
        LockWaitTimeoutException,
        PacketTooLargeException,
        PacketsOutOfOrderException,
        TooManyConnectionsException {
  /** What usually stands behind such an error. */
  LikelyCause likelyCause();
}
