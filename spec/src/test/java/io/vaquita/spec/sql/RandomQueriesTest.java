package io.vaquita.spec.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vaquita.Database;
import io.vaquita.DatabaseOptions;
import io.vaquita.spec.sql.Backend.Outcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random queries give the same rows whatever plan they get, and as a real MySQL does. The default run takes the same seeds each time. The long
 * ones: {@code ./vaquita test --slow -pl spec -am -Dtest=RandomQueriesTest}, with {@code -Dvaquita.seed}, {@code -Dvaquita.queries} (of each
 * seed's schema, 500) and {@code -Dvaquita.mysql=HOST:PORT} (account root, no password), without which the comparison with MySQL is skipped.
 */
final class RandomQueriesTest {
  private static final long SEED = Long.getLong("vaquita.seed", new Random().nextLong());
  private static final int QUERIES = Integer.getInteger("vaquita.queries", 500);
  private static final String MYSQL = System.getProperty("vaquita.mysql", "");

  /**
   * Whether they come up depends on which rows an expression meets, and how: numbers out of range, constants that are no dates, windows beyond
   * operator_memory_size.
   */
  private static final Set<Integer> DEPEND_ON_THE_PLAN = Set.of(1690, 1525, 1038);

  @TempDir private Path directory;

  @Test
  void plansDoNotChangeRows() throws Exception {
    for (long seed = 1; seed <= 4; seed++) {
      comparePlans(seed, 50);
    }
  }

  /** Ternary logic: each row of a join makes a condition true, false or unknown. */
  @Test
  void conditionsPartitionRows() throws Exception {
    for (long seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      RandomSchema schema = new RandomSchema(random);
      RandomQueries queries = new RandomQueries(schema, random);
      try (Backend backend = memory()) {
        fill(backend, schema, true);
        for (int i = 0; i < 40; i++) {
          partition(backend, queries.partitioned());
        }
      }
    }
  }

  private static void partition(Backend backend, String[] query) throws Exception {
    String all = "SELECT COUNT(*)" + query[0];
    String p = query[1];
    long sum = 0;
    for (String part : List.of("(" + p + ")", "NOT (" + p + ")", "(" + p + ") IS NULL")) {
      Outcome outcome = backend.run("c", all + " WHERE " + part);
      if (outcome instanceof Outcome.Failed failed) {
        assertTrue(
            DEPEND_ON_THE_PLAN.contains(failed.number()), () -> all + " WHERE " + part + failed);
        return;
      }
      sum += count(outcome);
    }
    assertEquals(count(backend.run("c", all)), sum, all + " WHERE " + p);
  }

  private static long count(Outcome outcome) {
    return Long.parseLong(
        assertInstanceOf(Outcome.Rows.class, outcome).rows().getFirst().getFirst());
  }

  @Tag("slow")
  @Test
  void plansDoNotChangeRowsOfManyMore() throws Exception {
    for (long seed = SEED; seed < SEED + 20; seed++) {
      comparePlans(seed, QUERIES);
    }
  }

  @Tag("slow")
  @Test
  void mySqlGivesTheSameRows() throws Exception {
    assumeTrue(!MYSQL.isEmpty(), "no -Dvaquita.mysql=HOST:PORT");
    int colon = MYSQL.indexOf(':');
    String host = MYSQL.substring(0, colon);
    int port = Integer.parseInt(MYSQL.substring(colon + 1));
    List<String> differences = new ArrayList<>();
    for (long seed = SEED; seed < SEED + 5; seed++) {
      Random random = new Random(seed);
      RandomSchema schema = new RandomSchema(random);
      RandomQueries queries = new RandomQueries(schema, random);
      try (Backend mySql = new WireBackend(host, port);
          Backend own = memory()) {
        fill(mySql, schema, true);
        fill(own, schema, true);
        for (int i = 0; i < QUERIES; i++) {
          String sql = queries.next();
          String difference = difference(mySql.run("c", sql), own.run("c", sql));
          if (difference != null) {
            differences.add("seed " + seed + ": " + sql + '\n' + difference);
          }
        }
        mySql.run("c", "DROP DATABASE spec_random");
      }
    }
    assertEquals(List.of(), differences, () -> String.join("\n\n", differences));
  }

  private void comparePlans(long seed, int count) throws Exception {
    Random random = new Random(seed);
    RandomSchema schema = new RandomSchema(random);
    RandomQueries queries = new RandomQueries(schema, random);
    try (Backend plain = memory();
        Backend keyless = memory();
        Backend files = files("seed" + seed)) {
      fill(plain, schema, true);
      fill(keyless, schema, false);
      fill(files, schema, true);
      require(keyless, "SET operator_memory_size = 16384");
      require(
          files,
          "SET optimizer_switch = 'semijoin=off,materialization=off,derived_merge=off,"
              + "block_nested_loop=off,index_condition_pushdown=off'");
      for (int i = 0; i < count; i++) {
        String sql = queries.next();
        Outcome rows = plain.run("c", sql);
        for (Backend other : List.of(keyless, files)) {
          String difference = difference(rows, other.run("c", sql));
          assertEquals(null, difference, () -> "seed " + seed + ": " + sql);
        }
      }
    }
  }

  private static Backend memory() {
    return new LibraryBackend(Database.inMemory());
  }

  private Backend files(String name) {
    return new LibraryBackend(Database.open(DatabaseOptions.at(directory.resolve(name))));
  }

  private static void fill(Backend backend, RandomSchema schema, boolean hasKeys) throws Exception {
    require(backend, "SET NAMES utf8mb4");
    require(backend, "SET time_zone = '+00:00'");
    require(backend, "DROP DATABASE IF EXISTS spec_random");
    require(backend, "CREATE DATABASE spec_random");
    require(backend, "USE spec_random");
    for (String statement : schema.statements(hasKeys)) {
      require(backend, statement);
    }
  }

  private static void require(Backend backend, String sql) throws Exception {
    assertInstanceOf(Outcome.Count.class, backend.run("c", sql), sql);
  }

  /** Null when there is none. */
  private static String difference(Outcome a, Outcome b) {
    if (a instanceof Outcome.Failed x && b instanceof Outcome.Failed y) {
      boolean isSame =
          x.number() == y.number()
              || DEPEND_ON_THE_PLAN.contains(x.number()) && DEPEND_ON_THE_PLAN.contains(y.number());
      return isSame ? null : x + "\n" + y;
    }
    if (a instanceof Outcome.Rows x && b instanceof Outcome.Rows y) {
      List<String> left = normal(x.rows());
      List<String> right = normal(y.rows());
      return left.equals(right) ? null : only(left, right) + "\n" + only(right, left);
    }
    Outcome.Failed failed = (Outcome.Failed) (a instanceof Outcome.Failed ? a : b);
    return DEPEND_ON_THE_PLAN.contains(failed.number())
        ? null
        : failed + (failed.equals(a) ? " in the first only" : " in the second only");
  }

  private static String only(List<String> these, List<String> others) {
    List<String> rest = new ArrayList<>(these);
    others.forEach(rest::remove);
    return these.size() + " rows, only here " + rest.subList(0, Math.min(5, rest.size()));
  }

  /** Rows in an order of their own; of numbers that are not whole ten digits: sums of them depend on the order. */
  private static List<String> normal(List<List<String>> rows) {
    return rows.stream()
        .map(row -> row.stream().map(RandomQueriesTest::normal).toList().toString())
        .sorted()
        .toList();
  }

  private static String normal(String value) {
    if (value == null
        || !value.matches("-?[0-9]+(\\.[0-9]+)?(e[-+]?[0-9]+)?")
        || value.matches("-?[0-9]+")) {
      return "-0".equals(value) ? "0" : String.valueOf(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(10));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
