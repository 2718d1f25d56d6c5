package io.vaquita.client;

import static io.vaquita.client.Peer.execute;
import static io.vaquita.client.Peer.number;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What {@link OneCarrierTest} runs with one carrier: thousands of transactions on one row over a pool of two. */
final class OneCarrierMain {
  private OneCarrierMain() {}

  public static void main(String[] arguments) throws Exception {
    Peer peer = Peer.valueOf(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    GuardOptions two =
        GuardOptions.builder()
            .maximumSize(2)
            .borrowTimeout(java.time.Duration.ofMinutes(2))
            .build();
    try (GuardedDataSource source =
        GuardedDataSource.over(peer.source(Integer.parseInt(arguments[2])), two)) {
      try (Connection connection = source.getConnection()) {
        execute(
            connection,
            "DROP TABLE IF EXISTS counter",
            "CREATE TABLE counter (id INT PRIMARY KEY, hits INT NOT NULL)",
            "INSERT INTO counter VALUES (1, 0)");
      }
      Transactions transactions = Transactions.over(source);
      CountDownLatch ended = new CountDownLatch(count);
      AtomicInteger failures = new AtomicInteger();
      for (int i = 0; i < count; i++) {
        Thread.startVirtualThread(
            () -> {
              try {
                hit(transactions);
              } catch (SQLException e) {
                if (failures.incrementAndGet() == 1) {
                  e.printStackTrace();
                }
              } finally {
                ended.countDown();
              }
            });
      }
      ended.await();
      try (Connection connection = source.getConnection()) {
        long hits = number(connection, "SELECT hits FROM counter");
        if (failures.get() != 0 || hits != count) {
          System.out.println(failures + " failures, " + hits + " hits");
          System.exit(1);
        }
      }
    }
  }

  private static void hit(Transactions transactions) throws SQLException {
    transactions.run(
        Isolation.READ_COMMITTED,
        (Transactions.Action<RuntimeException>)
            tx -> {
              number(tx.connection(), "SELECT hits FROM counter WHERE id = 1 FOR UPDATE");
              execute(tx.connection(), "UPDATE counter SET hits = hits + 1 WHERE id = 1");
            });
  }
}
