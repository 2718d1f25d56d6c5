package io.vaquita;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.error.DatabaseException;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements with Java's values, and rows read as them, without JDBC. */
final class DirectSessionTest {
  private final Database database = Database.builder().timeZone(ZoneOffset.ofHours(2)).open();
  private final Session session = database.connect();

  @BeforeEach
  void createSchema() {
    run("CREATE DATABASE d");
    run("USE d");
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private void run(String sql, @Nullable Object... parameters) {
    session.execute(sql, parameters).close();
  }

  private @Nullable Object one(String sql, @Nullable Object... parameters) {
    List<@Nullable Object> all = session.execute(sql, parameters).toList(row -> row.get(0));
    assertEquals(1, all.size());
    return all.getFirst();
  }

  private int error(String sql, @Nullable Object... parameters) {
    return assertThrows(DatabaseException.class, () -> one(sql, parameters)).number();
  }

  @Test
  void everyTypeComesBackAsItsJavaType() {
    run(
        "CREATE TABLE t (i INT, u BIGINT UNSIGNED, f DOUBLE, n DECIMAL(10,3), c VARCHAR(20), b"
            + " VARBINARY(20), d DATE, dt DATETIME(6), ts TIMESTAMP(3), t TIME(6), y YEAR, bits"
            + " BIT(12), e ENUM('small', 'large'), s SET('a', 'b'), j JSON)");
    run(
        "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        -7,
        new BigInteger("18446744073709551615"),
        0.5,
        new BigDecimal("12.5"),
        "Grüße €",
        new byte[] {0, (byte) 0xff},
        LocalDate.of(2024, 2, 29),
        LocalDateTime.of(2024, 2, 29, 13, 14, 15, 123_456_789),
        Instant.parse("2024-02-29T12:00:00.250Z"),
        Duration.ofHours(-800).minusNanos(1000),
        2024,
        0xabc,
        "large",
        "a,b",
        "{\"k\": [1, 2]}");
    try (Result rows = session.execute("SELECT * FROM t")) {
      assertTrue(rows.next());
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < rows.columns().size(); i++) {
        values.add(rows.get(i) instanceof byte[] bytes ? Arrays.toString(bytes) : rows.get(i));
      }
      assertEquals(
          List.of(
              -7L,
              new BigInteger("18446744073709551615"),
              0.5,
              new BigDecimal("12.500"),
              "Grüße €",
              "[0, -1]",
              LocalDate.of(2024, 2, 29),
              LocalDateTime.of(2024, 2, 29, 13, 14, 15, 123_456_000),
              LocalDateTime.of(2024, 2, 29, 14, 0, 0, 250_000_000),
              Duration.ofHours(-800).minusNanos(1000),
              2024L,
              0xabcL,
              "large",
              "a,b",
              "{\"k\": [1, 2]}"),
          values);
      assertArrayEquals(new byte[] {0x0a, (byte) 0xbc}, rows.getBytes(rows.column("BITS")));
      assertEquals(-1, rows.getLong(rows.column("u")), "64 bits");
      assertEquals(new BigDecimal("18446744073709551615"), rows.getDecimal(1));
      assertFalse(rows.next());
    }
  }

  @Test
  void nullIsNullAndZeroForPrimitives() {
    try (Result rows = session.execute("SELECT NULL + 1, NULLIF('x', ?)", "x")) {
      assertTrue(rows.next());
      for (int i = 0; i < 2; i++) {
        assertTrue(rows.isNull(i));
        assertEquals(0, rows.getLong(i));
        assertEquals(0, rows.getInt(i));
        assertEquals(0, rows.getDouble(i));
        assertFalse(rows.getBoolean(i));
        for (@Nullable Object value :
            new @Nullable Object[] {
              rows.get(i),
              rows.getString(i),
              rows.getBytes(i),
              rows.getDecimal(i),
              rows.getDate(i),
              rows.getDateTime(i),
              rows.getTime(i)
            }) {
          assertNull(value);
        }
      }
    }
  }

  @Test
  void aRowThatHeldAValueBeforeIsNullToo() {
    run("CREATE TABLE t (id INT PRIMARY KEY, a BIGINT, b DOUBLE)");
    run("INSERT INTO t VALUES (1, 5, 6), (2, NULL, NULL)");
    List<String> read =
        session
            .execute("SELECT a, b FROM t ORDER BY id")
            .toList(row -> row.getLong(0) + " " + row.getDouble(1));
    assertEquals(List.of("5 6.0", "0 0.0"), read);
  }

