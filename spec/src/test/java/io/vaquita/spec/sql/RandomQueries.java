package io.vaquita.spec.sql;

import static io.vaquita.spec.sql.RandomSchema.any;

import io.vaquita.spec.sql.RandomSchema.Column;
import io.vaquita.spec.sql.RandomSchema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Queries over a {@link RandomSchema}: joins, derived tables, subqueries of all kinds, grouping, windows, set operations; the same for the same
 * seed. Which rows they give never depends on an order that they leave open. Confined to one thread.
 *
 * <p>Expressions grow from templates, in which {@code {n}}, {@code {t}}, {@code {d}}, {@code {a}} and {@code {p}} stand for a number, a text, a
 * date, anything, and a condition.
 */
final class RandomQueries {
  private static final int DEPTH = 3;

  private static final List<String> NUMBERS =
      List.of(
          "({n} + {n})",
          "({n} - {n})",
          "({n} * {n})",
          "({n} / {n})",
          "({n} DIV {n})",
          "({n} % {n})",
          "-{n}",
          "ABS({n})",
          "ROUND({n}, 1)",
          "ROUND({n}, -1)",
          "FLOOR({n})",
          "TRUNCATE({n}, 1)",
          "LENGTH({a})",
          "CHAR_LENGTH({t})",
          "IFNULL({n}, {n})",
          "COALESCE({n}, {n}, 0)",
          "IF({p}, {n}, {n})",
          "CASE WHEN {p} THEN {n} ELSE {n} END",
          "GREATEST({n}, {n})",
          "LEAST({n}, {n})",
          "YEAR({d})",
          "DAYOFWEEK({d})",
          "DATEDIFF({d}, {d})",
          "CAST({a} AS SIGNED)",
          "CAST({n} AS DECIMAL(10,2))",
          "LOCATE({t}, {t})",
          "NULLIF({n}, {n})",
          "SIGN({n})",
          "({n} & {n})",
          "({n} | {n})",
          "CRC32({t})",
          "ASCII({t})",
          "({p})",
          "TIMESTAMPDIFF(DAY, {d}, {d})",
          "STRCMP({t}, {t})",
          "FIELD({t}, {t}, {t})",
          "{s}");

  private static final List<String> TEXTS =
      List.of(
          "CONCAT({a}, {t})",
          "UPPER({t})",
          "LOWER({t})",
          "SUBSTRING({t}, 2, 2)",
          "LEFT({t}, 2)",
          "SUBSTRING({t}, -2)",
          "TRIM({t})",
          "REPLACE({t}, {t}, {t})",
          "IFNULL({t}, {t})",
          "HEX({a})",
          "LPAD({t}, 4, {t})",
          "RPAD({t}, 3, 'xy')",
          "REVERSE({t})",
          "REPEAT({t}, 2)",
          "CONCAT_WS({t}, {a}, {t})",
          "CAST({a} AS CHAR)",
          "DATE_FORMAT({d}, '%Y-%m')",
          "CASE {n} WHEN {n} THEN {t} END",
          "QUOTE({t})",
          "INSERT({t}, 1, 1, {t})",
          "ELT({n}, {t}, {t})",
          "SUBSTRING_INDEX({t}, {t}, 1)",
          "BIN({n})",
          "FORMAT({n}, 2)",
          "MAKE_SET({n}, {t}, {t})");

  private static final List<String> DATES =
      List.of(
          "DATE_ADD({d}, INTERVAL 1 MONTH)",
          "DATE_SUB({d}, INTERVAL {n} DAY)",
          "LAST_DAY({d})",
          "DATE({d})",
          "CAST({d} AS DATE)",
          "IFNULL({d}, {d})",
          "GREATEST({d}, {d})");

  private static final List<String> COMPARISONS =
      List.of(
          "{n} = {n}",
          "{n} < {n}",
          "{n} >= {n}",
          "{n} <> {n}",
          "{n} <=> {n}",
          "{t} = {t}",
          "{t} > {t}",
          "{t} <=> {t}",
          "{d} = {d}",
          "{d} < {d}",
          "{d} >= {d}",
          "{a} IS NULL",
          "{a} IS NOT NULL");

  private static final List<String> CONDITIONS =
      List.of(
          "({p} AND {p})",
          "({p} OR {p})",
          "NOT ({p})",
          "({p} XOR {p})",
          "({p}) IS TRUE",
          "({p}) IS UNKNOWN",
          "{n} IN ({n}, {n})",
          "{t} NOT IN ({t}, {t}, {t})",
          "{n} BETWEEN {n} AND {n}",
          "{t} BETWEEN {t} AND {t}",
          "{t} LIKE '%a%'",
          "{t} LIKE 'a_'",
          "({n}, {t}) = ({n}, {t})",
          "{q}",
          "{q}",
          "{q}");

