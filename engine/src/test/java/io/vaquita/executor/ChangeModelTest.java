package io.vaquita.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random changes against a map, and what MySQL counts and says. {@code -Dvaquita.seed} repeats a run. */
final class ChangeModelTest {
  private static final long SEED = Long.getLong("vaquita.seed", 20_260_712L);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Sql sql = new Sql();

  /** By primary key: a unique value and a plain one. */
  private final TreeMap<Integer, int[]> model = new TreeMap<>();

  @AfterEach
  void close() {
    sql.close();
  }

  private Integer ownerOf(int unique) {
    for (Map.Entry<Integer, int[]> e : model.entrySet()) {
      if (e.getValue()[0] == unique) {
        return e.getKey();
      }
    }
    return -1;
  }

  @Test
  void randomChanges() {
    sql.run(
        "CREATE TABLE t (id INT PRIMARY KEY, u INT NOT NULL, v INT NOT NULL, UNIQUE KEY (u), KEY"
            + " (v))");
    for (int step = 0; step < 1500; step++) {
      change(random.nextInt(20), random.nextInt(20), random.nextInt(10));
      if (step % 50 == 0) {
        check(step);
      }
    }
    check(1500);
  }

  private void change(int id, int u, int v) {
    int owner = ownerOf(u);
    boolean clashes = model.containsKey(id) || owner >= 0;
    String values = "(" + id + "," + u + "," + v + ")";
    switch (random.nextInt(7)) {
      case 0 -> {
        String error = sql.error("INSERT INTO t VALUES " + values);
        if (!clashes) {
          assertEquals("no error", error);
          model.put(id, new int[] {u, v});
        } else {
          String key = model.containsKey(id) ? id + "' for key 't.PRIMARY'" : u + "' for key 't.u'";
          assertEquals("1062 Duplicate entry '" + key, error);
        }
      }
      case 1 -> {
        assertEquals(clashes ? 0 : 1, sql.run("INSERT IGNORE INTO t VALUES " + values));
        if (!clashes) {
          model.put(id, new int[] {u, v});
        }
      }
      case 2 -> {
        int removed = (model.containsKey(id) ? 1 : 0) + (owner >= 0 && owner != id ? 1 : 0);
        assertEquals(1 + removed, sql.run("REPLACE INTO t VALUES " + values));
        model.remove(owner);
        model.put(id, new int[] {u, v});
      }
      case 3 -> {
        long affected =
            sql.run("INSERT INTO t VALUES " + values + " ON DUPLICATE KEY UPDATE v = VALUES(v)");
        int target = model.containsKey(id) ? id : owner >= 0 ? owner : -1;
        if (target < 0) {
          assertEquals(1, affected);
          model.put(id, new int[] {u, v});
        } else {
          int[] present = Objects.requireNonNull(model.get(target));
          assertEquals(present[1] == v ? 0 : 2, affected);
          present[1] = v;
        }
      }
      case 4 -> {
        long expected = model.values().stream().filter(x -> x[1] < 3).count();
        assertEquals(expected, sql.run("UPDATE t SET v = v + 5 WHERE v < 3"));
        model.values().stream().filter(x -> x[1] < 3).forEach(x -> x[1] += 5);
      }
      case 5 -> {
        long expected = model.containsKey(id) ? 1 : 0;
        assertEquals(expected, sql.run("DELETE FROM t WHERE id = " + id));
        model.remove(id);
      }
      default -> {
        // The primary key moves, when its new place is free.
        if (model.containsKey(id) && !model.containsKey(id + 100)) {
          assertEquals(1, sql.run("UPDATE t SET id = id + 100 WHERE id = " + id));
          model.put(id + 100, model.remove(id));
        }
      }
    }
  }

  private void check(int step) {
    List<String> expected = new ArrayList<>();
    model.forEach((id, x) -> expected.add(id + "," + x[0] + "," + x[1]));
    String where = "step " + step + " with seed " + SEED;
    assertEquals(expected, sql.query("SELECT * FROM t ORDER BY id"), where);
    expected.sort(null);
    for (String index : List.of("u", "v")) {
      List<String> found =
          sql.query("SELECT * FROM t FORCE INDEX (" + index + ") WHERE " + index + " >= 0");
      found.sort(null);
      assertEquals(expected, found, where + ", index " + index);
    }
  }

