package io.vaquita.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases by a URL alone. */
@Timeout(60)
final class TestDriverTest {
  private static String one(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "somebody", "secret");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void aScriptOfTheClassPathIsRunOnce() throws SQLException {
    String url = "jdbc:vaquita:///shop?init=test-driver/shop.sql";
    assertEquals("3", one(url, "SELECT pieces FROM stock WHERE name = 'net; small'"));
    assertEquals("1", one(url, "SELECT COUNT(*) FROM shop.stock"));
    assertEquals("shop", one(url, "SELECT DATABASE()"));
  }

  @Test
  void aUrlIsADatabase(@TempDir Path directory) throws Exception {
    Path script =
        Files.writeString(directory.resolve("s.sql"), "CREATE TABLE made (a INT); SELECT 1;");
    String one = "jdbc:vaquita:///shop?init=file:" + script;
    String other = "jdbc:vaquita:///shop?sendFractionalSeconds=false";
    String made =
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'made'"
            + " AND table_schema = 'shop'";
    assertEquals("1", one(one, made));
    assertEquals("0", one(other, made));
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:vaquita:shop, is not of the form",
    "jdbc:vaquita:///, is not of the form",
    "jdbc:vaquita://host/shop, is not of the form",
    "jdbc:vaquita:///shop?TC_INITSCRIPT=a.sql, init=SCRIPT",
    "jdbc:vaquita:///shop?init=missing.sql, no such resource",
    "jdbc:vaquita:///shop?init=file:missing.sql, cannot be read",
    "jdbc:vaquita:///shop?init=test-driver/wrong.sql, You have an error in your SQL syntax"
  })
  void whatIsWrongIsSaid(String url, String text) {
    SQLException error =
        assertThrows(SQLException.class, () -> DriverManager.getConnection(url).close());
    assertTrue(error.getMessage().contains(text), error.getMessage());
  }

  @Test
  void leavesOtherUrlsAlone() throws SQLException {
    assertNull(new TestDriver().connect("jdbc:mysql://127.0.0.1/", null));
  }
}
