package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Frame;
import io.vaquita.expression.SqlMode;
import io.vaquita.expression.StatementContext;

/** What divisors of zero do: NULL, and by sql_mode a warning or an error. Stateless. */
public final class Division {
  private Division() {}

  public static void byZero(Frame frame) {
    StatementContext statement = frame.statement;
    if (SqlMode.ERROR_FOR_DIVISION_BY_ZERO.isSet(statement.sqlMode())) {
      if (statement.isDataChange() && statement.isStrict()) {
        throw MySqlError.ER_DIVISION_BY_ZERO.exception();
      }
      statement.warn(MySqlError.ER_DIVISION_BY_ZERO);
    }
    frame.isNull = true;
  }
}
