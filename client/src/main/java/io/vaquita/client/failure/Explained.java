package io.vaquita.client.failure;

/** An {@link java.sql.SQLException} that says its likely cause. */
public sealed interface Explained
    permits ConnectionLostException,
        DeadlockException,
        HostBlockedException,
        IdleTooLongException,
        LockWaitTimeoutException,
        PacketTooLargeException,
        PacketsOutOfOrderException,
        TooManyConnectionsException {
  LikelyCause likelyCause();
}
