package io.vaquita.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a statement's text alone says of the session it leaves. */
final class SessionTracesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT 1                                  |
          SELECT * FROM t WHERE mail = 'a@b.c'      |
          INSERT INTO t VALUES (1)                  |
          UPDATE t SET a = 1                        |
          ( SELECT 1 )                              |
          SELECT 1;                                 |
          begin                                     | T
          START TRANSACTION                         | T
          -- note                                   |
          /* x */ SET @a = 1                        | S
          set names utf8mb4                         | S
          USE other                                 | S
          CREATE TABLE t (a INT)                    |
          create temporary table t (a int)          | S
          SELECT @a := 1                            | S
          SELECT a INTO @a FROM t                   | S
          LOCK TABLES t READ                        | S
          SELECT 1; SET @a = 1                      | S
          /*!40101 SET NAMES utf8 */                | S
          SELECT get_lock('a', 1)                   | L
          CALL p()                                  | LS
          XA START 'x'                              | TS
          """)
  void traces(String sql, String expected) {
    SessionTraces traces = new SessionTraces();
    traces.note(sql);
    String found =
        (traces.has(SessionTraces.Trace.TRANSACTION) ? "T" : "")
            + (traces.has(SessionTraces.Trace.NAMED_LOCKS) ? "L" : "")
            + (traces.has(SessionTraces.Trace.SESSION_STATE) ? "S" : "");
    assertEquals(expected == null ? "" : expected, found, sql);
  }
}
