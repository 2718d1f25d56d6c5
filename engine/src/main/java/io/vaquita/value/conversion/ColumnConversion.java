package io.vaquita.value.conversion;

import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import java.math.BigDecimal;

/** The conversion into columns of one family of types. Implementations are immutable. */
abstract sealed class ColumnConversion
    permits IntegerConversion,
        RealConversion,
        DecimalConversion,
        StringConversion,
        TemporalConversion,
        MemberConversion,
        BitConversion,
        YearConversion,
        JsonConversion {
  final String column;
  final DataType type;

  ColumnConversion(String column, DataType type) {
    this.column = column;
    this.type = type;
  }

  static ColumnConversion of(String table, String column, DataType type) {
    return switch (type.kind()) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> new IntegerConversion(column, type);
      case FLOAT, DOUBLE -> new RealConversion(column, type);
      case DECIMAL -> new DecimalConversion(column, type);
      case DATE, TIME, DATETIME, TIMESTAMP -> new TemporalConversion(column, type);
      case ENUM, SET -> new MemberConversion(column, type);
      case BIT -> new BitConversion(column, type);
      case YEAR -> new YearConversion(column, type);
      case JSON -> new JsonConversion(table, column, type);
      default -> new StringConversion(column, type);
    };
  }

  abstract Value ofLong(long value, boolean unsigned, StoreContext context);

  abstract Value ofDouble(double value, StoreContext context);

  abstract Value ofDecimal(BigDecimal value, StoreContext context);

  abstract Value ofString(Slice text, Collation collation, StoreContext context);

  abstract Value ofTemporal(Value.TemporalValue value, StoreContext context);

  abstract Value ofJson(Slice binary, StoreContext context);
}
