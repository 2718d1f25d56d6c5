package io.vaquita.spec.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 *
 * statement waits              … must be blocked by another connection's lock; it goes on in the background
 * SELECT GET_LOCK('x', 100)
 *
 * ends query                   the end of the connection's waiting statement: "ends", then a head and results as above
 * ----
 * 1
 *
 * file a.txt                   writes these lines to the file $FILES/a.txt; \x00 to \xFF are bytes. $FILES, in statements and
 * 1,x                          results, is a directory of this run
 *
 * reset                        COM_RESET_CONNECTION
 *
 * disconnect                   ends the connection and waits until the server has cleaned up behind it
 * </pre>
 *
 * {@code $id(b)} in statements and results is the id of connection b.
 */
record SqlScript(String name, List<Step> steps) {

  /**
   * @param line where the block begins, from 1
   * @param ends whether it is about the end of the statement that waits
   */
  record Step(
      int line,
      Kind kind,
      boolean ends,
      String connection,
      String sql,
      List<String> expected,
      boolean sorted) {}

  /** What a block demands. */
  enum Kind {
    OK,
    COUNT,
    ERROR,
    QUERY,
    WAITS,
    RESET,
    DISCONNECT,
    FILE
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
      String name, int line, String connection, String wholeHead, List<String> body) {
    boolean ends = wholeHead.startsWith("ends ");
    String[] words = (ends ? wholeHead.substring("ends ".length()) : wholeHead).split("\\s+");
    List<String> sql = new ArrayList<>();
    List<String> results = new ArrayList<>();
    boolean inResults = false;
    for (String each : body) {
      if (each.equals("----")) {
        inResults = true;
      } else if (inResults) {
        results.add(each);
      } else if (each.startsWith(": ") && words[0].equals("statement")) {
        results.add(each.substring(2));
      } else {
        sql.add(each);
      }
    }
    Kind kind = kind(words);
    if (kind == null) {
      throw new IllegalArgumentException(name + ":" + line + ": what is '" + wholeHead + "'?");
    }
    boolean sorted = kind == Kind.QUERY && words.length > 1 && words[1].equals("sorted");
    String text = String.join("\n", sql);
    return new Step(line, kind, ends, connection, text, expected(kind, words, results), sorted);
  }

  private static @Nullable Kind kind(String[] words) {
    return switch (words[0]) {
      case "query" -> Kind.QUERY;
      case "file" -> Kind.FILE;
      case "reset" -> Kind.RESET;
      case "disconnect" -> Kind.DISCONNECT;
      case "statement" ->
          switch (words.length < 2 ? "" : words[1]) {
            case "ok" -> Kind.OK;
            case "count" -> Kind.COUNT;
            case "error" -> Kind.ERROR;
            case "waits" -> Kind.WAITS;
            default -> null;
          };
      default -> null;
    };
  }

  private static List<String> expected(Kind kind, String[] words, List<String> results) {
    return switch (kind) {
      case OK, WAITS, RESET, DISCONNECT -> List.of();
      case QUERY -> results;
      case COUNT -> List.of(words[2]);
      case FILE -> List.of(words[1]);
      case ERROR -> {
        List<String> wanted = new ArrayList<>();
        wanted.add(words.length > 2 ? words[2] : "");
        wanted.add(words.length > 3 ? words[3] : "");
        wanted.addAll(results);
        yield wanted;
      }
    };
  }
}
