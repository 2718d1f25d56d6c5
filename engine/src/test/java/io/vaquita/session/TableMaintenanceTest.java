package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.store.CommitDurability;
import io.vaquita.store.Cursor;
import io.vaquita.store.Store;
import io.vaquita.store.WriteBatch;
import io.vaquita.value.TextBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CHECK TABLE finds what is wrong between rows and indexes; OPTIMIZE TABLE gives space back. */
class TableMaintenanceTest {
  @TempDir Path directory;

  private static List<String> run(Session session, String sql) {
    List<String> rows = new ArrayList<>();
    try (Result result = session.execute(sql)) {
      while (result.hasRows() && result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < result.columns().size(); i++) {
          TextBuffer text = new TextBuffer(16);
          result.appendText(i, text);
          row.append(i == 0 ? "" : ",").append(text.toSlice().toUtf8());
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static Session fill(Database database) {
    Session session = database.connect(ConnectOptions.local());
    run(session, "CREATE DATABASE d");
    run(session, "USE d");
    run(session, "CREATE TABLE t (id INT PRIMARY KEY, k INT, u INT, KEY k (k), UNIQUE KEY u (u))");
    run(session, "CREATE TABLE h (a INT, b VARCHAR(20), KEY b (b))");
    for (int i = 0; i < 50; i++) {
      run(session, "INSERT INTO t VALUES (" + i + ", " + i % 7 + ", " + i + ")");
      run(session, "INSERT INTO h VALUES (" + i + ", 'x" + i % 7 + "')");
    }
    return session;
  }

  private static IndexDefinition index(Database database, String table, String name) {
    EngineDatabase engine = (EngineDatabase) database;
    TableDefinition t = (TableDefinition) engine.engine().catalog().snapshot().relation("d", table);
    return t.indexes().stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow();
  }

  private interface Damage {
    void to(WriteBatch batch, int tree, byte[] key, byte[] value);
  }

  /** Does something to the first entry of a tree, past everything that keeps indexes right. */
  private static void damage(Database database, int tree, Damage damage) {
    Store store = ((EngineDatabase) database).engine().store();
    Cursor cursor = store.snapshot().cursor(tree);
    assertTrue(cursor.first());
    byte[] key =
        Arrays.copyOfRange(
            cursor.keyArray(), cursor.keyOffset(), cursor.keyOffset() + cursor.keyLength());
    byte[] value =
        Arrays.copyOfRange(
            cursor.valueArray(), cursor.valueOffset(), cursor.valueOffset() + cursor.valueLength());
    WriteBatch batch = new WriteBatch();
    damage.to(batch, tree, key, value);
    store.commit(batch, CommitDurability.SYNCED);
  }

  @Test
  void soundTablesAreOkWithEveryOption() {
    try (Database database = Database.inMemory();
        Session session = fill(database)) {
      for (String option : List.of("", "QUICK", "FAST", "MEDIUM", "EXTENDED", "CHANGED")) {
        assertEquals(
            List.of("d.t,check,status,OK", "d.h,check,status,OK"),
            run(session, "CHECK TABLE t, h " + option));
      }
      assertEquals(List.of("d.t,check,status,OK"), run(session, "CHECK TABLE t FOR UPGRADE"));
    }
  }

  @Test
  void aMissingEntryIsNamed() {
    try (Database database = Database.inMemory();
        Session session = fill(database)) {
      damage(database, index(database, "t", "k").tree(), (b, t, key, value) -> b.delete(t, key));
      assertEquals(
          List.of(
              "d.t,check,error,Index 'k' contains 49 entries, should be 50",
              "d.t,check,error,Row x'80000000' has no entry in index 'k'",
              "d.t,check,error,Corrupt"),
          run(session, "CHECK TABLE t"));
      assertEquals(List.of("d.t,check,status,OK"), run(session, "CHECK TABLE t QUICK"));
    }
  }

  @Test
  void anEntryWithoutItsRowIsNamed() {
    try (Database database = Database.inMemory();
        Session session = fill(database)) {
      damage(
          database, index(database, "t", "PRIMARY").tree(), (b, t, key, value) -> b.delete(t, key));
      assertEquals(
          List.of(
              "d.t,check,error,Index 'u' contains 50 entries, should be 49",
              "d.t,check,error,Index 'u' has an entry x'0180000000' without its row",
              "d.t,check,error,Index 'k' contains 50 entries, should be 49",
              "d.t,check,error,Index 'k' has an entry x'018000000080000000' without its row",
              "d.t,check,error,Corrupt"),
          run(session, "CHECK TABLE t EXTENDED"));
    }
  }

  @Test
  void anEntryThatTellsAnotherValueThanItsRowIsNamed() {
    try (Database database = Database.inMemory();
        Session session = fill(database)) {
      damage(
          database,
          index(database, "h", "b").tree(),
          (b, t, key, value) -> {
            value[value.length - 10] ^= 1;
            b.put(t, key, value);
          });
      List<String> found = run(session, "CHECK TABLE h");
      assertTrue(
          found.getFirst().contains("differs from its entry in index 'b'"), found.toString());
      assertEquals("d.h,check,error,Corrupt", found.getLast());
    }
  }

  @Test
  void optimizeGivesTheSpaceOfDeletedRowsBack() {
    try (Database database = Database.open(directory);
        Session session = fill(database)) {
      run(session, "CREATE TABLE big (id INT PRIMARY KEY, v VARCHAR(2000))");
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < 4000; i++) {
        rows.append(i == 0 ? "" : ",").append("(").append(i).append(", REPEAT('y', 1000))");
      }
      run(session, "INSERT INTO big VALUES " + rows);
      run(session, "OPTIMIZE TABLE big");
      long before = directory.resolve("data.vaquita").toFile().length();
      run(session, "DELETE FROM big WHERE id % 10 <> 0");
      assertEquals("d.big,optimize,status,OK", run(session, "OPTIMIZE TABLE big").getLast());
      long after = directory.resolve("data.vaquita").toFile().length();
      assertTrue(before > 4_000_000, "before: " + before);
      assertTrue(after < before / 3, "from " + before + " to " + after);
      assertEquals(List.of("400"), run(session, "SELECT COUNT(*) FROM big"));
      assertEquals(List.of("d.big,check,status,OK"), run(session, "CHECK TABLE big"));
    }
  }
}
