package io.vaquita.planner;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.value.DataType;

/** The bytes of key parts as MySQL counts them in EXPLAIN's key_len. Stateless. */
final class KeyLengths {
  private KeyLengths() {}

  static int of(TableDefinition table, IndexDefinition index, int parts) {
    int bytes = 0;
    for (int i = 0; i < parts; i++) {
      IndexDefinition.Part part = index.parts().get(i);
      ColumnDefinition column = table.columns().get(part.column());
      bytes += of(column.type(), part.prefixLength()) + (column.nullable() ? 1 : 0);
    }
    return bytes;
  }

  static int of(DataType type, int prefixLength) {
    int characters = prefixLength > 0 ? prefixLength : (int) Math.min(type.length(), 65535);
    int each = type.collation().characterSet().bytesPerCharacterMax();
    return switch (type.kind()) {
      case TINYINT, YEAR -> 1;
      case SMALLINT -> 2;
      case MEDIUMINT, DATE -> 3;
      case INT, FLOAT -> 4;
      case BIGINT, DOUBLE -> 8;
      case BIT -> (int) (type.length() + 7) / 8;
      case DECIMAL -> decimal((int) type.length() - type.decimals()) + decimal(type.decimals());
      case TIME -> 3 + (type.decimals() + 1) / 2;
      case DATETIME -> 5 + (type.decimals() + 1) / 2;
      case TIMESTAMP -> 4 + (type.decimals() + 1) / 2;
      case CHAR -> characters * each;
      case BINARY -> characters;
      case ENUM -> type.members().size() > 255 ? 2 : 1;
      case SET -> Math.max(1, (type.members().size() + 7) / 8);
      case VARBINARY, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB -> characters + 2;
      case VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT -> characters * each + 2;
      case NULL, JSON -> 0;
    };
  }

  private static int decimal(int digits) {
    int[] rest = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
    return digits / 9 * 4 + rest[digits % 9];
  }
}
