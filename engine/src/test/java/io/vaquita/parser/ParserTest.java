package io.vaquita.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.error.DatabaseException;
import io.vaquita.parser.syntax.DataStatement.SelectStatement;
import io.vaquita.parser.syntax.QuerySyntax.Select;
import io.vaquita.parser.syntax.QuerySyntax.SelectItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The parser against what a real MySQL answered once (the resource files), and against random text. */
final class ParserTest {
  private static final String SYNTAX =
      "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server"
          + " version for the right syntax to use ";

  private static List<String> resource(String name) {
    try (InputStream in = Objects.requireNonNull(ParserTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String outcome(String sql) {
    try {
      Parser.parsePrepared(sql, 0);
      return "ok";
    } catch (DatabaseException e) {
      return e.number() == 1064 ? e.message().replace(SYNTAX, "").replace("\n", "\\n") : "ok";
    }
  }

  /** Statement, tab, "near … at line n" as the real server said, or ok when it found no syntax error. */
  @Test
  void syntaxErrorsAreMySqls() {
    List<String> wrong = new ArrayList<>();
    for (String line : resource("syntax-errors.txt")) {
      int tab = line.indexOf('\t');
      String got = outcome(line.substring(0, tab).replace("\\n", "\n"));
      if (!got.equals(line.substring(tab + 1))) {
        wrong.add(line + "\n    got " + got);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @TestFactory
  Stream<DynamicTest> expressionsPrintAsMySqlPrintsThem() {
    List<String> lines = resource("canonical.txt");
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      String written = lines.get(i);
      String canonical = lines.get(i + 1).strip();
      tests.add(
          DynamicTest.dynamicTest(
              written,
              () -> {
                String printed = SyntaxPrinter.condition(Parser.parseExpression(written, 0));
                assertEquals(canonical, printed);
                // What was printed is read back to the same.
                String again = SyntaxPrinter.condition(Parser.parseExpression(printed, 0));
                assertEquals(printed, again);
              }));
    }
    return tests.stream();
  }

  @Test
  void keywordsAreReservedAsInMySql() {
    for (String line : resource("keywords.txt")) {
      boolean reserved = line.endsWith(" R");
      String word = reserved ? line.substring(0, line.length() - 2) : line;
      Parser.parse("select `" + word + "` from `" + word + "`", 0);
      Parser.parse("select t." + word + " from t", 0);
      if (reserved) {
        assertThrows(DatabaseException.class, () -> Parser.parse("select 1 as " + word, 0), word);
      } else {
        Parser.parse("select 1 as " + word, 0);
        Parser.parse("select 1 from " + word + " where " + word + " = 1", 0);
      }
    }
  }

  @Test
  void precedence() {
    String[][] cases = {
      {"-2^2", "(-(2) ^ 2)"},
      {"1+2*3-4", "((1 + (2 * 3)) - 4)"},
      {"a or b and c", "((0 <> `a`) or ((0 <> `b`) and (0 <> `c`)))"},
      {"1 | 2 & 3 << 4 + 5", "(1 | (2 & (3 << (4 + 5))))"},
      {"3>2>1", "((3 > 2) > 1)"},
      {"not a = b", "(`a` <> `b`)"},
      {"a between 1 and 2 and b", "((`a` between 1 and 2) and (0 <> `b`))"},
      {"a - interval 1 day + 2", "((`a` - interval 1 day) + 2)"},
      {"! a collate utf8mb4_bin", "(0 = (`a` collate utf8mb4_bin))"},
      {"a xor b or c", "(((0 <> `a`) xor (0 <> `b`)) or (0 <> `c`))"},
      {"2 * 3 div 4 % 5", "(((2 * 3) DIV 4) % 5)"},
    };
    for (String[] each : cases) {
      assertEquals(each[1], SyntaxPrinter.expression(Parser.parseExpression(each[0], 0)), each[0]);
    }
  }

  @Test
  void modesChangeTheMeaning() {
    assertEquals(
        "concat(`a`,`b`)",
        SyntaxPrinter.expression(
            Parser.parseExpression(
                "\"a\" || b", ParserMode.PIPES_AS_CONCAT | ParserMode.ANSI_QUOTES)));
    assertEquals(
        "((0 = `a`) = `b`)",
        SyntaxPrinter.expression(
            Parser.parseExpression("not a = b", ParserMode.HIGH_NOT_PRECEDENCE)));
    assertEquals(
        "_utf8mb4'a\\\\n'",
        SyntaxPrinter.expression(
            Parser.parseExpression("'a\\n'", ParserMode.NO_BACKSLASH_ESCAPES)));
    assertEquals(
        "count(0)",
        SyntaxPrinter.expression(Parser.parseExpression("count (*)", ParserMode.IGNORE_SPACE)));
  }

  @Test
  void columnsAreNamedByTheirText() {
    String sql = "select 1  +  1, 'a' 'b', _utf8mb4'x', null, t.c , concat( a ,b) from t";
    Select select = (Select) ((SelectStatement) Parser.parse(sql, 0).syntax()).query();
    List<String> names = select.elements().stream().map(e -> ((SelectItem) e).text()).toList();
    assertEquals(List.of("1  +  1", "a", "x", "NULL", "c", "concat( a ,b)"), names);
  }

  @Test
  void statementsOfOneTextAreSplit() {
    String sql = "  select 1 ; /* x */ select ';' ;; ";
    ParsedStatement first = Parser.parse(sql, 0);
    assertEquals("select 1", sql.substring(first.start(), first.end()));
    ParsedStatement second = Parser.parse(sql, first.next(), 0);
    assertEquals("select ';'", sql.substring(second.start(), second.end()));
    assertEquals(-1, second.next());
    assertEquals(
        1065, assertThrows(DatabaseException.class, () -> Parser.parse(" -- x", 0)).number());
  }

  @Test
  void deepTextEndsWithAnErrorOfItsOwn() {
    for (String open : new String[] {"(", "-", "not ", "a in (", "(select ", "case ", "f("}) {
      String sql = "select " + open.repeat(20_000);
      assertThrows(DatabaseException.class, () -> Parser.parse(sql, 0), open);
    }
    StringBuilder chain = new StringBuilder("select 1 from t where a = 0");
    for (int i = 0; i < 20_000; i++) {
      chain.append(" or a = ").append(i);
    }
    assertTrue(Parser.parse(chain.toString(), 0).end() > 0);
  }

  /** Whatever the text: a statement or an error of the user, in time. */
  @Test
  void randomTextNeverBreaksTheParser() {
    long seed = 20_250_101;
    Random random = new Random(seed);
    List<String> words = new ArrayList<>(resource("keywords.txt"));
    words.replaceAll(w -> w.replace(" R", ""));
    words.addAll(
        List.of(
            "(",
            ")",
            ",",
            ".",
            "'x'",
            "`y`",
            "5",
            "1.5",
            "@a",
            "@@b",
            "?",
            ";",
            "=",
            "+",
            "-",
            "*",
            "/",
            "->",
            ":=",
            "||",
            "t",
            "a",
            "/*!",
            "*/",
            "\"z\"",
            "0x1",
            "_utf8mb4",
            "n'a'",
            "{",
            "}",
            "/*+ x */",
            "\n"));
    for (int i = 0; i < 20_000; i++) {
      StringBuilder sql = new StringBuilder();
      int length = 1 + random.nextInt(14);
      for (int k = 0; k < length; k++) {
        sql.append(words.get(random.nextInt(words.size())))
            .append(random.nextInt(5) == 0 ? "" : " ");
      }
      String text = sql.toString();
      try {
        Digest.of(text, 0, 0);
        Parser.parsePrepared(text, 0);
      } catch (DatabaseException expected) {
        assertTrue(expected.number() > 0);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
  }
}
