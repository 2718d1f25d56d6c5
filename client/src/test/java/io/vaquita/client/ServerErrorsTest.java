package io.vaquita.client;

import static io.vaquita.client.GuardedDataSourceTest.awaitGone;
import static io.vaquita.client.Peer.execute;
import static io.vaquita.client.Peer.number;
import static io.vaquita.client.Peer.one;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.client.failure.ConnectionLostException;
import io.vaquita.client.failure.Explained;
import io.vaquita.client.failure.IdleTooLongException;
import io.vaquita.client.failure.LikelyCause;
import io.vaquita.client.failure.TooManyConnectionsException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors that servers and drivers really give, explained. Deadlocks and lock waits: {@link TransactionsTest}. */
@Timeout(120)
final class ServerErrorsTest {
  private static GuardedDataSource over(Peer peer, int size) {
    return GuardedDataSource.over(
        peer.source(), GuardOptions.builder().maximumSize(size).listener(event -> {}).build());
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void tooManyConnections(Peer peer) throws SQLException {
    Assumptions.assumeTrue(peer.isOurs(), "a foreign server's max_connections is left alone");
    List<Connection> open = new ArrayList<>();
    try (Connection other = peer.source().getConnection();
        GuardedDataSource source = over(peer, 30)) {
      String before = one(other, "SELECT @@max_connections");
      execute(other, "SET GLOBAL max_connections = 10");
      try {
        TooManyConnectionsException error =
            assertThrows(
                TooManyConnectionsException.class,
                () -> {
                  while (open.size() < 30) {
                    open.add(source.getConnection());
                  }
                });
        assertTrue(error.getErrorCode() == 1040, error::toString);
        assertTrue(error.getMessage().contains("max_user_connections"), error.getMessage());
        open.removeLast().close();
        try (Connection again = source.getConnection()) {
          assertTrue(again.isValid(5), "the pool goes on");
        }
      } finally {
        execute(other, "SET GLOBAL max_connections = " + before);
        for (Connection each : open) {
          each.close();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void idleForTooLong(Peer peer) throws SQLException {
    try (Connection other = peer.source().getConnection();
        GuardedDataSource source = over(peer, 1)) {
      try (Connection connection = source.getConnection()) {
        long id = number(connection, "SELECT CONNECTION_ID()");
        execute(connection, "SET SESSION wait_timeout = 1");
        awaitGone(other, id);
        SQLException error = assertThrows(SQLException.class, () -> one(connection, "SELECT 1"));
        assertTrue(
            error instanceof IdleTooLongException || error instanceof ConnectionLostException,
            error::toString);
        assertTrue(error.getMessage().contains("wait_timeout"), error.getMessage());
      }
      try (Connection connection = source.getConnection()) {
        assertTrue(connection.isValid(5), "another one");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void tooLargeAPacket(Peer peer) throws SQLException {
    Assumptions.assumeTrue(peer.isOurs(), "a foreign server's max_allowed_packet is left alone");
    try (Connection other = peer.source().getConnection()) {
      String before = one(other, "SELECT @@global.max_allowed_packet");
      execute(other, "SET GLOBAL max_allowed_packet = 1048576");
      try (GuardedDataSource source = over(peer, 1);
          Connection connection = source.getConnection();
          PreparedStatement statement = connection.prepareStatement("SELECT LENGTH(?)")) {
        statement.setString(1, "x".repeat(3 << 20));
        SQLException error = assertThrows(SQLException.class, statement::executeQuery);
        LikelyCause cause = assertInstanceOf(Explained.class, error).likelyCause();
        assertTrue(
            cause == LikelyCause.PACKET_TOO_LARGE || cause == LikelyCause.LOST, error::toString);
        assertTrue(error.getMessage().contains("max_allowed_packet"), error.getMessage());
      } finally {
        execute(other, "SET GLOBAL max_allowed_packet = " + before);
      }
    }
  }
}
