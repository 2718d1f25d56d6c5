package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.Database;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.value.Slice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random changes of rows with columns of all lengths, with savepoints, rolled back transactions, DDL and restarts, against a map.
 * {@code -Dvaquita.seed=N} repeats a run.
 */
class OutOfRowModelTest {
  private static final long SEED = Long.getLong("vaquita.seed", 20_261_201L);
  private static final int IDS = 25;
  private static final int STEPS = 600;

  @TempDir Path directory;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private TreeMap<Integer, Line> model = new TreeMap<>();
  private final String key;

  /** Columns of a row by their name. */
  private record Line(int n, @Nullable String a, @Nullable String b, String c) {}

  OutOfRowModelTest() {
    key = random.nextBoolean() ? "PRIMARY KEY (id)" : "UNIQUE KEY (id)";
  }

  private static void run(Session session, String sql) {
    session.execute(sql).close();
  }

  private @Nullable String text() {
    int kind = random.nextInt(8);
    int length =
        switch (kind) {
          case 0, 1, 2 -> random.nextInt(30);
          case 3 -> 500 + random.nextInt(30);
          case 4 -> 1900 + random.nextInt(200);
          case 5 -> random.nextInt(4000);
          case 6 -> random.nextInt(70_000);
          default -> -1;
        };
    if (length < 0) {
      return null;
    }
    String letter = Character.toString('a' + random.nextInt(26));
    return letter.repeat(Math.max(0, length - 2)) + random.nextInt(10) + random.nextInt(10);
  }

  private String varchar() {
    String text = text();
    return text == null ? "" : text.substring(0, Math.min(text.length(), 3000));
  }

  private Line line() {
    return new Line(random.nextInt(1000), text(), text(), varchar());
  }

  private static void create(Session session, String key) {
    run(session, "CREATE DATABASE d");
    run(session, "USE d");
    run(
        session,
        "CREATE TABLE t (id INT NOT NULL, n INT, a LONGBLOB, b LONGTEXT, c VARCHAR(3000), "
            + key
            + ", KEY a (a(6), n), KEY n (n)) CHARACTER SET latin1");
  }

