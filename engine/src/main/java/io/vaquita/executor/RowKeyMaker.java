package io.vaquita.executor;

import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import java.util.List;

/** Writes keys of whole rows of known types: rows are equal when their keys are (NULLs equal each other). Immutable. */
final class RowKeyMaker {
  private final DataType[] types;

  RowKeyMaker(List<DataType> types) {
    this.types = types.toArray(new DataType[0]);
  }

  void write(Row row, KeyBuffer out) {
    out.clear();
    for (int i = 0; i < types.length; i++) {
      if (row.isNull(i)) {
        out.putNull();
      } else {
        put(row, i, types[i], out);
      }
    }
  }

  private void put(Row row, int column, DataType type, KeyBuffer out) {
    switch (type.kind()) {
      case NULL -> out.putNull();
      case TINYINT,
          SMALLINT,
          MEDIUMINT,
          INT,
          BIGINT,
          YEAR,
          BIT,
          ENUM,
          SET,
          DATE,
          TIME,
          DATETIME,
          TIMESTAMP ->
          out.putLong(row.getLong(column), type.unsigned());
      case FLOAT, DOUBLE -> out.putDouble(row.getDouble(column));
      case DECIMAL -> out.putDecimal(row.getDecimal(column));
      case JSON -> {
        byte[] key = JsonKeys.sortKey(row.getBytes(column));
        out.putBytes(key, 0, key.length);
      }
      default -> out.putString(row.getBytes(column), type.collation());
    }
  }
}
