package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.DatabaseOptions;
import io.vaquita.Session;
import io.vaquita.session.variable.PersistedVariables;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SET PERSIST lasts beyond the process where there are files. */
class PersistedVariablesTest {
  @TempDir Path directory;

  private static void run(Database database, String... statements) {
    try (Session session = database.connect(ConnectOptions.local())) {
      for (String statement : statements) {
        session.execute(statement).close();
      }
    }
  }

  @Test
  void aRestartFindsWhatWasPersisted() {
    try (Database database = Database.open(DatabaseOptions.at(directory))) {
      run(
          database,
          "SET PERSIST max_connections = 77",
          "SET PERSIST_ONLY sort_buffer_size = 65536",
          "SET PERSIST_ONLY back_log = 9",
          "SET PERSIST init_connect = 'a\\\\b\\nc'",
          "SET PERSIST wait_timeout = 100",
          "RESET PERSIST wait_timeout");
      assertEquals("77", database.globalVariable("max_connections"));
      assertEquals("262144", database.globalVariable("sort_buffer_size"));
    }
    try (Database database = Database.open(DatabaseOptions.at(directory))) {
      assertEquals("77", database.globalVariable("max_connections"));
      assertEquals("65536", database.globalVariable("sort_buffer_size"));
      assertEquals("9", database.globalVariable("back_log"));
      assertEquals("a\\b\nc", database.globalVariable("init_connect"));
      assertEquals("28800", database.globalVariable("wait_timeout"));
      run(database, "RESET PERSIST");
    }
    try (Database database = Database.open(DatabaseOptions.at(directory))) {
      assertEquals("151", database.globalVariable("max_connections"));
    }
  }

  @Test
  void whatTheStartSaysWins() {
    try (Database database = Database.open(DatabaseOptions.at(directory))) {
      run(database, "SET PERSIST max_connections = 77, PERSIST wait_timeout = 5");
    }
    DatabaseOptions given = DatabaseOptions.at(directory).with("max-connections", "50");
    try (Database database = Database.open(given)) {
      assertEquals("50", database.globalVariable("max_connections"));
      assertEquals("5", database.globalVariable("wait_timeout"));
    }
    try (Database database = Database.open(given.with("persisted_globals_load", "OFF"))) {
      assertEquals("28800", database.globalVariable("wait_timeout"));
    }
  }

  @Test
  void aForkGoesItsOwnWay() {
    try (Database database = Database.inMemory()) {
      run(database, "SET PERSIST wait_timeout = 5");
      try (Database fork = database.fork();
          Session session = fork.connect(ConnectOptions.local())) {
        session.execute("RESET PERSIST wait_timeout").close();
        assertEquals("5", fork.globalVariable("wait_timeout"));
      }
      run(database, "RESET PERSIST wait_timeout");
    }
  }

  @Test
  void aFileThatIsNoneOfOursIsRefused() throws Exception {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(PersistedVariables.FILE), "[mysqld]\nport=1\n");
    assertThrows(
        UncheckedIOException.class, () -> Database.open(DatabaseOptions.at(directory)).close());
  }
}
