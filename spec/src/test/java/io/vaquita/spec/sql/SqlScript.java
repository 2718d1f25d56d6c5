package io.vaquita.spec.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A behaviour script in sqllogictest's manner. Immutable once read. Blocks are separated by blank lines; lines that begin with {@code #}
 * are comments.
 *
 * <pre>
 * statement ok                 the statement must succeed
 * INSERT INTO t VALUES (1)
 *
 * statement count 2            … and change so many rows
 *
 * statement error 1062 23000   … must fail with this number and SQLSTATE
 * : Duplicate entry '1' for key 't.PRIMARY'    and (optionally) this message
 *
 * query [sorted]               rows, columns separated by tabs, NULL as NULL, empty strings as (empty)
 * SELECT a FROM t
 * ----
 * 1
 *
 * connection b                 what follows runs on the connection of that name
 * </pre>
 */
record SqlScript(String name, List<Step> steps) {

  /** @param line where the block begins, from 1 */
  record Step(
      int line, Kind kind, String connection, String sql, List<String> expected, boolean sorted) {}

  /** What a block demands. */
  enum Kind {
    OK,
    COUNT,
    ERROR,
    QUERY
  }

  static SqlScript parse(String name, String text) {
    List<Step> steps = new ArrayList<>();
    List<String> lines = text.lines().toList();
    String connection = "default";
    int i = 0;
    while (i < lines.size()) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        i++;
        continue;
      }
      int begin = i;
      List<String> block = new ArrayList<>();
      while (i < lines.size() && !lines.get(i).isBlank()) {
        block.add(lines.get(i++));
      }
      String head = block.getFirst().strip();
      if (head.startsWith("connection ")) {
        connection = head.substring("connection ".length()).strip();
      } else {
        steps.add(step(name, begin + 1, connection, head, block.subList(1, block.size())));
      }
    }
    return new SqlScript(name, steps);
  }

  private static Step step(
      String name, int line, String connection, String head, List<String> body) {
    String[] words = head.split("\\s+");
    List<String> sql = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    boolean results = false;
    for (String each : body) {
      if (each.equals("----")) {
        results = true;
      } else if (results) {
        expected.add(each);
      } else if (each.startsWith(": ") && words[0].equals("statement")) {
        expected.add(each.substring(2));
      } else {
        sql.add(each);
      }
    }
    String text = String.join("\n", sql);
    if (words[0].equals("query")) {
      return new Step(
          line,
          Kind.QUERY,
          connection,
          text,
          expected,
          words.length > 1 && words[1].equals("sorted"));
    }
    if (!words[0].equals("statement") || words.length < 2) {
      throw new IllegalArgumentException(name + ":" + line + ": what is '" + head + "'?");
    }
    return switch (words[1]) {
      case "ok" -> new Step(line, Kind.OK, connection, text, List.of(), false);
      case "count" -> new Step(line, Kind.COUNT, connection, text, List.of(words[2]), false);
      case "error" -> {
        List<String> wanted = new ArrayList<>();
        wanted.add(words.length > 2 ? words[2] : "");
        wanted.add(words.length > 3 ? words[3] : "");
        wanted.addAll(expected);
        yield new Step(line, Kind.ERROR, connection, text, wanted, false);
      }
      default -> throw new IllegalArgumentException(name + ":" + line + ": '" + head + "'");
    };
  }
}
