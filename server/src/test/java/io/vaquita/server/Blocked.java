package io.vaquita.server;

import io.vaquita.server.client.WireClient;
import java.io.IOException;

/** What a statement can be busy with when its client leaves or somebody kills it. Each would change table {@code t} or {@code o}. */
enum Blocked {
  COMPUTING("INSERT INTO o SELECT COUNT(*) FROM d.big a, d.big b, d.big c, d.big d", "executing"),
  SORTING(
      "INSERT INTO o SELECT a.id FROM d.big a, d.big b, d.big c ORDER BY a.id * b.id % 7, c.id"
          + " LIMIT 1000000, 1",
      "Creating sort index"),
  GROUPING(
      "INSERT INTO o SELECT COUNT(*) FROM d.big a, d.big b, d.big c GROUP BY a.id * b.id % 7",
      "executing"),
  SLEEPING("INSERT INTO o SELECT SLEEP(1000)", "User sleep"),
  ROW_LOCK("UPDATE t SET n = n + 1 WHERE id = 1", "updating"),
  METADATA_LOCK("ALTER TABLE t ADD COLUMN more INT", "Waiting for table metadata lock"),
  TABLE_LOCK("LOCK TABLES t WRITE", "Waiting for table metadata lock"),
  GLOBAL_READ_LOCK("INSERT INTO o VALUES (1)", "Waiting for global read lock"),
  USER_LOCK("INSERT INTO o SELECT GET_LOCK('held', 1000)", "User lock");

  private final String statement;
  private final String state;

  Blocked(String statement, String state) {
    this.statement = statement;
    this.state = state;
  }

  String statement() {
    return statement;
  }

  /** What the process list shows. */
  String state() {
    return "Query: " + state;
  }

  static void prepare(EngineFixture fixture) throws IOException {
    fixture.observer.query("CREATE TABLE o (n BIGINT)");
    fixture.observer.query("CREATE TABLE big (id INT PRIMARY KEY)");
    fixture.observer.query(
        "INSERT INTO big WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n <"
            + " 600) SELECT n FROM s");
  }

  /** Takes what the statement will wait for. */
  void block(WireClient blocker) throws IOException {
    switch (this) {
      case ROW_LOCK, METADATA_LOCK, TABLE_LOCK -> {
        blocker.query("BEGIN");
        blocker.query("SELECT * FROM t WHERE id = 1 FOR UPDATE");
      }
      case GLOBAL_READ_LOCK -> blocker.query("FLUSH TABLES WITH READ LOCK");
      case USER_LOCK -> blocker.query("SELECT GET_LOCK('held', 0)");
      case COMPUTING, SORTING, GROUPING, SLEEPING -> {}
    }
  }

  static void unblock(WireClient blocker) throws IOException {
    blocker.query("ROLLBACK");
    blocker.query("UNLOCK TABLES");
    blocker.query("SELECT RELEASE_ALL_LOCKS()");
  }

  /** What all statements together have changed. */
  static String changes(EngineFixture fixture) {
    return fixture.value("SELECT CONCAT((SELECT COUNT(*) FROM o), ' ', SUM(n)) FROM t")
        + ' '
        + fixture.value(
            "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'd' AND"
                + " table_name = 't'");
  }

  static final String NO_CHANGES = "0 0 2";
}
