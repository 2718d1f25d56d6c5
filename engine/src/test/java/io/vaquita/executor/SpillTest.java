package io.vaquita.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.value.TextBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that do not fit {@code operator_memory_size} give the rows, in the order, that they give in memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SpillTest {
  private final Database database = Database.inMemory();
  private final Session roomy = database.connect(ConnectOptions.local());
  private final Session narrow = database.connect(ConnectOptions.local());

  @BeforeAll
  void fill() {
    run(roomy, "CREATE DATABASE spill");
    for (Session session : List.of(roomy, narrow)) {
      run(session, "USE spill");
      run(session, "SET cte_max_recursion_depth = 100000");
    }
    run(narrow, "SET operator_memory_size = 16384");
    run(roomy, "CREATE TABLE a (id INT PRIMARY KEY, k INT, s VARCHAR(40), KEY ks (s))");
    run(roomy, "CREATE TABLE b (id INT PRIMARY KEY, k INT, v DECIMAL(10,2))");
    String numbers = "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < ";
    run(
        roomy,
        "INSERT INTO a "
            + numbers
            + "6000) SELECT n, IF(n % 17 = 0, NULL, n * 7 % 1500), CONCAT('text ', n * 13 % 2100) FROM r");
    run(
        roomy,
        "INSERT INTO b "
            + numbers
            + "4000) SELECT n, IF(n % 19 = 0, NULL, n % 1700), n / 7 FROM r");
  }

  @AfterAll
  void close() {
    narrow.close();
    roomy.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT DISTINCT s FROM a",
        "SELECT DISTINCT k, s FROM a ORDER BY s DESC LIMIT 1500, 20",
        "SELECT s FROM a UNION SELECT CONCAT('text ', k) FROM b",
        "SELECT COUNT(*), SUM(a.id * b.id) FROM a JOIN b ON a.k = b.k",
        "SELECT a.id, b.id FROM a JOIN b ON b.k = a.k AND b.v > a.id / 20",
        "SELECT a.id, b.id FROM a LEFT JOIN b ON b.k = a.k AND b.v < 100",
        "SELECT a.id FROM a WHERE EXISTS (SELECT * FROM b WHERE b.k = a.k AND b.v > 3)",
        "SELECT a.id FROM a WHERE NOT EXISTS (SELECT * FROM b WHERE b.k = a.k AND b.v > 200)",
        "SELECT a.s, COUNT(b.id) FROM a LEFT JOIN b ON b.k = a.k GROUP BY a.s ORDER BY 2 DESC, 1",
        "SELECT s FROM a INTERSECT SELECT CONCAT('text ', k) FROM b ORDER BY 1",
        "SELECT s FROM a EXCEPT SELECT CONCAT('text ', k) FROM b ORDER BY 1",
        "SELECT k FROM a INTERSECT ALL SELECT k FROM b ORDER BY 1",
        "SELECT k FROM a EXCEPT ALL SELECT k FROM b ORDER BY 1",
        "SELECT s, SUM(id) FROM a GROUP BY s ORDER BY s",
        // partitions of one and of a few hundred rows
        "SELECT id, ROW_NUMBER() OVER w, RANK() OVER w, DENSE_RANK() OVER w, NTILE(7) OVER w, PERCENT_RANK() OVER w,"
            + " CUME_DIST() OVER w FROM a WINDOW w AS (ORDER BY s)",
        "SELECT id, LAG(s, 1500, 'none') OVER w, LEAD(k, 3) OVER w, FIRST_VALUE(s) OVER w, NTH_VALUE(id, 900) OVER w,"
            + " LAST_VALUE(s) OVER w FROM a WINDOW w AS (ORDER BY id)",
        "SELECT id, SUM(k) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 2 FOLLOWING), COUNT(*) OVER (),"
            + " MAX(s) OVER (ORDER BY k, id), AVG(id) OVER (ORDER BY id RANGE BETWEEN 4 PRECEDING AND 4"
            + " FOLLOWING) FROM a WHERE id < 2000",
        "SELECT id, SUM(id) OVER (PARTITION BY id % 3 ORDER BY s DESC, id), LAG(s) OVER (PARTITION BY id % 3 ORDER BY id)"
            + " FROM a",
        // rows that are longer than a block
        "SELECT id, LENGTH(LAG(v, 2) OVER w), LENGTH(FIRST_VALUE(v) OVER w), RIGHT(LAST_VALUE(v) OVER w, 5) FROM"
            + " (SELECT id, CONCAT(REPEAT('x', 300000), id) AS v FROM a WHERE id <= 12) AS d WINDOW w AS (ORDER BY"
            + " id)",
        // no key to part by, and one key with very many rows
        "SELECT a.id, b.id FROM a JOIN b ON a.id < 9 AND b.v > a.k + 250",
        "SELECT a.id, b.id FROM (SELECT * FROM a WHERE id % 300 = 0) AS a LEFT JOIN b ON b.v + a.id < 400.5",
        "SELECT a.id FROM a WHERE a.id < 700 AND EXISTS (SELECT * FROM b WHERE b.v > a.id - 50 AND b.v < a.id -"
            + " 49.5)",
        "SELECT a.id FROM a WHERE a.id < 700 AND NOT EXISTS (SELECT * FROM b WHERE b.v > a.id - 50 AND b.v <"
            + " a.id - 49.5)",
        "SELECT COUNT(*), SUM(x.id), SUM(y.id) FROM (SELECT id, id % 2 AS p FROM a WHERE id <= 300) AS x JOIN"
            + " (SELECT id, id % 2 AS p FROM b) AS y ON x.p = y.p AND y.id > x.id",
        // NULLs on the left, on the right, on neither
        "SELECT id FROM a WHERE k NOT IN (SELECT k FROM b WHERE id % 19 > 0 AND id BETWEEN 600 AND 1690)",
        "SELECT id FROM a WHERE (k, id) NOT IN (SELECT k, id FROM b)",
        "SELECT COUNT(*) FROM a WHERE k NOT IN (SELECT k FROM b)",
        "SELECT id, k NOT IN (SELECT k FROM b WHERE b.id > 600) FROM a",
        "SELECT id FROM a WHERE k NOT IN (SELECT x.k FROM b AS x JOIN b AS y ON y.id = x.id + 1 WHERE x.id % 19 > 0 AND x.id < 1400"
            + " AND y.v > 2)",
      })
  void likeInMemory(String query) {
    List<String> expected = run(roomy, query);
    assertFalse(expected.isEmpty());
    assertEquals(expected, run(narrow, query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT DISTINCT s, k FROM a LIMIT 5000, 1",
        "SELECT a.id FROM a JOIN b ON b.k = a.k LIMIT 1"
      })
  void anUnfinishedQueryLeavesNothingBehind(String query) {
    assertTrue(run(narrow, query).size() <= 1);
    assertEquals(List.of("1"), run(narrow, "SELECT 1"));
  }

  private static List<String> run(Session session, String sql) {
    List<String> rows = new ArrayList<>();
    TextBuffer text = new TextBuffer(64);
    try (Result result = session.execute(sql)) {
      while (result.hasRows() && result.next()) {
        text.clear();
        for (int i = 0; i < result.columns().size(); i++) {
          text.append((byte) '|');
          if (!result.isNull(i)) {
            result.appendText(i, text);
          }
        }
        rows.add(new String(text.array(), 1, text.length() - 1, StandardCharsets.UTF_8));
      }
    }
    return rows;
  }
}
