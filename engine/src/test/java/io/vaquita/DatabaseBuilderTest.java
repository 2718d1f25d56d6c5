package io.vaquita;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.error.DatabaseException;
import io.vaquita.expression.SqlMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options as typed values: what they set, their ranges, what is said against wrong ones. */
final class DatabaseBuilderTest {
  @TempDir private Path directory;

  private static String value(Session session, String expression) {
    return session.execute("SELECT " + expression).toList(row -> row.getString(0)).getFirst();
  }

  @Test
  void everyOptionIsWhatSessionsSee() {
    Path archive = directory.resolve("archive");
    try (Database database =
            Database.builder()
                .directory(directory.resolve("data"))
                .pageCacheBytes(64 << 20)
                .durability(Durability.LAZY)
                .logArchive(archive)
                .operatorMemoryBytes(1 << 20)
                .timeZone(ZoneId.of("Europe/Berlin"))
                .collation("utf8mb4_bin")
                .sqlMode(SqlModeFlag.ANSI_QUOTES, SqlModeFlag.STRICT_ALL_TABLES)
                .isolation(Isolation.READ_COMMITTED)
                .lockWaitTimeout(Duration.ofMinutes(1))
                .maxConnections(7)
                .variable("max_allowed_packet", "16M")
                .open();
        Session session = database.connect()) {
      assertEquals("67108864", value(session, "@@innodb_buffer_pool_size"));
      assertEquals("0", value(session, "@@innodb_flush_log_at_trx_commit"));
      assertEquals(archive.toString(), value(session, "@@vaquita_log_archive"));
      assertEquals("1048576", value(session, "@@operator_memory_size"));
      assertEquals("Europe/Berlin", value(session, "@@time_zone"));
      assertEquals("utf8mb4_bin", value(session, "@@collation_server"));
      assertEquals("utf8mb4", value(session, "@@character_set_server"));
      assertEquals("ANSI_QUOTES,STRICT_ALL_TABLES", value(session, "@@sql_mode"));
      assertEquals("READ-COMMITTED", value(session, "@@transaction_isolation"));
      assertEquals("60", value(session, "@@innodb_lock_wait_timeout"));
      assertEquals("7", value(session, "@@max_connections"));
      assertEquals("16777216", value(session, "@@max_allowed_packet"));
    }
    assertTrue(Files.isDirectory(directory.resolve("data")));
  }

  @Test
  void characterSetAndCollationChangeTogether() {
    try (Database database = Database.builder().characterSet("latin1").open();
        Session session = database.connect()) {
      assertEquals("latin1_swedish_ci", value(session, "@@collation_server"));
      session.execute("CREATE DATABASE d").close();
      session.execute("USE d").close();
      assertEquals("latin1", value(session, "@@character_set_database"));
    }
    try (Database database =
            Database.builder().collation("utf8mb4_bin").characterSet("ascii").open();
        Session session = database.connect()) {
      assertEquals("ascii_general_ci", value(session, "@@collation_server"), "the last one wins");
    }
    try (Database database =
            Database.builder()
                .variable("character_set_server", "latin1")
                .variable("collation_server", "latin1_bin")
                .open();
        Session session = database.connect()) {
      assertEquals("latin1_bin", value(session, "@@collation_server"));
    }
  }

  @Test
  void offsetsAreZonesToo() {
    for (ZoneOffset offset :
        new ZoneOffset[] {
          ZoneOffset.UTC, ZoneOffset.ofHoursMinutes(5, 30), ZoneOffset.ofHoursMinutes(-13, -59)
        }) {
      try (Database database = Database.builder().timeZone(offset).open();
          Session session = database.connect()) {
        String expected = offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
        assertEquals(expected, value(session, "@@time_zone"));
      }
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Database.builder().timeZone(ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)));
    assertThrows(
        IllegalArgumentException.class, () -> Database.builder().timeZone(ZoneOffset.ofHours(-14)));
  }

  @Test
  void noFlagAtAllIsTheLenientMode() {
    try (Database database = Database.builder().sqlMode().open();
        Session session = database.connect()) {
      assertEquals("", value(session, "@@sql_mode"));
    }
  }

  @Test
  void everyFlagOfTheEngineIsThere() {
    assertEquals(
        Stream.of(SqlMode.values()).map(Enum::name).toList(),
        Stream.of(SqlModeFlag.values()).map(Enum::name).toList());
  }

  @Test
  void numbersOutsideTheirRangesAreRefusedAtOnce() {
    DatabaseBuilder builder = Database.builder();
    assertEquals(
        "pageCacheBytes: 1024 is not in 5242880 to 9223372036854775807 bytes",
        assertThrows(IllegalArgumentException.class, () -> builder.pageCacheBytes(1024))
            .getMessage());
    assertEquals(
        "lockWaitTimeout: 0 is not in 1 to 1073741824 seconds",
        assertThrows(IllegalArgumentException.class, () -> builder.lockWaitTimeout(Duration.ZERO))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> builder.lockWaitTimeout(Duration.ofMillis(1500)));
    assertThrows(IllegalArgumentException.class, () -> builder.maxConnections(0));
    assertThrows(IllegalArgumentException.class, () -> builder.operatorMemoryBytes(1));
  }

  @Test
  void whatNeedsFilesIsRefusedInMemory() {
    DatabaseBuilder builder =
        Database.builder().durability(Durability.WRITTEN).pageCacheBytes(8 << 20);
    assertEquals(
        "durability, pageCacheBytes: for databases on files, and no directory was given",
        assertThrows(IllegalArgumentException.class, builder::open).getMessage());
  }

  private static int error(DatabaseBuilder builder) {
    return assertThrows(DatabaseException.class, builder::open).number();
  }

  @Test
  void unknownNamesAreMySqlsErrors() {
    assertEquals(
        "Unknown character set: 'klingon'",
        assertThrows(DatabaseException.class, () -> Database.builder().characterSet("klingon"))
            .getMessage());
    assertEquals(
        1273,
        assertThrows(DatabaseException.class, () -> Database.builder().collation("x")).number());
    assertEquals(1193, error(Database.builder().variable("no_such_variable", "1")));
    assertEquals(1298, error(Database.builder().variable("time_zone", "Mars/Olympus")));
    assertEquals(1115, error(Database.builder().variable("character_set_server", "klingon")));
    assertEquals(1273, error(Database.builder().variable("collation_server", "klingon_ci")));
    assertEquals(1231, error(Database.builder().variable("character_set_client", "utf16")));
    assertEquals(1231, error(Database.builder().variable("sql_mode", "MOSTLY_HARMLESS")));
    assertEquals(1231, error(Database.builder().variable("max_connections", "many")));
    assertEquals(1231, error(Database.builder().variable("long_query_time", "never")));
  }
}
