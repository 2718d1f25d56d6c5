package io.vaquita.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which literals a digest takes, and that the parser makes the same ones parameters. */
final class DigestTest {
  private static void expect(String key, String sql) {
    Digest digest = Objects.requireNonNull(Digest.of(sql, 0, 0));
    assertEquals(key, digest.key());
    assertEquals(digest.count(), Parser.parse(sql, digest, 0).parameterCount());
  }

  @Test
  void valuesAreTaken() {
    expect("SELECT c FROM t WHERE id=?i", "SELECT c FROM t WHERE id=5");
    expect(
        "SELECT c FROM t WHERE id BETWEEN ?i AND ?i ORDER BY c",
        "SELECT c FROM t WHERE id BETWEEN 1 AND 100 ORDER BY c");
    expect("UPDATE t SET k=k+?i WHERE id=?i", "UPDATE t SET k=k+1 WHERE id=7");
    expect(
        "INSERT INTO t (a, b) VALUES (?i, ?s),(?d3.2, ?f)",
        "INSERT INTO t (a, b) VALUES (1, 'x'),(1.50, 2e0)");
    expect("DELETE FROM t WHERE a in (?i,?s) limit ?i", "DELETE FROM t WHERE a in (1,'x') limit 5");
    expect("select 1 from a join b on a.x = ?i", "select 1 from a join b on a.x = 3");
    expect("select 1 from t where a = ?u", "select 1 from t where a = 18446744073709551615");
  }

  @Test
  void whatShapesThePlanIsLeft() {
    expect(
        "select 'a', 1+1 from t where b = ?i group by 1 having count(*) > 3 order by 2",
        "select 'a', 1+1 from t where b = 2 group by 1 having count(*) > 3 order by 2");
    expect(
        "select 1 from t where d > now() - interval 5 day and e = date '2020-01-01'",
        "select 1 from t where d > now() - interval 5 day and e = date '2020-01-01'");
    expect(
        "select 1 from t where round(a, 2) = ?i and a->'$.x' = ?s and b = _latin1'q'",
        "select 1 from t where round(a, 2) = 7 and a->'$.x' = 'y' and b = _latin1'q'");
    expect(
        "select 1 from t where a like ?s escape '|' and b regexp '^x'",
        "select 1 from t where a like 'x%' escape '|' and b regexp '^x'");
    expect(
        "select 1 from t where a is null or b = true",
        "select 1 from t where a is null or b = true");
  }

  @Test
  void valuesAreRead() {
    String sql = "select 1 from t where a = 'it''s' 'x\\n' and b = 12 and c = -1.5e3";
    Digest digest = Objects.requireNonNull(Digest.of(sql, 0, 0));
    assertEquals("it'sx\n", digest.stringValue(0));
    assertEquals(12, digest.longValue(1));
    assertEquals(1500.0, digest.doubleValue(2));
  }

  /** With its literals put back, the statement of a digest is the statement of the text. */
  @Test
  void digestsParseToTheSameStatement() throws IOException {
    try (InputStream in = DigestTest.class.getResourceAsStream("statements.txt")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String sql : all.lines().toList()) {
        Digest digest = Digest.of(sql, 0, 0);
        if (digest == null) {
          continue;
        }
        ParsedStatement parsed = Parser.parse(sql, digest, 0);
        assertEquals(digest.count(), parsed.parameterCount(), sql);
        String tree = parsed.syntax().toString();
        for (int i = 0; i < digest.count(); i++) {
          tree = tree.replace("Parameter[index=" + i + "]", digest.literal(i).toString());
        }
        assertEquals(
            Parser.parse(sql, 0).syntax().toString().replaceAll("@[0-9a-f]+", ""),
            tree.replaceAll("@[0-9a-f]+", ""));
      }
    }
  }

  @Test
  void otherStatementsHaveNone() {
    assertNull(Digest.of("set a = 5", 0, 0));
    assertNull(Digest.of("create table t (a int default 5)", 0, 0));
    assertNull(Digest.of("select ? from t", 0, 0));
    assertNull(Digest.of("select 'x", 0, 0));
  }

  @Test
  void commentsAroundAndFurtherStatementsDoNotCount() {
    String sql = "/* trace 1 */ select a from t where b = 1 /* z */; select 2";
    Digest digest = Objects.requireNonNull(Digest.of(sql, 0, 0));
    assertEquals("select a from t where b = ?i", digest.key());
    assertEquals("select 2", sql.substring(digest.next()));
  }
}
