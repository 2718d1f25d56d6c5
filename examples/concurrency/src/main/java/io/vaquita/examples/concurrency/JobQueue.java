package io.vaquita.examples.concurrency;

import io.vaquita.client.Isolation;
import io.vaquita.client.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Jobs in a table {@code jobs(id, task, done)}. A worker locks the first job that nobody has, does it, and marks it in the same
 * transaction: jobs that others have are skipped, not waited for, and a worker that dies lets its job go. Thread-safe.
 */
public final class JobQueue {
  private final Transactions transactions;

  /** Does a job; what it throws leaves the job in the queue. */
  @FunctionalInterface
  public interface Worker {
    void work(String task) throws Exception;
  }

  public JobQueue(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Does one job. False when there is none that nobody has. */
  public boolean doNext(Worker worker) throws Exception {
    return transactions.<Boolean, Exception>inTransaction(
        Isolation.READ_COMMITTED,
        tx -> {
          try (PreparedStatement next =
                  tx.connection()
                      .prepareStatement(
                          "SELECT id, task FROM jobs WHERE done = 0 ORDER BY id LIMIT 1"
                              + " FOR UPDATE SKIP LOCKED");
              ResultSet job = next.executeQuery()) {
            if (!job.next()) {
              return false;
            }
            worker.work(job.getString(2));
            markDone(tx.connection(), job.getLong(1));
            return true;
          }
        });
  }

  private static void markDone(Connection connection, long id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE jobs SET done = 1 WHERE id = ?")) {
      update.setLong(1, id);
      update.executeUpdate();
    }
  }
}
