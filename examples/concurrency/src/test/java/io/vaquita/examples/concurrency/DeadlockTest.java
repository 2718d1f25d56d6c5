package io.vaquita.examples.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.testkit.Actor;
import io.vaquita.testkit.Interleaving;
import io.vaquita.testkit.Step;
import io.vaquita.testkit.VaquitaTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Two transfers that touch the same rows in opposite order: a deadlock that happens every time. */
@VaquitaTest(preparation = Schema.class)
final class DeadlockTest {
  private static int move(Connection connection, int id, int pieces) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE stock SET pieces = pieces + ? WHERE id = ?")) {
      update.setInt(1, pieces);
      update.setInt(2, id);
      return update.executeUpdate();
    }
  }

  @Test
  void transfersInOppositeOrder(Interleaving play) throws Exception {
    Actor forth = play.actor("forth");
    Actor back = play.actor("back");
    forth.run("START TRANSACTION");
    back.run("START TRANSACTION");
    forth.start(c -> move(c, 1, -1)).get();
    back.start(c -> move(c, 2, -1)).get();
    Step<Integer> waiting = forth.start(c -> move(c, 2, 1)).awaitBlocked();
    assertTrue(waiting.isBlockedBy(back));
    SQLException victim =
        assertInstanceOf(SQLException.class, back.start(c -> move(c, 1, 1)).failure());
    assertEquals(1213, victim.getErrorCode());
    assertEquals(1, waiting.get());
    assertEquals(1, play.deadlocks().size());
  }
}
