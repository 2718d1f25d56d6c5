package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaquita.ConnectOptions;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.parser.Parser;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.session.variable.GlobalVariables;
import io.vaquita.store.SimulatedEnvironment;
import io.vaquita.store.SimulatedFileSystem;
import io.vaquita.store.StoreOptions;
import io.vaquita.store.Stores;
import io.vaquita.value.TextBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of the process list for what passes too quickly to be seen, but on a disk that stands still. */
@Timeout(60)
class ProcessStatesTest {
  private static final StoreOptions OPTIONS =
      new StoreOptions(4096, 1 << 20, 1 << 20, 1 << 20, 1 << 22, 1000, null);

  /** All of its methods are synchronized: who holds its monitor stops the disk. */
  private final SimulatedFileSystem disk = new SimulatedFileSystem(1);

  private EngineDatabase database;
  private Session session;
  private Session observer;

  @BeforeEach
  void open() {
    SimulatedEnvironment environment = new SimulatedEnvironment(disk);
    database =
        EngineDatabase.over(
            Stores.open(Path.of("/data"), OPTIONS, environment),
            environment,
            new GlobalVariables(),
            Path.of(System.getProperty("java.io.tmpdir")));
    session = database.connect(ConnectOptions.local());
    observer = database.connect(ConnectOptions.local());
    session.execute("CREATE DATABASE d").close();
    session.useSchema("d");
    session.execute("CREATE TABLE t (id INT PRIMARY KEY, n INT)").close();
    session.execute("INSERT INTO t VALUES (1, 1)").close();
    state();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String state() {
    try (Result result =
        observer.execute(
            "SELECT CONCAT(COMMAND, ': ', STATE) FROM information_schema.PROCESSLIST WHERE ID = "
                + session.id())) {
      result.next();
      TextBuffer text = new TextBuffer(64);
      result.appendText(0, text);
      return text.toSlice().toUtf8();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET n = n + 1",
        "COMMIT",
        "XA COMMIT 'x' ONE PHASE",
        "CREATE TABLE u (a INT)",
        "CREATE TABLE u SELECT * FROM t",
        "ALTER TABLE t ADD COLUMN m INT",
        "TRUNCATE TABLE t",
        "DROP TABLE t",
        "CREATE VIEW v AS SELECT * FROM t",
        "DROP DATABASE d"
      })
  void aCommitThatWaitsForTheDisk(String statement) throws InterruptedException {
    if (statement.equals("COMMIT")) {
      session.execute("BEGIN").close();
      session.execute("UPDATE t SET n = 7").close();
    } else if (statement.startsWith("XA")) {
      session.execute("XA START 'x'").close();
      session.execute("UPDATE t SET n = 7").close();
      session.execute("XA END 'x'").close();
    }
    Thread thread = Thread.ofVirtual().unstarted(() -> session.execute(statement).close());
    synchronized (disk) {
      thread.start();
      while (!state().equals("Query: waiting for handler commit")) {
        Thread.onSpinWait();
      }
    }
    thread.join();
    assertEquals("Sleep: ", state());
  }

  private void plan(String sql) {
    EngineSession open = (EngineSession) session;
    open.setActivity("Query", "starting", sql);
    open.runner().data().plan((DataStatement) Parser.parse(sql, 0, 0).syntax(), List.of());
  }

  @Test
  void tablesAreOpenedBeforeTheirStatisticsAreLookedAt() {
    plan("SELECT * FROM t WHERE n = 1");
    assertEquals("Query: statistics", state());
    for (String sql :
        new String[] {
          "SELECT * FROM absent", "UPDATE absent SET n = 1", "INSERT INTO absent SELECT * FROM t"
        }) {
      assertThrows(DatabaseException.class, () -> plan(sql));
      assertEquals("Query: Opening tables", state(), sql);
    }
    session.setCommand("Sleep", "");
    assertEquals("Sleep: ", state());
  }
}
