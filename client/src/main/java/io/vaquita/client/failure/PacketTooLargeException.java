package io.vaquita.client.failure;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;

/**
 * A statement or value is larger than {@code max_allowed_packet} (1153, 1301). Immutable.
 *
 * <pre>{@code
 * try (Connection connection = source.getConnection()) {
 *   …
 * } catch (PacketTooLargeException e) {
 *   log.warn(e.likelyCause().text(), e); // larger than max_allowed_packet
 * }
 * }</pre>
 */
public final class PacketTooLargeException extends SQLNonTransientException implements Explained {
  @Serial private static final long serialVersionUID = 1;

  PacketTooLargeException(String message, SQLException cause) {
    super(message, cause.getSQLState(), cause.getErrorCode(), cause);
  }

  @Override
  public LikelyCause likelyCause() {
    return LikelyCause.PACKET_TOO_LARGE;
  }
}
