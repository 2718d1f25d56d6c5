package io.vaquita.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.client.failure.Explained;
import io.vaquita.client.failure.LikelyCause;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which error has which likely cause, and that number, SQLSTATE and cause stay. */
final class LikelyCauseTest {
  @ParameterizedTest
  @CsvSource({
    "2006, HY000, LOST",
    "2013, HY000, LOST",
    "0, 08S01, LOST",
    "0, 08003, LOST",
    "1040, 08004, TOO_MANY_CONNECTIONS",
    "1129, HY000, HOST_BLOCKED",
    "1153, 08S01, PACKET_TOO_LARGE",
    "1156, 08S01, OUT_OF_ORDER",
    "1158, 08S01, OUT_OF_ORDER",
    "1159, 08S01, OUT_OF_ORDER",
    "1160, 08S01, OUT_OF_ORDER",
    "1161, 08S01, OUT_OF_ORDER",
    "1205, HY000, LOCK_WAIT_TIMEOUT",
    "1213, 40001, DEADLOCK",
    "4031, HY000, IDLE_TOO_LONG"
  })
  void causes(int number, String state, LikelyCause expected) {
    SQLException error = new SQLException("text", state, number);
    assertEquals(expected, LikelyCause.of(error));
    SQLException explained = LikelyCause.explained(error);
    assertEquals(expected, ((Explained) explained).likelyCause());
    assertEquals(number, explained.getErrorCode());
    assertEquals(state, explained.getSQLState());
    assertSame(error, explained.getCause());
    assertTrue(explained.getMessage().startsWith("text (likely cause: "));
    assertSame(explained, LikelyCause.explained(explained), "once is enough");
  }

  @Test
  void anyOtherErrorStaysAsItIs() {
    SQLException error = new SQLException("Duplicate entry", "23000", 1062);
    assertNull(LikelyCause.of(error));
    assertSame(error, LikelyCause.explained(error));
  }
}
