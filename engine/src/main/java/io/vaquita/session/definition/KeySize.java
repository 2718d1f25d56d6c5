package io.vaquita.session.definition;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;

/** How many bytes MySQL counts for a column in a row or key, for its limits of 65,535 and 3,072 bytes. Stateless. */
final class KeySize {
  private KeySize() {}

  /** Bytes of a column, or of its first {@code prefixLength} characters when that is not 0. */
  static long bytes(DataType type, int prefixLength) {
    int width = type.collation().characterSet().bytesPerCharacterMax();
    return switch (type.kind()) {
      case NULL -> 0;
      case TINYINT, YEAR -> 1;
      case SMALLINT -> 2;
      case MEDIUMINT, DATE -> 3;
      case INT, FLOAT -> 4;
      case BIGINT, DOUBLE -> 8;
      case TIME -> 3 + (type.decimals() + 1) / 2;
      case TIMESTAMP -> 4 + (type.decimals() + 1) / 2;
      case DATETIME -> 5 + (type.decimals() + 1) / 2;
      case BIT -> (type.length() + 7) / 8;
      case DECIMAL ->
          decimalBytes((int) type.length() - type.decimals()) + decimalBytes(type.decimals());
      case ENUM -> type.members().size() > 255 ? 2 : 1;
      case SET -> Math.min(8, (type.members().size() + 7) / 8);
      case CHAR, BINARY -> (prefixLength > 0 ? prefixLength : type.length()) * width;
      case VARCHAR, VARBINARY ->
          (prefixLength > 0 ? prefixLength : type.length()) * width
              + (type.length() * width > 255 ? 2 : 1);
      case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB, JSON ->
          (prefixLength > 0 ? (long) prefixLength * width : type.length());
    };
  }

  private static int decimalBytes(int digits) {
    int[] rest = {0, 1, 1, 2, 2, 3, 3, 4, 4};
    return digits / 9 * 4 + rest[digits % 9];
  }

  /** The part with a prefix that covers the whole column made none; 1089, 1170, 3152 for what cannot be. */
  static TableDraft.Part checkedPart(TableDraft.Part part, ColumnDefinition column) {
    DataType type = column.type();
    if (type.kind() == TypeKind.JSON) {
      throw MySqlError.ER_JSON_USED_AS_KEY.exception(column.name());
    }
    boolean lob = type.kind().isLob();
    if (lob && part.prefixLength() == 0) {
      throw MySqlError.ER_BLOB_KEY_WITHOUT_LENGTH.exception(column.name());
    }
    if (part.prefixLength() == 0) {
      return part;
    }
    boolean string =
        type.kind().domain() == TypeKind.Domain.STRING
            && type.kind() != TypeKind.ENUM
            && type.kind() != TypeKind.SET;
    if (!string || !lob && part.prefixLength() > type.length()) {
      throw MySqlError.ER_WRONG_SUB_KEY.exception();
    }
    boolean whole = !lob && part.prefixLength() == type.length();
    return whole ? new TableDraft.Part(part.column(), 0, part.descending(), null) : part;
  }
}
