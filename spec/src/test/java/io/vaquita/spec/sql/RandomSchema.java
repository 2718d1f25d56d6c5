package io.vaquita.spec.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A few tables with columns of random types, random keys and random rows, in which values meet often. Immutable. */
final class RandomSchema {
  private static final int TABLES = 4;
  private static final int[] ROWS = {0, 3, 10, 20};

  /** What an expression may be used as. */
  enum Kind {
    NUMBER,
    TEXT,
    DATE,
    OTHER
  }

  /** A column or an expression by which it can be called. */
  record Column(String name, Kind kind) {}

  private record Type(String sql, Kind kind, List<String> values) {}

  private static final List<String> TEXTS =
      List.of(
          "''", "'a'", "'A'", "'b'", "'ab'", "'Ab'", "'é'", "'e'", "'10'", "'1e1'", "' 7x'", "'zz'",
          "'a '", "'%a_'", "'straß'");

  private static final List<Type> TYPES =
      List.of(
          new Type("INT", Kind.NUMBER, List.of("0", "1", "2", "-3", "7", "10", "120")),
          new Type("BIGINT", Kind.NUMBER, List.of("0", "1", "-2", "3", "5", "10", "100")),
          new Type("TINYINT UNSIGNED", Kind.NUMBER, List.of("0", "1", "2", "3", "7", "200")),
          new Type("DECIMAL(10,2)", Kind.NUMBER, List.of("0", "1.5", "-2.25", "10", "99.99")),
          new Type("YEAR", Kind.NUMBER, List.of("2020", "1999", "2024", "2000")),
          new Type("VARCHAR(20) COLLATE utf8mb4_bin", Kind.TEXT, TEXTS),
          new Type("VARCHAR(20)", Kind.TEXT, List.of("''", "'a'", "'b'", "'10'", "'x y'", "'%'")),
          new Type("CHAR(5) COLLATE utf8mb4_bin", Kind.TEXT, TEXTS),
          new Type("ENUM('a','b','c')", Kind.TEXT, List.of("'a'", "'b'", "'c'")),
          new Type("SET('x','y','z')", Kind.OTHER, List.of("''", "'x'", "'x,y'", "'x,y,z'")),
          new Type("VARBINARY(10)", Kind.OTHER, List.of("''", "'a'", "'A'", "x'00'", "x'6162'")),
          new Type("TIME", Kind.OTHER, List.of("'00:00:00'", "'12:30:45'", "'-01:00:00'")),
          new Type("JSON", Kind.OTHER, List.of("'1'", "'\"a\"'", "'[1,2]'", "'{\"a\":1}'")),
          new Type("DATE", Kind.DATE, List.of("'2020-01-01'", "'2020-02-29'", "'1999-12-31'")),
          new Type(
              "DATETIME(3)",
              Kind.DATE,
              List.of("'2020-01-01 00:00:00'", "'2020-02-29 23:59:59.999'", "'1999-12-31'")));

  private static final Map<Kind, List<String>> LITERALS =
      Map.of(
          Kind.NUMBER, List.of("0", "1", "2", "-3", "7", "10", "1.5", "-2.25", "99.99", "NULL"),
          Kind.TEXT, TEXTS,
          Kind.DATE, List.of("DATE'2020-03-01'", "TIMESTAMP'2020-02-29 23:59:59.5'"),
          Kind.OTHER, List.of("NULL", "x'6162'", "TIME'12:30:45'"));

  private final List<List<Column>> columns = new ArrayList<>();
  private final List<String> withKeys = new ArrayList<>();
  private final List<String> withoutKeys = new ArrayList<>();

  RandomSchema(Random random) {
    for (int i = 0; i < TABLES; i++) {
      addTable("t" + i, random);
    }
  }

  private void addTable(String table, Random random) {
    List<Column> named = new ArrayList<>(List.of(new Column("id", Kind.NUMBER)));
    List<Type> types = new ArrayList<>();
    StringBuilder definitions = new StringBuilder("id INT PRIMARY KEY");
    StringBuilder keys = new StringBuilder();
    for (int c = 0, n = 2 + random.nextInt(4); c < n; c++) {
      Type type = any(TYPES, random);
      types.add(type);
      named.add(new Column("c" + c, type.kind));
      definitions.append(", c").append(c).append(' ').append(type.sql);
      if (!type.sql.equals("JSON") && random.nextInt(5) < 2) {
        keys.append(", KEY (c").append(c).append(random.nextInt(5) == 0 ? " DESC)" : ")");
      }
    }
    if (!types.get(0).sql.equals("JSON") && !types.get(1).sql.equals("JSON")) {
      keys.append(random.nextBoolean() ? ", KEY (c1, c0)" : "");
    }
    columns.add(named);
    String begin = "CREATE TABLE " + table + " (" + definitions;
    withKeys.add(begin + keys + ")");
    withoutKeys.add(begin + ")");
    List<String> rows = new ArrayList<>();
    for (int r = 1, n = ROWS[random.nextInt(ROWS.length)]; r <= n; r++) {
      StringBuilder row = new StringBuilder("(").append(r);
      for (Type type : types) {
        row.append(", ").append(random.nextInt(7) == 0 ? "NULL" : any(type.values, random));
      }
      rows.add(row.append(')').toString());
    }
    if (!rows.isEmpty()) {
      String insert = "INSERT INTO " + table + " VALUES " + String.join(", ", rows);
      withKeys.add(insert);
      withoutKeys.add(insert);
    }
  }

  static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  static String literal(Kind kind, Random random) {
    return any(LITERALS.getOrDefault(kind, List.of("NULL")), random);
  }

  /** What makes and fills the tables, with all secondary keys or with none. */
  List<String> statements(boolean hasKeys) {
    return hasKeys ? withKeys : withoutKeys;
  }

  int tables() {
    return columns.size();
  }

  /** The columns of table {@code t<number>}. */
  List<Column> columns(int number) {
    return columns.get(number);
  }
}
