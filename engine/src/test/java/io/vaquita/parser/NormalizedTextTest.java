package io.vaquita.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Normalized texts as STATEMENT_DIGEST_TEXT() of a real MySQL gave them. */
final class NormalizedTextTest {
  @Test
  void literalsAreGone() {
    String[][] cases = {
      {
        "select a, `b`.c as x, 1+2*-3 y, count(*), now() from t b where a = 5 and c in (1,2,'x')"
            + " or not d between 1 and 2 order by 1 desc limit 3, 4",
        "SELECT `a` , `b` . `c` AS `x` , ? + ? * ? `y` , COUNT ( * ) , NOW ( ) FROM `t` `b` WHERE"
            + " `a` = ? AND `c` IN (...) OR NOT `d` BETWEEN ? AND ? ORDER BY 1 DESC LIMIT ?, ..."
      },
      {
        "insert into t (a,b) values (1,'x'),(2.50,'y')",
        "INSERT INTO `t` ( `a` , `b` ) VALUES (...) /* , ... */"
      },
      {"insert into t values (1)", "INSERT INTO `t` VALUES (?)"},
      {
        "select * from t where a in (1) and c = null and d = -5 and (a,b) = (1,2)",
        "SELECT * FROM `t` WHERE `a` IN (...) AND `c` = ? AND `d` = ? AND ( `a` , `b` ) = (...)"
      },
      {"select f(1), f(a,1,2), f(1,a)", "SELECT `f` (?) , `f` ( `a` , ?, ... ) , `f` ( ? , `a` )"},
      {"set @a = 1", "SET @? = ?"},
    };
    for (String[] each : cases) {
      assertEquals(each[1], NormalizedText.of(each[0], 0));
    }
  }
}
