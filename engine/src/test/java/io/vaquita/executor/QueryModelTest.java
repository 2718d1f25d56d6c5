package io.vaquita.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random tables and queries against a naive model: joins, groups, order, sets, subqueries. {@code -Dvaquita.seed} repeats a run. */
final class QueryModelTest {
  private static final long SEED = Long.getLong("vaquita.seed", 20_260_711L);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Sql sql = new Sql();
  private final List<Row> left = new ArrayList<>();
  private final List<Row> right = new ArrayList<>();

  private record Row(int id, @Nullable Integer a, @Nullable Integer b) {
    @Override
    public String toString() {
      return id + "," + text(a) + "," + text(b);
    }
  }

  private static String text(@Nullable Object o) {
    return o == null ? "NULL" : o.toString();
  }

  @AfterEach
  void close() {
    sql.close();
  }

  private @Nullable Integer value() {
    return random.nextInt(6) == 0 ? null : random.nextInt(-2, 8);
  }

  private void fill(int rows) {
    left.clear();
    right.clear();
    sql.run("DROP TABLE IF EXISTS l, r");
    String[] keys = {"", ", KEY (a)", ", KEY (a, b)", ", KEY (b DESC)", ", KEY (b), KEY (a)"};
    create("l", keys[random.nextInt(keys.length)], left, random.nextInt(rows));
    create("r", keys[random.nextInt(keys.length)], right, random.nextInt(rows));
  }

  private void create(String name, String keys, List<Row> model, int rows) {
    sql.run("CREATE TABLE " + name + " (id INT PRIMARY KEY, a INT, b INT" + keys + ")");
    for (int i = 0; i < rows; i++) {
      Row row = new Row(i, value(), value());
      model.add(row);
      sql.run(
          "INSERT INTO "
              + name
              + " VALUES ("
              + row.id
              + ","
              + text(row.a)
              + ","
              + text(row.b)
              + ")");
    }
  }

  private void check(String query, List<String> expected) {
    List<String> found = sql.query(query);
    if (!query.contains("ORDER BY")) {
      Collections.sort(found);
      expected = expected.stream().sorted().toList();
    }
    assertEquals(
        expected, found, () -> query + " with seed " + SEED + "\nl: " + left + "\nr: " + right);
  }

  /** A condition in SQL and in Java. */
  private record Condition(String text, Predicate<Row> test) {}

  private Condition condition(String alias) {
    int n = random.nextInt(-1, 7);
    int m = n + random.nextInt(4);
    return switch (random.nextInt(7)) {
      case 0 -> new Condition(alias + ".a = " + n, r -> r.a != null && r.a == n);
      case 1 -> new Condition(alias + ".a > " + n, r -> r.a != null && r.a > n);
      case 2 -> new Condition(alias + ".b <= " + n, r -> r.b != null && r.b <= n);
      case 3 ->
          new Condition(
              alias + ".a BETWEEN " + n + " AND " + m, r -> r.a != null && r.a >= n && r.a <= m);
      case 4 -> new Condition(alias + ".b IS NULL", r -> r.b == null);
      case 5 -> new Condition(alias + ".a <=> " + alias + ".b", r -> Objects.equals(r.a, r.b));
      default ->
          new Condition(
              "(" + alias + ".a IN (" + n + "," + m + ") OR " + alias + ".id < " + m + ")",
              r -> r.a != null && (r.a == n || r.a == m) || r.id < m);
    };
  }

  @Test
  void joins() {
    for (int round = 0; round < 40; round++) {
      fill(30);
      Condition c = condition("l");
      List<String> inner = new ArrayList<>();
      List<String> outer = new ArrayList<>();
      for (Row l : left) {
        boolean matched = false;
        for (Row r : right) {
          if (l.a != null && l.a.equals(r.b) && c.test.test(l)) {
            matched = true;
            inner.add(l + "," + r);
            outer.add(l + "," + r);
          }
        }
        if (!matched) {
          outer.add(l + ",NULL,NULL,NULL");
        }
      }
      check("SELECT * FROM l JOIN r ON l.a = r.b WHERE " + c.text, inner);
      check("SELECT * FROM l LEFT JOIN r ON l.a = r.b AND " + c.text, outer);
    }
  }

  @Test
  void semiAndAntiJoins() {
    for (int round = 0; round < 40; round++) {
      fill(20);
      Condition c = condition("r");
      List<Row> inside = right.stream().filter(c.test).toList();
      check(
          "SELECT * FROM l WHERE l.a IN (SELECT r.b FROM r WHERE " + c.text + ")",
          rows(l -> l.a != null && inside.stream().anyMatch(r -> l.a.equals(r.b))));
      check(
          "SELECT * FROM l WHERE l.a NOT IN (SELECT r.b FROM r WHERE " + c.text + ")",
          rows(
              l ->
                  inside.isEmpty()
                      || l.a != null
                          && inside.stream().noneMatch(r -> r.b == null || l.a.equals(r.b))));
      check(
          "SELECT * FROM l WHERE EXISTS (SELECT 1 FROM r WHERE r.a = l.b AND " + c.text + ")",
          rows(l -> l.b != null && inside.stream().anyMatch(r -> l.b.equals(r.a))));
      check(
          "SELECT * FROM l WHERE NOT EXISTS (SELECT 1 FROM r WHERE r.a = l.b AND " + c.text + ")",
          rows(l -> l.b == null || inside.stream().noneMatch(r -> l.b.equals(r.a))));
    }
  }

  private List<String> rows(Predicate<Row> test) {
    return left.stream().filter(test).map(Row::toString).toList();
  }

