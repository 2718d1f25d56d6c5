package io.vaquita.expression;

import io.vaquita.expression.ColumnExpression.Place;
import io.vaquita.value.DataType;

/**
 * The classes of {@link ColumnExpression}, one for each representation in rows, so that reading a column is one call on the row and no
 * test of its type.
 */
final class Columns {
  private Columns() {}

  static Expression of(int slot, int column, DataType type, boolean nullable, String name) {
    Place place = new Place(slot, column, name);
    return switch (type.kind()) {
      case NULL -> Literals.nullLiteral();
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
          new NumberColumns.IntegerColumn(place, type, nullable);
      case YEAR -> new NumberColumns.YearColumn(place, type, nullable);
      case BIT -> new NumberColumns.BitColumn(place, type, nullable);
      case DECIMAL -> new NumberColumns.DecimalColumn(place, type, nullable);
      case FLOAT, DOUBLE -> new NumberColumns.DoubleColumn(place, type, nullable);
      case DATE, TIME, DATETIME -> new TemporalColumns.TemporalColumn(place, type, nullable);
      case TIMESTAMP -> new TemporalColumns.TimestampColumn(place, type, nullable);
      case ENUM -> new StringColumns.EnumColumn(place, type, nullable);
      case SET -> new StringColumns.SetColumn(place, type, nullable);
      case JSON -> new StringColumns.JsonColumn(place, nullable);
      case CHAR,
          VARCHAR,
          BINARY,
          VARBINARY,
          TINYTEXT,
          TEXT,
          MEDIUMTEXT,
          LONGTEXT,
          TINYBLOB,
          BLOB,
          MEDIUMBLOB,
          LONGBLOB ->
          new StringColumns.StringColumn(place, type, nullable);
    };
  }
}