  private static final List<String> AGGREGATES =
      List.of(
          "COUNT(*)",
          "COUNT({a})",
          "SUM({n})",
          "MIN({n})",
          "MAX({n})",
          "AVG({n})",
          "COUNT(DISTINCT {n})",
          "COUNT(DISTINCT {t})",
          "SUM(DISTINCT {n})",
          "BIT_OR({n})",
          "BIT_XOR({n})",
          "MIN({d})",
          "MAX({d})");

  /** {@code {o}}: an order in which no two rows are alike; {@code {c}}: a column. */
  private static final List<String> WINDOWS =
      List.of(
          "ROW_NUMBER() OVER (PARTITION BY {c} ORDER BY {o})",
          "SUM({n}) OVER (PARTITION BY {c} ORDER BY {o})",
          "RANK() OVER (ORDER BY {c})",
          "COUNT(*) OVER (PARTITION BY {c})",
          "LAG({c}) OVER (ORDER BY {o})",
          "MAX({n}) OVER (PARTITION BY {c})",
          "NTILE(3) OVER (ORDER BY {o})",
          "SUM({n}) OVER (ORDER BY {o} ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)",
          "FIRST_VALUE({c}) OVER (PARTITION BY {c} ORDER BY {o})",
          "DENSE_RANK() OVER (ORDER BY {c})",
          "PERCENT_RANK() OVER (ORDER BY {c})");

  private final RandomSchema schema;
  private final Random random;
  private int aliases;

  /** Tables of a FROM clause and what can be asked of them. */
  private record From(String sql, List<Column> columns) {}

  RandomQueries(RandomSchema schema, Random random) {
    this.schema = schema;
    this.random = random;
  }

  String next() {
    aliases = 0;
    if (random.nextInt(8) == 0) {
      int columns = 1 + random.nextInt(2);
      String between = any(List.of(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT "), random);
      return plain(columns, 0) + between + plain(columns, 0);
    }
    return switch (random.nextInt(4)) {
      case 0 -> plain(1 + random.nextInt(3), 0);
      case 1 -> windows();
      default -> grouped();
    };
  }

  /** A condition on table t0, for partitions of its rows; and the FROM clause it holds for. */
  String[] partitioned() {
    aliases = 0;
    From from = from(0);
    return new String[] {from.sql, expand("{p}", from.columns, 0)};
  }

  /** Columns n0, n1, …. */
  private String plain(int columns, int depth) {
    From from = from(depth);
    List<String> items = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      items.add(expand(any(List.of("{n}", "{t}", "{d}"), random), from.columns, 0) + " AS n" + i);
    }
    String distinct = random.nextInt(6) == 0 ? "DISTINCT " : "";
    return "SELECT " + distinct + String.join(", ", items) + from.sql + where(from);
  }

  private String windows() {
    From from = from(0);
    String order =
        from.columns.stream()
            .map(Column::name)
            .filter(name -> name.endsWith(".id"))
            .collect(Collectors.joining(", "));
    String window = any(WINDOWS, random);
    while (window.contains("{o}") && hasDerived(from)) {
      window = any(WINDOWS, random);
    }
    String sql = "SELECT {n}, " + window.replace("{o}", order);
    return expand(sql, from.columns, 1) + from.sql + where(from);
  }

  /** A derived table has no column in which no two rows are alike. */
  private static boolean hasDerived(From from) {
    return from.sql.contains("(SELECT");
  }

  private String grouped() {
    From from = from(0);
    List<String> keys = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      boolean isColumn = random.nextBoolean();
      String key =
          expand(isColumn ? "{c}" : any(List.of("{n}", "{t}", "{d}"), random), from.columns, 2);
      if (key.matches(".*[a-z0-9]\\.[a-z].*")) {
        keys.add(key);
      }
    }
    List<String> items = new ArrayList<>(keys);
    for (int i = random.nextInt(3); i >= 0; i--) {
      items.add(expand(any(AGGREGATES, random), from.columns, 1));
    }
    StringBuilder sql = new StringBuilder("SELECT ").append(String.join(", ", items));
    sql.append(from.sql).append(where(from));
    if (!keys.isEmpty()) {
      sql.append(" GROUP BY ").append(String.join(", ", keys));
      sql.append(random.nextInt(6) == 0 ? " WITH ROLLUP" : "");
    }
    if (random.nextInt(4) == 0) {
      sql.append(" HAVING ").append(any(List.of("COUNT(*) > 1", "COUNT(*) < 5"), random));
    }
    return sql.toString();
  }

  private String where(From from) {
    return random.nextInt(5) < 3 ? " WHERE " + expand("{p}", from.columns, 0) : "";
  }