  @Test
  void groups() {
    for (int round = 0; round < 40; round++) {
      fill(40);
      Condition c = condition("l");
      Map<String, List<Row>> groups =
          left.stream()
              .filter(c.test)
              .collect(Collectors.groupingBy(l -> text(l.a), TreeMap::new, Collectors.toList()));
      List<String> expected = new ArrayList<>();
      groups.forEach(
          (key, rows) -> {
            List<Integer> values = rows.stream().map(Row::b).filter(Objects::nonNull).toList();
            expected.add(
                key
                    + ","
                    + rows.size()
                    + ","
                    + values.size()
                    + ","
                    + (values.isEmpty() ? "NULL" : values.stream().mapToInt(i -> i).sum())
                    + ","
                    + values.stream()
                        .min(Comparator.naturalOrder())
                        .map(Object::toString)
                        .orElse("NULL")
                    + ","
                    + values.stream().distinct().count());
          });
      check(
          "SELECT a, COUNT(*), COUNT(b), SUM(b), MIN(b), COUNT(DISTINCT b) FROM l WHERE "
              + c.text
              + " GROUP BY a",
          expected);
    }
  }

  @Test
  void orderAndLimit() {
    for (int round = 0; round < 40; round++) {
      fill(40);
      boolean descending = random.nextBoolean();
      Comparator<Row> byA =
          Comparator.comparing(Row::a, Comparator.nullsFirst(Comparator.naturalOrder()));
      Comparator<Row> order = (descending ? byA.reversed() : byA).thenComparing(Row::id);
      int offset = random.nextInt(5);
      int count = random.nextInt(12);
      check(
          "SELECT * FROM l ORDER BY a"
              + (descending ? " DESC" : "")
              + ", id LIMIT "
              + offset
              + ","
              + count,
          left.stream().sorted(order).skip(offset).limit(count).map(Row::toString).toList());
    }
  }

  @Test
  void sets() {
    for (int round = 0; round < 30; round++) {
      fill(15);
      List<String> a = new ArrayList<>(left.stream().map(r -> text(r.a)).toList());
      List<String> b = new ArrayList<>(right.stream().map(r -> text(r.b)).toList());
      List<String> all = new ArrayList<>(a);
      all.addAll(b);
      check("SELECT a FROM l UNION ALL SELECT b FROM r", all);
      check("SELECT a FROM l UNION SELECT b FROM r", all.stream().distinct().toList());
      check(
          "SELECT a FROM l INTERSECT SELECT b FROM r",
          a.stream().distinct().filter(b::contains).toList());
      check(
          "SELECT a FROM l EXCEPT SELECT b FROM r",
          a.stream().distinct().filter(x -> !b.contains(x)).toList());
      List<String> rest = new ArrayList<>(a);
      b.forEach(rest::remove);
      check("SELECT a FROM l EXCEPT ALL SELECT b FROM r", rest);
      List<String> both = new ArrayList<>(a);
      rest.forEach(both::remove);
      check("SELECT a FROM l INTERSECT ALL SELECT b FROM r", both);
    }
  }

  @Test
  void rollup() {
    sql.run("CREATE TABLE t (a INT, b INT, c INT)");
    sql.run("INSERT INTO t VALUES (1,1,1),(1,2,2),(2,1,4),(1,1,8)");
    assertEquals(
        Arrays.asList("1,1,9", "1,2,2", "1,NULL,11", "2,1,4", "2,NULL,4", "NULL,NULL,15"),
        sql.query("SELECT a, b, SUM(c) FROM t GROUP BY a, b WITH ROLLUP"));
    assertEquals(
        List.of("NULL,0"),
        sql.query("SELECT a, COUNT(*) FROM t WHERE a > 9 GROUP BY a WITH ROLLUP"));
  }

  @Test
  void windows() {
    sql.run("CREATE TABLE w (id INT PRIMARY KEY, p INT, v INT)");
    sql.run("INSERT INTO w VALUES (1,1,10),(2,1,20),(3,1,20),(4,2,5),(5,2,NULL)");
    assertEquals(
        List.of(
            "1,1,1,1,10,NULL", "2,2,2,2,30,10", "3,3,2,2,50,20", "4,1,2,2,5,NULL", "5,2,1,1,5,5"),
        sql.query(
            "SELECT id, ROW_NUMBER() OVER (PARTITION BY p ORDER BY id), RANK() OVER (PARTITION BY p"
                + " ORDER BY v), DENSE_RANK() OVER (PARTITION BY p ORDER BY v), SUM(v) OVER"
                + " (PARTITION BY p ORDER BY id), LAG(v) OVER (PARTITION BY p ORDER BY id) FROM w"
                + " ORDER BY id"));
    assertEquals(
        List.of("1,30", "2,40", "3,40", "4,5", "5,NULL"),
        sql.query(
            "SELECT id, SUM(v) OVER (PARTITION BY p ORDER BY v RANGE BETWEEN CURRENT ROW AND 10"
                + " FOLLOWING) - IF(id = 1, 20, 0) FROM w ORDER BY id"));
  }

  @Test
  void recursionEnds() {
    assertEquals(
        List.of("1", "2", "3"),
        sql.query(
            "WITH RECURSIVE c AS (SELECT 1 n UNION ALL SELECT n + 1 FROM c WHERE n < 3) SELECT *"
                + " FROM c"));
    assertEquals(
        "3636 Recursive query aborted after 1001 iterations. Try increasing"
            + " @@cte_max_recursion_depth to a larger value.",
        failure(
            "WITH RECURSIVE c AS (SELECT 1 n UNION ALL SELECT n + 1 FROM c) SELECT COUNT(*) FROM"
                + " c"));
  }

  private String failure(String query) {
    try {
      return sql.query(query).toString();
    } catch (io.vaquita.error.DatabaseException e) {
      return e.number() + " " + e.message();
    }
  }
}
