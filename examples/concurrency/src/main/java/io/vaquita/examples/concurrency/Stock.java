package io.vaquita.examples.concurrency;

import io.vaquita.client.Isolation;
import io.vaquita.client.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Sales from a table {@code stock(id, pieces, version)}, in the two ways that lose none. Thread-safe. */
public final class Stock {
  private final Transactions transactions;

  public Stock(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Locks the row before it reads it: others wait. Best where many want the same row. False when it is sold out. */
  public boolean sellPessimistically(int id) throws SQLException {
    return transactions.<Boolean, RuntimeException>inTransaction(
        Isolation.READ_COMMITTED,
        tx -> {
          Article article = read(tx.connection(), id, " FOR UPDATE");
          return article.pieces > 0 && take(tx.connection(), article);
        });
  }

  /** Reads without a lock and writes only where nobody wrote since; else begins anew. Best where that is rare. False when it is sold out. */
  public boolean sellOptimistically(int id) throws SQLException {
    while (true) {
      Outcome outcome =
          transactions.<Outcome, RuntimeException>inTransaction(
              Isolation.READ_COMMITTED,
              tx -> {
                Article article = read(tx.connection(), id, "");
                if (article.pieces == 0) {
                  return Outcome.SOLD_OUT;
                }
                return take(tx.connection(), article) ? Outcome.SOLD : Outcome.CHANGED_MEANWHILE;
              });
      if (outcome != Outcome.CHANGED_MEANWHILE) {
        return outcome == Outcome.SOLD;
      }
    }
  }

  private enum Outcome {
    SOLD,
    SOLD_OUT,
    CHANGED_MEANWHILE
  }

  private record Article(int id, int pieces, int version) {}

  private static Article read(Connection connection, int id, String locking) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT pieces, version FROM stock WHERE id = ?" + locking)) {
      query.setInt(1, id);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next()
            ? new Article(id, rows.getInt(1), rows.getInt(2))
            : new Article(id, 0, 0);
      }
    }
  }

  private static boolean take(Connection connection, Article article) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE stock SET pieces = pieces - 1, version = version + 1"
                + " WHERE id = ? AND version = ?")) {
      update.setInt(1, article.id);
      update.setInt(2, article.version);
      return update.executeUpdate() == 1;
    }
  }
}