  private From from(int depth) {
    From from = table();
    for (int joins = random.nextInt(3); joins > 0; joins--) {
      From other = depth == 0 && random.nextInt(6) == 0 ? derived(depth) : table();
      List<Column> both = new ArrayList<>(from.columns);
      both.addAll(other.columns);
      String join = any(List.of(" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " CROSS JOIN "), random);
      String on = "";
      if (!join.equals(" CROSS JOIN ")) {
        on =
            random.nextInt(3) == 0
                ? expand("{p}", both, 2)
                : any(from.columns, random).name() + " = " + any(other.columns, random).name();
        on = " ON " + on;
      }
      from = new From(from.sql + join + other.sql + on, both);
    }
    return new From(depth < 0 ? from.sql : " FROM " + from.sql, from.columns);
  }

  private From table() {
    int number = random.nextInt(schema.tables());
    String alias = "x" + aliases++;
    return new From("t" + number + ' ' + alias, qualified(alias, schema.columns(number)));
  }

  private From derived(int depth) {
    int columns = 1 + random.nextInt(2);
    String query = plain(columns, depth + 1);
    String alias = "x" + aliases++;
    List<Column> named = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      named.add(new Column("n" + i, Kind.OTHER));
    }
    return new From("(" + query + ") " + alias, qualified(alias, named));
  }

  private static List<Column> qualified(String alias, List<Column> columns) {
    return columns.stream().map(c -> new Column(alias + '.' + c.name(), c.kind())).toList();
  }

  private String expand(String template, List<Column> columns, int depth) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < template.length(); at++) {
      if (template.charAt(at) == '{') {
        out.append(part(template.charAt(at + 1), columns, depth));
        at += 2;
      } else {
        out.append(template.charAt(at));
      }
    }
    return out.toString();
  }

  private String part(char what, List<Column> columns, int depth) {
    return switch (what) {
      case 'n' -> value(Kind.NUMBER, NUMBERS, columns, depth);
      case 't' -> value(Kind.TEXT, TEXTS, columns, depth);
      case 'd' -> value(Kind.DATE, DATES, columns, depth);
      case 'a' -> anything(columns, depth);
      case 'c' -> any(columns, random).name();
      case 's' -> scalar(depth);
      case 'q' -> subquery(columns, depth);
      default ->
          depth >= DEPTH || random.nextInt(5) < 2
              ? expand(any(COMPARISONS, random), columns, depth + 1)
              : expand(any(CONDITIONS, random), columns, depth + 1);
    };
  }

  private String anything(List<Column> columns, int depth) {
    return random.nextInt(3) == 0
        ? any(columns, random).name()
        : expand(any(List.of("{n}", "{t}", "{d}"), random), columns, depth);
  }

  private String value(Kind kind, List<String> templates, List<Column> columns, int depth) {
    if (depth < DEPTH && random.nextInt(3) > 0) {
      return expand(any(templates, random), columns, depth + 1);
    }
    List<Column> fitting = columns.stream().filter(c -> c.kind() == kind).toList();
    return fitting.isEmpty() || random.nextInt(5) == 0
        ? RandomSchema.literal(kind, random)
        : any(fitting, random).name();
  }

  private String scalar(int depth) {
    From from = table();
    String aggregate = any(List.of("MAX({n})", "MIN({n})", "COUNT(*)", "SUM({n})"), random);
    return "(SELECT "
        + expand(aggregate, from.columns, DEPTH)
        + " FROM "
        + from.sql
        + inner(from, List.of(), depth)
        + ")";
  }

  private String subquery(List<Column> outer, int depth) {
    From from = table();
    String rest = " FROM " + from.sql + inner(from, outer, depth);
    String part = any(List.of("{n}", "{t}", "{d}"), random);
    String inside = expand(part, from.columns, DEPTH);
    String not = random.nextBoolean() ? "" : "NOT ";
    return switch (random.nextInt(4)) {
      case 0 -> not + "EXISTS (SELECT 1" + rest + ")";
      case 1 ->
          expand(part, outer, depth + 1)
              + any(List.of(" = ANY", " < ANY", " >= ALL", " <> ALL"), random)
              + " (SELECT "
              + inside
              + rest
              + ")";
      default -> expand(part, outer, depth + 1) + " " + not + "IN (SELECT " + inside + rest + ")";
    };
  }

  /** The condition of a subquery, which may look at the outer query's columns. */
  private String inner(From from, List<Column> outer, int depth) {
    if (random.nextInt(3) == 0) {
      return "";
    }
    List<Column> seen = new ArrayList<>(from.columns);
    if (random.nextBoolean()) {
      seen.addAll(outer);
    }
    return " WHERE " + expand("{p}", seen, Math.min(DEPTH, depth + 1));
  }
}