  private void change(Session session) {
    int id = random.nextInt(IDS);
    Line line = line();
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> insert(session, id, line);
      case 3 -> {
        session
            .execute("REPLACE INTO t VALUES (?, ?, ?, ?, ?)", id, line.n, line.a, line.b, line.c)
            .close();
        model.put(id, line);
      }
      case 4 -> {
        session
            .execute(
                "INSERT INTO t VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE a = VALUES(a)",
                id,
                line.n,
                line.a,
                line.b,
                line.c)
            .close();
        model.merge(id, line, (old, now) -> new Line(old.n, now.a, old.b, old.c));
      }
      case 5 -> {
        run(session, "UPDATE t SET n = n + 1 WHERE id >= " + id);
        model.tailMap(id).replaceAll((i, l) -> new Line(l.n + 1, l.a, l.b, l.c));
      }
      case 6 -> {
        session.execute("UPDATE t SET a = ?, b = a WHERE id = ?", line.a, id).close();
        model.computeIfPresent(id, (i, l) -> new Line(l.n, line.a, line.a, l.c));
      }
      case 7 -> {
        session.execute("UPDATE t SET c = ? WHERE id BETWEEN ? AND ?", line.c, id, id + 3).close();
        model.subMap(id, true, id + 3, true).replaceAll((i, l) -> new Line(l.n, l.a, l.b, line.c));
      }
      case 8 -> {
        run(session, "UPDATE t SET a = a, b = CONCAT(b, 'x') WHERE id = " + id);
        model.computeIfPresent(
            id, (i, l) -> new Line(l.n, l.a, l.b == null ? null : l.b + "x", l.c));
      }
      case 9 -> move(session, id);
      case 10 -> {
        run(session, "DELETE FROM t WHERE id = " + id);
        model.remove(id);
      }
      default -> {
        run(session, "DELETE FROM t WHERE a LIKE 'b%'");
        model.values().removeIf(l -> l.a != null && l.a.startsWith("b"));
      }
    }
  }

  private void insert(Session session, int id, Line line) {
    try {
      session
          .execute("INSERT INTO t VALUES (?, ?, ?, ?, ?)", id, line.n, line.a, line.b, line.c)
          .close();
      assertEquals(null, model.put(id, line));
    } catch (DatabaseException e) {
      assertEquals(1062, e.number());
      assertEquals(true, model.containsKey(id));
    }
  }

  private void move(Session session, int id) {
    int to = IDS + random.nextInt(IDS);
    if (model.containsKey(id) && !model.containsKey(to)) {
      run(session, "UPDATE t SET id = " + to + " WHERE id = " + id);
      model.put(to, model.remove(id));
    }
  }

  private void transact(Session session) {
    TreeMap<Integer, Line> before = new TreeMap<>(model);
    run(session, "START TRANSACTION");
    // a long one is more than a small heap lets a transaction have in memory
    for (int i = random.nextInt(random.nextInt(8) == 0 ? 60 : 5); i >= 0; i--) {
      change(session);
    }
    run(session, "SAVEPOINT s");
    TreeMap<Integer, Line> saved = new TreeMap<>(model);
    for (int i = random.nextInt(5); i >= 0; i--) {
      change(session);
    }
    check(session, false);
    if (random.nextBoolean()) {
      run(session, "ROLLBACK TO s");
      model = saved;
      check(session, false);
    }
    if (random.nextInt(3) == 0) {
      run(session, "ROLLBACK");
      model = before;
    } else {
      run(session, "COMMIT");
    }
  }

  private void define(Session session) {
    switch (random.nextInt(4)) {
      case 0 -> run(session, "ALTER TABLE t FORCE");
      case 1 -> {
        run(session, "ALTER TABLE t DROP INDEX a");
        run(session, "ALTER TABLE t ADD INDEX a (a(6), n)");
      }
      case 2 -> {
        run(session, "ALTER TABLE t ADD COLUMN z INT FIRST");
        run(session, "ALTER TABLE t DROP COLUMN z");
      }
      default -> {
        run(session, "CREATE TABLE u LIKE t");
        run(session, "INSERT INTO u SELECT * FROM t");
        run(session, "DROP TABLE t");
        run(session, "RENAME TABLE u TO t");
      }
    }
  }

  private static String crc(@Nullable String text) {
    if (text == null) {
      return "null";
    }
    CRC32 crc = new CRC32();
    Slice bytes = Slice.utf8(text);
    crc.update(bytes.array(), bytes.offset(), bytes.length());
    return text.length() + "/" + crc.getValue();
  }

  private static String show(int id, Line line) {
    return id + "," + line.n + "," + crc(line.a) + "," + crc(line.b) + "," + crc(line.c);
  }

  private void check(Session session, boolean wholly) {
    List<String> expected = new ArrayList<>();
    for (Map.Entry<Integer, Line> e : model.entrySet()) {
      expected.add(show(e.getKey(), e.getValue()));
    }
    String rows =
        switch (random.nextInt(3)) {
          case 0 -> "t";
          case 1 -> "t FORCE INDEX (a) WHERE a >= '' OR a IS NULL";
          default -> "t FORCE INDEX (n) WHERE n >= 0";
        };
    List<String> found =
        session
            .execute("SELECT id, n, a, b, c FROM " + rows + " ORDER BY id")
            .toList(
                row ->
                    show(
                        row.getInt(0),
                        new Line(
                            row.getInt(1), row.getString(2), row.getString(3), row.getString(4))));
    assertEquals(expected, found, "seed " + SEED);
    if (wholly) {
      assertEquals(
          List.of("OK"),
          session.execute("CHECK TABLE t").toList(row -> row.getString(3)),
          "seed " + SEED);
    }
  }

  private void work(Session session, int steps) {
    for (int step = 0; step < steps; step++) {
      switch (random.nextInt(20)) {
        case 0 -> define(session);
        case 1, 2, 3 -> transact(session);
        default -> change(session);
      }
      if (step % 10 == 0) {
        check(session, step % 50 == 0);
      }
    }
    check(session, true);
  }

  @Test
  void inMemory() {
    try (Database database = Database.inMemory();
        Session session = database.connect()) {
      create(session, key);
      work(session, STEPS);
    }
  }

  @Test
  void onFiles() {
    for (int round = 0; round < 6; round++) {
      try (Database database = Database.open(directory);
          Session session = database.connect()) {
        if (round == 0) {
          create(session, key);
        }
        run(session, "USE d");
        check(session, true);
        work(session, STEPS / 6);
      }
    }
  }
}
