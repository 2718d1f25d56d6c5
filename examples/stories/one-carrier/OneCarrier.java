import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Two transactions on one row, in virtual threads on one carrier thread. Arguments: port. Run with {@code
 * -Djdk.virtualThreadScheduler.parallelism=1 -Djdk.virtualThreadScheduler.maxPoolSize=1}.
 */
public final class OneCarrier {
  private static String url;

  public static void main(String[] arguments) throws Exception {
    url =
        "jdbc:mysql://127.0.0.1:"
            + arguments[0]
            + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS carrier");
      statement.execute("DROP TABLE IF EXISTS carrier.counter");
      statement.execute("CREATE TABLE carrier.counter (id INT PRIMARY KEY, n INT)");
      statement.execute("INSERT INTO carrier.counter VALUES (1, 0)");
    }
    waitsForEachOther();
    saysWhoIsInTheWay();
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "root", "");
  }

  /** Twenty transactions read, add and write one row: each waits for the one before, and none for a carrier. */
  private static void waitsForEachOther() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.submit(
            () -> {
              try (Connection connection = connect();
                  Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.executeUpdate("UPDATE carrier.counter SET n = n + 1 WHERE id = 1");
                Thread.yield();
                connection.commit();
              }
              return null;
            });
      }
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT n FROM carrier.counter")) {
      rows.next();
      System.out.println("twenty transactions in turn: " + rows.getInt(1));
    }
  }

  /** One transaction keeps the row; the other gives up after a second and is told whose lock it was. */
  private static void saysWhoIsInTheWay() throws Exception {
    CountDownLatch isLocked = new CountDownLatch(1);
    CountDownLatch isTold = new CountDownLatch(1);
    Thread holder =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (Connection connection = connect();
                      Statement statement = connection.createStatement()) {
                    connection.setAutoCommit(false);
                    statement.executeUpdate("UPDATE carrier.counter SET n = 100 WHERE id = 1");
                    isLocked.countDown();
                    isTold.await();
                    connection.rollback();
                  } catch (SQLException | InterruptedException e) {
                    System.out.println("the holder failed: " + e.getMessage());
                  }
                });
    Thread waiter =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (Connection connection = connect();
                      Statement statement = connection.createStatement()) {
                    isLocked.await();
                    statement.execute("SET SESSION innodb_lock_wait_timeout = 1");
                    try {
                      statement.executeUpdate("UPDATE carrier.counter SET n = 200 WHERE id = 1");
                      System.out.println("no error");
                    } catch (SQLException e) {
                      System.out.println("error " + e.getErrorCode() + ": " + e.getMessage());
                      try (ResultSet warnings = statement.executeQuery("SHOW WARNINGS")) {
                        while (warnings.next()) {
                          System.out.println(
                              "  "
                                  + warnings.getString(1)
                                  + " "
                                  + warnings.getInt(2)
                                  + ": "
                                  + warnings.getString(3));
                        }
                      }
                    }
                  } catch (SQLException | InterruptedException e) {
                    System.out.println("the waiter failed: " + e.getMessage());
                  } finally {
                    isTold.countDown();
                  }
                });
    holder.join();
    waiter.join();
  }
}
