package io.vaquita.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.JdbcDriver;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The classic faults of concurrent programs, each happening every time. */
@Timeout(120)
@VaquitaTest(preparation = InterleavingTest.Stock.class, driver = JdbcDriver.MARIADB)
final class InterleavingTest {
  /** Two articles. */
  static final class Stock implements Preparation {
    @Override
    public void prepare(DataSource source) throws SQLException {
      try (Connection connection = source.getConnection()) {
        VaquitaExtensionTest.execute(
            connection,
            "CREATE TABLE stock (id INT PRIMARY KEY, pieces INT NOT NULL)",
            "INSERT INTO stock VALUES (1, 10), (2, 10)");
      }
    }
  }

  @Test
  void aLostUpdate(Interleaving play) throws Exception {
    Actor alice = play.actor("alice");
    Actor bob = play.actor("bob");
    alice.run("START TRANSACTION");
    bob.run("START TRANSACTION");
    assertEquals("10", alice.run("SELECT pieces FROM stock WHERE id = 1"));
    assertEquals("10", bob.run("SELECT pieces FROM stock WHERE id = 1"));
    alice.run("UPDATE stock SET pieces = 9 WHERE id = 1");
    Step<?> second = bob.start("UPDATE stock SET pieces = 9 WHERE id = 1").awaitBlocked();
    assertTrue(second.isBlocked());
    assertTrue(second.isBlockedBy(alice));
    assertTrue(play.lockTree().contains("bob waits for"), play.lockTree());
    alice.run("COMMIT");
    second.get();
    assertFalse(second.isBlocked());
    bob.run("COMMIT");
    assertEquals("9", alice.run("SELECT pieces FROM stock WHERE id = 1"), "one sale is lost");
  }

  @Test
  void aDeadlockByLockOrder(Interleaving play) throws Exception {
    Actor alice = play.actor("alice");
    Actor bob = play.actor("bob");
    alice.run("START TRANSACTION");
    bob.run("START TRANSACTION");
    alice.run("UPDATE stock SET pieces = 1 WHERE id = 1");
    bob.run("UPDATE stock SET pieces = 2 WHERE id = 2");
    Step<?> forth = alice.start("UPDATE stock SET pieces = 1 WHERE id = 2").awaitBlocked();
    Step<?> back = bob.start("UPDATE stock SET pieces = 2 WHERE id = 1");
    SQLException victim = assertInstanceOf(SQLException.class, back.failure());
    assertEquals(1213, victim.getErrorCode());
    forth.get();
    assertEquals(1, play.deadlocks().size());
  }

  @Test
  void aPhantomWithoutAGapLock(Interleaving play) throws Exception {
    Actor reader = play.actor("reader");
    Actor writer = play.actor("writer");
    reader.run("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
    reader.run("START TRANSACTION");
    assertEquals("2", reader.run("SELECT COUNT(*) FROM stock FOR UPDATE"));
    writer.run("INSERT INTO stock VALUES (3, 1)");
    assertEquals("3", reader.run("SELECT COUNT(*) FROM stock FOR UPDATE"));
    reader.run("ROLLBACK");
    reader.run("START TRANSACTION");
    assertEquals("3", reader.run("SELECT COUNT(*) FROM stock FOR UPDATE"));
    Step<?> insert = writer.start("INSERT INTO stock VALUES (4, 1)").awaitBlocked();
    assertTrue(insert.isBlockedBy(reader));
    reader.run("COMMIT");
    insert.get();
  }

  @Test
  void aStepThatIsNotBlockedSaysSo(Interleaving play) throws Exception {
    Actor alone = play.actor("alone");
    AssertionError error =
        assertThrows(AssertionError.class, () -> alone.start("SELECT 7").awaitBlocked());
    assertTrue(error.getMessage().contains("has ended with 7"), error.getMessage());
    assertTrue(error.getMessage().contains("nobody waits"), error.getMessage());
  }

  @Test
  void anActorMayDoWhateverTheProgramDoes(Interleaving play) throws Exception {
    Actor program = play.actor("program");
    Step<Integer> deed =
        program.start(
            connection -> {
              try (var update =
                  connection.prepareStatement("UPDATE stock SET pieces = pieces - ?")) {
                update.setInt(1, 3);
                return update.executeUpdate();
              }
            });
    assertEquals(2, deed.get());
    assertEquals("7", program.run("SELECT pieces FROM stock WHERE id = 2"));
  }

  @Test
  void anInterruptedTestLosesNoActor(Interleaving play) throws Exception {
    Actor alice = play.actor("alice");
    Actor bob = play.actor("bob");
    alice.run("START TRANSACTION");
    alice.run("UPDATE stock SET pieces = 9 WHERE id = 1");
    Step<?> second = bob.start("UPDATE stock SET pieces = pieces - 1 WHERE id = 1").awaitBlocked();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, second::get);
    alice.run("COMMIT");
    second.get();
    assertEquals("8", bob.run("SELECT pieces FROM stock WHERE id = 1"));
    Step<?> idle = alice.start(connection -> connection);
    idle.get();
    Thread.currentThread().interrupt();
    AssertionError error = assertThrows(AssertionError.class, idle::awaitBlocked);
    assertTrue(Thread.interrupted(), "the mark stays");
    assertTrue(error.getMessage().contains("has ended"), error.getMessage());
  }

  /** What an actor's own program does to its thread ends with its step. */
  @Test
  void anActorsMarkIsNotTheNextStepsConcern(Interleaving play) throws Exception {
    Actor alice = play.actor("alice");
    alice
        .start(
            connection -> {
              Thread.currentThread().interrupt();
              return connection;
            })
        .get();
    assertEquals("2", alice.run("SELECT COUNT(*) FROM stock"));
  }
}