  @Test
  void failedStatementLeavesNothing() {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    sql.run("INSERT INTO t VALUES (3)");
    assertEquals(
        "1062 Duplicate entry '3' for key 't.PRIMARY'",
        sql.error("INSERT INTO t VALUES (1),(2),(3)"));
    assertEquals(List.of("3"), sql.query("SELECT * FROM t"));
    sql.run("BEGIN");
    sql.run("INSERT INTO t VALUES (9)");
    sql.error("INSERT INTO t VALUES (1),(9)");
    sql.run("COMMIT");
    assertEquals(List.of("3", "9"), sql.query("SELECT * FROM t"));
  }

  @Test
  void foreignKeys() {
    sql.run("CREATE TABLE p (id INT PRIMARY KEY)");
    sql.run(
        "CREATE TABLE c (id INT PRIMARY KEY, pid INT, CONSTRAINT f FOREIGN KEY (pid) REFERENCES p"
            + " (id) ON DELETE CASCADE)");
    sql.run(
        "CREATE TABLE n (id INT PRIMARY KEY, pid INT, CONSTRAINT g FOREIGN KEY (pid) REFERENCES p"
            + " (id) ON DELETE SET NULL ON UPDATE CASCADE)");
    sql.run(
        "CREATE TABLE r (id INT PRIMARY KEY, pid INT, CONSTRAINT h FOREIGN KEY (pid) REFERENCES p"
            + " (id))");
    sql.run("INSERT INTO p VALUES (1),(2),(3)");
    sql.run("INSERT INTO c VALUES (1,1),(2,2),(3,NULL)");
    sql.run("INSERT INTO n VALUES (1,1),(2,2)");
    sql.run("INSERT INTO r VALUES (1,3)");
    assertEquals(
        "1452 Cannot add or update a child row: a foreign key constraint fails (`d`.`c`, CONSTRAINT"
            + " `f` FOREIGN KEY (`pid`) REFERENCES `p` (`id`) ON DELETE CASCADE)",
        sql.error("INSERT INTO c VALUES (9,9)"));
    assertEquals(
        "1451 Cannot delete or update a parent row: a foreign key constraint fails (`d`.`r`,"
            + " CONSTRAINT `h` FOREIGN KEY (`pid`) REFERENCES `p` (`id`))",
        sql.error("DELETE FROM p WHERE id = 3"));
    assertEquals(1, sql.run("DELETE FROM p WHERE id = 1"));
    assertEquals(List.of("2,2", "3,NULL"), sql.query("SELECT * FROM c ORDER BY id"));
    assertEquals(List.of("1,NULL", "2,2"), sql.query("SELECT * FROM n ORDER BY id"));
    sql.run("DELETE FROM c");
    sql.run("UPDATE p SET id = 20 WHERE id = 2");
    assertEquals(List.of("1,NULL", "2,20"), sql.query("SELECT * FROM n ORDER BY id"));
  }

  @Test
  void autoIncrement() {
    sql.run("CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY, v INT, UNIQUE KEY (v))");
    sql.run("INSERT INTO a (v) VALUES (1),(2)");
    sql.run("INSERT INTO a VALUES (10,3),(NULL,4),(0,5)");
    assertEquals(
        List.of("1,1", "2,2", "10,3", "11,4", "12,5"), sql.query("SELECT * FROM a ORDER BY id"));
    assertEquals(List.of("11"), sql.query("SELECT LAST_INSERT_ID()"));
    sql.run("DELETE FROM a WHERE id > 2");
    sql.run("INSERT INTO a (v) VALUES (6)");
    assertEquals(List.of("1,1", "2,2"), sql.query("SELECT * FROM a WHERE id < 10 ORDER BY id"));
    sql.run("SET auto_increment_increment = 10, auto_increment_offset = 5");
    sql.run("DELETE FROM a");
    sql.run("INSERT INTO a (v) VALUES (1),(2)");
    assertEquals(List.of("15,1", "25,2"), sql.query("SELECT * FROM a ORDER BY id"));
  }

  @Test
  void alterCopiesRows() {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(10))");
    sql.run("INSERT INTO t VALUES (1,'10'),(2,'20')");
    sql.run("ALTER TABLE t ADD COLUMN w INT NOT NULL DEFAULT 7, MODIFY v INT, ADD KEY (v)");
    assertEquals(List.of("2,20,7"), sql.query("SELECT * FROM t WHERE v > 15"));
    sql.run("INSERT INTO t VALUES (3,20,1)");
    assertEquals(
        "1062 Duplicate entry '20' for key 't.x'", sql.error("CREATE UNIQUE INDEX x ON t (v)"));
    assertEquals(List.of("1,10,7", "2,20,7", "3,20,1"), sql.query("SELECT * FROM t ORDER BY id"));
  }
}
