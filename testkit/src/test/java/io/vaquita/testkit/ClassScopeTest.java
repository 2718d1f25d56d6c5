package io.vaquita.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.JdbcDriver;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** All tests of the class share one database. */
@VaquitaTest(
    scope = VaquitaTest.Scope.CLASS,
    preparation = VaquitaExtensionTest.Schema.class,
    driver = JdbcDriver.MARIADB)
final class ClassScopeTest {
  @BeforeAll
  static void empties(Connection connection) throws SQLException {
    assertEquals(1, VaquitaExtensionTest.count(connection));
    VaquitaExtensionTest.execute(connection, "DELETE FROM t");
  }

  @RepeatedTest(3)
  void rowsStay(Connection connection, RepetitionInfo repetition) throws SQLException {
    assertEquals(repetition.getCurrentRepetition() - 1, VaquitaExtensionTest.count(connection));
    VaquitaExtensionTest.execute(
        connection, "INSERT INTO t VALUES (" + repetition.getCurrentRepetition() + ")");
  }
}
