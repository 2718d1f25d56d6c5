package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.DatabaseOptions;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.value.TextBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a wait that timed out leaves of its transaction. The outcomes with innodb_rollback_on_timeout=ON are those of a MySQL that was
 * started with it: row waits roll everything back and the session goes on outside a transaction, waits for metadata do not.
 */
final class LockTimeoutTest {
  /** SERVER_STATUS_IN_TRANS. */
  private static final int IN_TRANSACTION = 1;

  private Database database;
  private Session holder;
  private Session waiter;

  @BeforeEach
  void open() {
    open("ON");
  }

  private void open(String rollbackOnTimeout) {
    database =
        Database.open(
            DatabaseOptions.inMemory().with("innodb_rollback_on_timeout", rollbackOnTimeout));
    holder = database.connect(ConnectOptions.local());
    waiter = database.connect(ConnectOptions.local());
    run(holder, "CREATE DATABASE d");
    for (Session session : new Session[] {holder, waiter}) {
      run(session, "USE d");
      run(session, "SET innodb_lock_wait_timeout = 1, lock_wait_timeout = 1");
    }
    run(holder, "CREATE TABLE t (id INT PRIMARY KEY, n INT)");
    run(holder, "CREATE TABLE u (id INT PRIMARY KEY)");
    run(holder, "INSERT INTO t VALUES (1, 1), (2, 2)");
  }

  @AfterEach
  void close() {
    waiter.close();
    holder.close();
    database.close();
  }

  @Test
  void rowWaitRollsTheTransactionBack() {
    waitForRowIn("BEGIN");
    fails(MySqlError.ER_SP_DOES_NOT_EXIST, waiter, "ROLLBACK TO s");
    // a transaction of its own, so that the later ROLLBACK finds nothing
    run(waiter, "UPDATE t SET n = 40 WHERE id = 2");
    run(waiter, "ROLLBACK");
    run(holder, "COMMIT");
    assertEquals("10,40", ask("SELECT GROUP_CONCAT(n ORDER BY id) FROM t"));
  }

  @Test
  void withoutAutocommitTheNextStatementBeginsATransaction() {
    waitForRowIn("SET autocommit = 0");
    run(waiter, "UPDATE t SET n = 40 WHERE id = 2");
    run(waiter, "ROLLBACK");
    run(holder, "COMMIT");
    assertEquals("10,2", ask("SELECT GROUP_CONCAT(n ORDER BY id) FROM t"));
  }

  @Test
  void waitForMetadataUndoesTheStatementAlone() {
    run(holder, "LOCK TABLES t WRITE");
    run(waiter, "BEGIN");
    run(waiter, "INSERT INTO u VALUES (1)");
    fails(MySqlError.ER_LOCK_WAIT_TIMEOUT, waiter, "SELECT * FROM t");
    assertTrue(inTransaction(waiter));
    run(holder, "UNLOCK TABLES");
    run(waiter, "COMMIT");
    assertEquals("1", ask("SELECT COUNT(*) FROM u"));
  }

  @Test
  void offByDefaultTheStatementAloneIsUndone() {
    close();
    open("OFF");
    run(holder, "BEGIN");
    run(holder, "UPDATE t SET n = 10 WHERE id = 1");
    run(waiter, "BEGIN");
    run(waiter, "UPDATE t SET n = 20 WHERE id = 2");
    fails(MySqlError.ER_LOCK_WAIT_TIMEOUT, waiter, "UPDATE t SET n = n + 100");
    assertTrue(inTransaction(waiter));
    run(holder, "COMMIT");
    run(waiter, "COMMIT");
    assertEquals("10,20", ask("SELECT GROUP_CONCAT(n ORDER BY id) FROM t"));
  }

  private void waitForRowIn(String begin) {
    run(holder, "BEGIN");
    run(holder, "UPDATE t SET n = 10 WHERE id = 1");
    run(waiter, begin);
    run(waiter, "UPDATE t SET n = 20 WHERE id = 2");
    run(waiter, "SAVEPOINT s");
    fails(MySqlError.ER_LOCK_WAIT_TIMEOUT, waiter, "UPDATE t SET n = 30 WHERE id = 1");
    assertFalse(inTransaction(waiter));
    // nobody else has to wait for the row that was written before
    run(holder, "SELECT n FROM t WHERE id = 2 FOR UPDATE NOWAIT");
    run(holder, "COMMIT");
    run(holder, "BEGIN");
  }

  private static boolean inTransaction(Session session) {
    return (session.statusFlags() & IN_TRANSACTION) != 0;
  }

  private static void fails(MySqlError error, Session session, String sql) {
    DatabaseException thrown = assertThrows(DatabaseException.class, () -> run(session, sql));
    assertEquals(error.number(), thrown.number(), thrown.getMessage());
  }

  private static void run(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      while (result.next()) {
        // locks are taken as rows are read
      }
    }
  }

  private String ask(String sql) {
    try (Result result = holder.execute(sql)) {
      assertTrue(result.next());
      TextBuffer buffer = new TextBuffer(32);
      result.appendText(0, buffer);
      return new String(buffer.toBytes(), StandardCharsets.UTF_8);
    }
  }
}
