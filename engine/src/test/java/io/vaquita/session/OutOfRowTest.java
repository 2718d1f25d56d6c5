package io.vaquita.session;

import static io.vaquita.session.SqlLines.query;
import static io.vaquita.session.SqlLines.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.Session;
import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.DatabaseException;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.store.CommitDurability;
import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.store.Store;
import io.vaquita.store.StoreStatistics;
import io.vaquita.store.WriteBatch;
import io.vaquita.transaction.Transaction;
import io.vaquita.transaction.TransactionOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long columns stand outside of their rows: who does not ask for them neither reads nor writes them, and CHECK TABLE knows both sides. */
class OutOfRowTest {
  private static final int ROWS = 40;
  private static final int VALUE_BYTES = 100_000;

  @TempDir Path directory;

  private static Store store(Database database) {
    return ((EngineDatabase) database).engine().store();
  }

  private static TableDefinition table(Database database, String name) {
    return (TableDefinition)
        ((EngineDatabase) database).engine().catalog().snapshot().relation("d", name);
  }

  private static void fill(Session session) {
    run(session, "CREATE DATABASE d", "USE d");
    run(session, "CREATE TABLE t (id INT PRIMARY KEY, n INT, b LONGBLOB, KEY b (b(10)))");
    for (int i = 0; i < ROWS; i++) {
      run(session, "INSERT INTO t VALUES (" + i + ", 1, REPEAT('" + i % 10 + "', 100000))");
    }
  }

  @Test
  void whatIsNotAskedForIsNeitherReadNorWritten() {
    try (Database database = Database.open(directory);
        Session session = database.connect()) {
      fill(session);
    }
    try (Database database = Database.open(directory);
        Session session = database.connect()) {
      run(session, "USE d");
      StoreStatistics before = store(database).statistics();
      assertEquals(
          List.of(ROWS + ""), query(session, "SELECT COUNT(*) FROM t WHERE n = 1 AND id >= 0"));
      assertEquals(List.of("780"), query(session, "SELECT SUM(id) FROM t"));
      run(session, "UPDATE t SET n = n + 1");
      run(session, "UPDATE t SET n = 7, b = REPEAT('3', 100000) WHERE id = 3");
      run(session, "UPDATE t SET id = 1000 WHERE id = 4");
      run(session, "DELETE FROM t WHERE id = 1000");
      StoreStatistics after = store(database).statistics();
      assertTrue(after.logBytes() - before.logBytes() < VALUE_BYTES / 2, after.toString());
      // an equal value was compared, and the index over the beginning of a deleted one needs it
      assertTrue(after.bytesRead() - before.bytesRead() < 4 * VALUE_BYTES, after.toString());
      assertEquals(List.of("d.t,check,status,OK"), query(session, "CHECK TABLE t"));
    }
  }

  /** Does something to the first value outside of a row, past everything that keeps both sides right. */
  private static void damage(Database database, boolean takesAway) {
    Snapshot now = store(database).snapshot();
    int tree = table(database, "t").outOfRowTree();
    Cursor cursor = now.cursor(tree);
    assertTrue(cursor.first());
    byte[] key = now.keyAt(tree, 0);
    WriteBatch batch = new WriteBatch();
    if (takesAway) {
      batch.delete(tree, key);
    } else {
      batch.put(tree, new byte[] {0, 0, 0, 0, 0, 0, 9, 9}, new byte[3000]);
    }
    store(database).commit(batch, CommitDurability.SYNCED);
  }

  @Test
  void aReferenceWithoutItsValueIsNamed() {
    try (Database database = Database.inMemory();
        Session session = database.connect()) {
      fill(session);
      damage(database, true);
      assertEquals(
          List.of(
              "d.t,check,error,Row x'80000000' refers to a value outside of it, number 1, that is"
                  + " not there",
              "d.t,check,error,Corrupt"),
          query(session, "CHECK TABLE t"));
      assertEquals(List.of("0,1"), query(session, "SELECT id, n FROM t WHERE id = 0"));
      DatabaseException e =
          assertThrows(
              DatabaseException.class,
              () -> query(session, "SELECT LENGTH(b) FROM t WHERE id = 0"));
      assertEquals(1034, e.number());
      assertEquals("Incorrect key file for table 't'; try to repair it", e.message());
    }
  }

