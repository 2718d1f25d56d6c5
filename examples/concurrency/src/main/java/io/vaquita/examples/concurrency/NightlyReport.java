package io.vaquita.examples.concurrency;

import io.vaquita.client.LeaderElection;
import io.vaquita.client.NamedLock;
import io.vaquita.client.NamedLocks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * One process of many writes the report. Each write carries the leader's fencing number, and the table refuses a number lower than it has
 * seen: a leader that was replaced without noticing cannot overwrite its successor's work. Thread-safe.
 */
public final class NightlyReport {
  private final DataSource source;

  public NightlyReport(DataSource source) {
    this.source = source;
  }

  /** Takes part in the election; the leader writes a line whenever {@code lines} has one. */
  public LeaderElection campaign(
      NamedLocks locks, java.util.concurrent.BlockingQueue<String> lines) {
    return LeaderElection.start(
        locks,
        "nightly-report",
        leadership -> {
          while (leadership.isHeld()) {
            write(leadership, lines.take());
          }
        });
  }

  private void write(NamedLock leadership, String line) throws SQLException {
    write(leadership.token().orElse(0), line);
  }

  /** False when a newer leader has written. */
  boolean write(long token, String line) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE report SET line = ?, token = ? WHERE id = 1 AND token <= ?")) {
      update.setString(1, line);
      update.setLong(2, token);
      update.setLong(3, token);
      return update.executeUpdate() == 1;
    }
  }
}
