package io.vaquita.executor;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.expression.StatementContext;
import io.vaquita.value.TypeKind;
import io.vaquita.value.ValueRow;
import io.vaquita.value.temporal.TimeZones;

/** NOW() as a stored value: DEFAULT CURRENT_TIMESTAMP and ON UPDATE CURRENT_TIMESTAMP. Stateless. */
final class StatementTime {
  private StatementTime() {}

  static void set(ValueRow row, ColumnDefinition column, StatementContext statement) {
    long unit = 1;
    for (int i = column.type().decimals(); i < 6; i++) {
      unit *= 10;
    }
    long micros = statement.statementMicros() / unit * unit;
    if (column.type().kind() == TypeKind.TIMESTAMP) {
      row.setLong(column.ordinal(), micros);
    } else {
      row.setLong(column.ordinal(), TimeZones.toDateTime(micros, statement.timeZone()));
    }
  }
}
