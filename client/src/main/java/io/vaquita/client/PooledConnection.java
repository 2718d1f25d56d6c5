package io.vaquita.client;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * One physical connection. Confined to whoever holds it: the lease while it is lent, the pool's lock while it is idle.
 *
 * <pre>
 *   opened ──► lent ◄──► idle
 *               │         │
 *               └─► gone ◄┘   closed (COM_QUIT) or dropped (socket closed without a word)
 * </pre>
 */
final class PooledConnection {
  final Connection physical;
  final DriverSession session;
  final ProcessIdentity owner;
  final long openedNanos;

  /** The schema after login, null where the driver says none. */
  private final @Nullable String catalog;

  /** When it was last handed back. */
  long idleSinceNanos;

  PooledConnection(Connection physical, ProcessIdentity owner, long nowNanos) throws SQLException {
    this.physical = physical;
    this.session = DriverSession.of(physical);
    this.owner = owner;
    this.openedNanos = nowNanos;
    this.idleSinceNanos = nowNanos;
    this.catalog = physical.getCatalog();
  }

  /** As after login; false when this connection cannot be made so. */
  boolean reset() throws SQLException {
    if (!session.reset()) {
      return false;
    }
    // a reset leaves the current schema as it is, and the driver may not know of a USE
    if (catalog == null || catalog.isEmpty()) {
      return false;
    }
    physical.setCatalog(catalog);
    return true;
  }

  /** Releases all named locks and says how many there were. MariaDB before 10.5.2 has no RELEASE_ALL_LOCKS: an error there. */
  long releaseNamedLocks() throws SQLException {
    try (Statement statement = physical.createStatement();
        var rows = statement.executeQuery("SELECT RELEASE_ALL_LOCKS()")) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** With a COM_QUIT: the server ends the session in good order. Errors do not matter any more. */
  void close() {
    try {
      physical.close();
    } catch (SQLException | RuntimeException e) {
      drop();
    }
  }

  /** Closes the socket without a word: another process may share it, and its session must live; or the server no longer answers. */
  void drop() {
    try {
      session.drop();
    } catch (SQLException | RuntimeException e) {
      // the driver has nothing left to close
    }
  }
}
