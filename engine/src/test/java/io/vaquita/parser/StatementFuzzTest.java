package io.vaquita.parser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Statements cut anywhere, with words and characters changed by chance: the parser ends, with a tree or MySQL's error. */
final class StatementFuzzTest {
  private static final long SEED = 20261130;

  /** What a fuzzer finds is added here. */
  private static final List<String> SEEDS =
      List.of(
          "SELECT a.*, COUNT(DISTINCT b) OVER (PARTITION BY c ORDER BY d ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"
              + " FROM t AS a LEFT JOIN (SELECT 1 AS x UNION ALL VALUES ROW(2)) AS u ON a.x <=> u.x WHERE a.b"
              + " NOT IN (1, -2.5e3, x'00', 'it''s', NULL) GROUP BY 1 WITH ROLLUP HAVING MAX(a) > ALL (SELECT 1)"
              + " ORDER BY 2 DESC LIMIT 5 OFFSET 3 FOR UPDATE OF a SKIP LOCKED; SELECT 2",
          "WITH RECURSIVE r (n) AS (SELECT 1 UNION SELECT n + 1 FROM r WHERE n < 3) SELECT * FROM r, JSON_TABLE('[]',"
              + " '$[*]' COLUMNS (i FOR ORDINALITY, v INT PATH '$.v' DEFAULT '1' ON EMPTY)) AS j",
          "INSERT INTO `s`.`t` (a, b) VALUES (DEFAULT, _utf8mb4'é🐬' COLLATE utf8mb4_bin), (?, @u := 1) AS n ON"
              + " DUPLICATE KEY UPDATE a = n.a + VALUES(b) /* comment */ -- end",
          "CREATE TABLE t (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, v VARCHAR(10) CHARACTER SET latin1 NOT NULL"
              + " DEFAULT 'x' COMMENT 'c', g INT GENERATED ALWAYS AS (id * 2) STORED, CONSTRAINT f FOREIGN KEY (id)"
              + " REFERENCES p (id) ON DELETE CASCADE, CHECK (g > 0), KEY k (v(3) DESC)) ENGINE=InnoDB",
          "ALTER TABLE t ADD COLUMN (x INT, y SET('a','b')), DROP INDEX k, MODIFY v TEXT FIRST, RENAME TO u",
          "UPDATE t JOIN u USING (id) SET t.a = CASE WHEN u.b THEN 1 ELSE INTERVAL(1, 2) END WHERE a BETWEEN DATE"
              + " '2024-01-01' AND NOW() + INTERVAL 1 DAY",
          "SET GLOBAL a = 1, @@SESSION.b = DEFAULT, @c = (SELECT 1); PREPARE s FROM 'SELECT ?'; EXECUTE s USING @c");

  private static void run(String sql) {
    try {
      StatementFuzz.fuzzerTestOneInput(sql.getBytes(StandardCharsets.UTF_8));
    } catch (RuntimeException | Error e) {
      throw new AssertionError("statement (seed " + SEED + "): " + sql, e);
    }
  }

  @Test
  void cutAndChangedByChance() {
    SplittableRandom random = new SplittableRandom(SEED);
    String[] words = String.join(" ", SEEDS).split(" ");
    for (String seed : SEEDS) {
      for (int length = 0; length <= seed.length(); length++) {
        run(seed.substring(0, length));
      }
      for (int i = 0; i < 1500; i++) {
        StringBuilder changed = new StringBuilder(seed);
        for (int n = random.nextInt(1, 5); n > 0; n--) {
          int at = random.nextInt(changed.length());
          int end = Math.min(changed.length(), at + random.nextInt(8));
          changed.replace(
              at,
              end,
              random.nextBoolean()
                  ? words[random.nextInt(words.length)]
                  : String.valueOf((char) random.nextInt(1, 256)));
        }
        run(changed.toString());
      }
    }
  }

  @Test
  void nestedDeeply() {
    for (String open : List.of("(", "-", "NOT ", "(SELECT ", "1+(", "CASE WHEN ", "f(", "!")) {
      run("SELECT " + open.repeat(20_000) + "1");
    }
  }
}