  @Test
  void parametersOfEveryClassAreTaken() {
    UUID id = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    assertEquals(1L, one("SELECT ?", true));
    assertEquals(3L, one("SELECT ? + ?", (byte) 1, (short) 2));
    assertEquals(1.5, one("SELECT ? + 0e0", 1.5f));
    assertEquals("x", one("SELECT ?", 'x'));
    assertEquals("text", one("SELECT ?", new StringBuilder("text")));
    assertEquals(id.toString(), one("SELECT ?", id));
    assertEquals(42L, one("SELECT ?", Value.of(42)));
    assertNull(one("SELECT ?", (Object) null));
    assertEquals(LocalDate.of(1, 2, 3), one("SELECT CAST(? AS DATE)", LocalDate.of(1, 2, 3)));
    assertEquals(
        Duration.ofHours(13).plusMinutes(5), one("SELECT CAST(? AS TIME)", LocalTime.of(13, 5)));
    OffsetDateTime moment = OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(5));
    LocalDateTime here = LocalDateTime.of(2023, 12, 31, 21, 0);
    assertEquals(here, one("SELECT CAST(? AS DATETIME)", moment));
    assertEquals(here, one("SELECT CAST(? AS DATETIME)", moment.toZonedDateTime()));
    assertEquals(new BigDecimal("1200"), one("SELECT ?", new BigDecimal("1.2E3")));
    assertEquals(
        new BigDecimal("18446744073709551616"), one("SELECT ?", BigInteger.ONE.shiftLeft(64)));
  }

  @Test
  void whatNoTypeCanHoldIsRefused() {
    for (Object wrong :
        new Object[] {
          Double.NaN,
          Float.POSITIVE_INFINITY,
          LocalDate.of(10_000, 1, 1),
          LocalDateTime.of(-1, 1, 1, 0, 0),
          Duration.ofHours(839),
          BigInteger.TEN.pow(65),
          new BigDecimal("1E-31"),
          new BigDecimal("1E+70"),
          Set.of()
        }) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class, () -> one("SELECT ? + ?", 1, wrong), wrong::toString);
      assertTrue(error.getMessage().startsWith("parameter 2"), error.getMessage());
    }
  }

  @Test
  void aWrongNumberOfValuesIs1210() {
    assertEquals(1210, error("SELECT ? + ?", 1));
    assertEquals(1210, error("SELECT 1", 1));
    assertEquals(1064, error("SELECT FROM WHERE", 1));
  }

  @Test
  void whatDoesNotFitIsMySqlsError() {
    assertEquals(1690, ofGetter("SELECT 4294967296", row -> row.getInt(0)));
    assertEquals(1690, ofGetter("SELECT 18446744073709551615", row -> row.getInt(0)));
    assertEquals(1525, ofGetter("SELECT 'no date'", row -> row.getDate(0)));
    assertEquals(1525, ofGetter("SELECT CAST('10:00' AS TIME)", row -> row.getDateTime(0)));
    assertEquals(1525, ofGetter("SELECT CAST('2024-01-01' AS DATE)", row -> row.getTime(0)));
    assertEquals(1366, ofGetter("SELECT 'no number'", row -> row.getDecimal(0)));
    assertEquals(1054, ofGetter("SELECT 1 AS a", row -> row.column("b")));
    run("SET sql_mode = ''");
    run("CREATE TABLE t (d DATE)");
    run("INSERT INTO t VALUES ('0000-00-00')");
    assertEquals(1525, ofGetter("SELECT d FROM t", row -> row.getDate(0)));
    assertEquals(
        List.of("0000-00-00"), session.execute("SELECT d FROM t").toList(row -> row.getString(0)));
  }

  private int ofGetter(String sql, Function<Result, @Nullable Object> getter) {
    return assertThrows(DatabaseException.class, () -> session.execute(sql).toList(getter), sql)
        .number();
  }

  @Test
  void textThatIsADateOrTimeIsOne() {
    try (Result rows = session.execute("SELECT '2024-05-06 07:08:09.5', '-10:11:12', '3.50'")) {
      assertTrue(rows.next());
      assertEquals(LocalDate.of(2024, 5, 6), rows.getDate(0));
      assertEquals(LocalDateTime.of(2024, 5, 6, 7, 8, 9, 500_000_000), rows.getDateTime(0));
      assertEquals(Duration.ofSeconds(-(10 * 3600 + 11 * 60 + 12)), rows.getTime(1));
      assertEquals(new BigDecimal("3.50"), rows.getDecimal(2));
    }
  }

  @Test
  void aTextIsPreparedOnceAndFollowsTheTable() {
    run("CREATE TABLE t (id INT PRIMARY KEY, v INT)");
    for (int i = 0; i < 100; i++) {
      run("INSERT INTO t VALUES (?, ?)", i, i * i);
    }
    assertEquals(49L, one("SELECT v FROM t WHERE id = ?", 7));
    run("ALTER TABLE t MODIFY v VARCHAR(20), ADD COLUMN w INT DEFAULT 3");
    assertEquals("49", one("SELECT v FROM t WHERE id = ?", 7));
    assertEquals(1136, error("INSERT INTO t VALUES (?, ?)", 100, 1));
    run("SET sql_mode = 'PIPES_AS_CONCAT'");
    assertEquals("ab", one("SELECT ? || ?", "a", "b"));
    run("SET sql_mode = ''");
    assertEquals(1L, one("SELECT ? || ?", "1", "b"));
    session.reset();
    run("USE d");
    assertEquals("49", one("SELECT v FROM t WHERE id = ?", 7));
  }

  @Test
  void rowsAreReadAsTheStreamIs() {
    run("CREATE TABLE t (id INT PRIMARY KEY)");
    run(
        "INSERT INTO t WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n <"
            + " 100) SELECT n FROM r");
    try (Stream<Integer> ids =
        session.execute("SELECT id FROM t ORDER BY id").stream(row -> row.getInt(0))) {
      assertEquals(List.of(1, 2, 3), ids.limit(3).toList());
    }
    assertEquals(100L, one("SELECT COUNT(*) FROM t"), "the session is free again");
  }

  @Test
  void aSessionBeginsInItsSchema() {
    try (Session other = database.connect("d")) {
      assertEquals("d", other.currentSchema());
    }
    DatabaseException unknown =
        assertThrows(DatabaseException.class, () -> database.connect("nowhere"));
    assertEquals(1049, unknown.number());
  }
}