  @Test
  void aValueWithoutItsRowIsNamed() {
    try (Database database = Database.inMemory();
        Session session = database.connect()) {
      fill(session);
      damage(database, false);
      assertEquals(
          List.of(
              "d.t,check,error,Value number 2313, outside of rows, belongs to no row",
              "d.t,check,error,Corrupt"),
          query(session, "CHECK TABLE t"));
    }
  }

  /** As an earlier version has left it: no tree for what stands outside. */
  private static void makeOld(Database database, String name) {
    Engine engine = ((EngineDatabase) database).engine();
    Transaction transaction =
        engine
            .transactions()
            .begin(TransactionOptions.of(engine.locks().newOwner(0, OwnerInfo.internal("test"))));
    TableDefinition t = table(database, name);
    Catalog.Change change = engine.catalog().change(transaction);
    change.put(
        new TableDefinition(
            t.id(),
            t.version() + 1,
            t.schema(),
            t.name(),
            t.columns(),
            t.indexes(),
            t.foreignKeys(),
            t.checks(),
            t.collation(),
            t.temporary(),
            t.autoIncrementStart(),
            t.comment(),
            t.createOptions(),
            t.createdMicros(),
            0));
    change.commit();
  }

  private static final String SUMS =
      "SELECT COUNT(*), SUM(n), SUM(LENGTH(b)), SUM(CRC32(b)) FROM t";

  @Test
  void tablesOfEarlierVersionsGoOn() {
    try (Database database = Database.open(directory);
        Session session = database.connect()) {
      run(session, "CREATE DATABASE d", "USE d");
      run(session, "CREATE TABLE t (id INT PRIMARY KEY, n INT, b LONGBLOB, KEY b (b(10)))");
      makeOld(database, "t");
      for (int i = 0; i < 10; i++) {
        run(session, "INSERT INTO t VALUES (" + i + ", 1, REPEAT('" + i + "', 10000))");
      }
      assertEquals(0, table(database, "t").outOfRowTree());
    }
    try (Database database = Database.open(directory);
        Session session = database.connect()) {
      run(session, "USE d");
      List<String> sums = query(session, SUMS);
      assertEquals("10,10,100000", sums.getFirst().substring(0, 12));
      run(session, "UPDATE t SET n = n + 1", "UPDATE t SET n = n - 1");
      run(session, "ALTER TABLE t ADD INDEX n (n)");
      assertTrue(table(database, "t").outOfRowTree() > 0);
      assertEquals(0, store(database).entryCount(table(database, "t").outOfRowTree()));
      assertEquals(sums, query(session, SUMS));
      assertEquals(
          0, session.execute("UPDATE t SET b = REPEAT('1', 10000) WHERE id = 1").affectedRows());
      run(session, "UPDATE t SET n = n + 1 WHERE id < 5", "UPDATE t SET n = n - 1 WHERE id < 5");
      assertEquals(5, store(database).entryCount(table(database, "t").outOfRowTree()));
      assertEquals(sums, query(session, SUMS));
      assertEquals(List.of("d.t,check,status,OK"), query(session, "CHECK TABLE t"));
      run(session, "ALTER TABLE t FORCE");
      assertEquals(10, store(database).entryCount(table(database, "t").outOfRowTree()));
      assertEquals(sums, query(session, SUMS));
      assertEquals(List.of("d.t,check,status,OK"), query(session, "CHECK TABLE t"));
    }
  }

  @Test
  void treesGoWithTheirTable() {
    try (Database database = Database.inMemory();
        Session session = database.connect()) {
      fill(session);
      int first = table(database, "t").outOfRowTree();
      assertEquals(ROWS, store(database).entryCount(first));
      run(session, "ALTER TABLE t FORCE");
      int second = table(database, "t").outOfRowTree();
      assertEquals(0, store(database).entryCount(first));
      assertEquals(ROWS, store(database).entryCount(second));
      run(session, "TRUNCATE TABLE t");
      assertEquals(0, store(database).entryCount(second));
      run(session, "INSERT INTO t VALUES (1, 1, REPEAT('x', 5000))");
      int third = table(database, "t").outOfRowTree();
      assertEquals(1, store(database).entryCount(third));
      run(session, "DROP TABLE t");
      assertEquals(0, store(database).entryCount(third));
      run(session, "CREATE TABLE t (id INT PRIMARY KEY, c VARCHAR(500) CHARACTER SET latin1)");
      assertEquals(0, table(database, "t").outOfRowTree(), "no column is ever long");
    }
  }
}
