package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.parser.syntax.TypeSyntax;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.List;

/** The types of CAST and of JSON_TABLE's columns. Stateless. */
final class CastTypes {
  private static final int DECIMAL_PRECISION_MAX = 65;
  private static final int DECIMAL_SCALE_MAX = 30;

  private CastTypes() {}

  /** Length 0 where none was given. */
  static DataType of(TypeSyntax t, BindSettings settings) {
    long length = t.length() == null ? 0 : t.length();
    return switch (t.name()) {
      case "SIGNED", "SIGNED INTEGER", "INT", "INTEGER", "BIGINT" ->
          t.unsigned() ? DataType.UNSIGNED_BIGINT : DataType.BIGINT;
      case "UNSIGNED", "UNSIGNED INTEGER" -> DataType.UNSIGNED_BIGINT;
      case "TINYINT", "BOOL", "BOOLEAN" -> integer(TypeKind.TINYINT, 4, t.unsigned());
      case "SMALLINT" -> integer(TypeKind.SMALLINT, 6, t.unsigned());
      case "MEDIUMINT" -> integer(TypeKind.MEDIUMINT, 9, t.unsigned());
      case "DECIMAL", "DEC", "NUMERIC", "FIXED" -> decimal(t, length);
      case "DOUBLE", "DOUBLE PRECISION", "REAL" -> DataType.DOUBLE;
      case "FLOAT" -> length > 24 ? DataType.DOUBLE : floatType();
      case "DATE" -> DataType.DATE;
      case "TIME" -> DataType.time(fraction(length, "TIME"));
      case "DATETIME", "TIMESTAMP" -> DataType.datetime(fraction(length, "DATETIME"));
      case "YEAR" -> DataType.of(TypeKind.YEAR, 4);
      case "JSON" -> DataType.JSON;
      case "BINARY" -> DataType.of(length > 0 ? TypeKind.BINARY : TypeKind.VARBINARY, length);
      case "VARBINARY", "BLOB" -> DataType.varbinary(length);
      case "CHAR", "CHARACTER", "VARCHAR", "NCHAR", "NATIONAL CHAR", "TEXT", "CHARACTER VARYING" ->
          DataType.varchar(length, collation(t, settings));
      default -> throw MySqlError.ER_NOT_SUPPORTED_YET.exception("CAST AS " + t.name());
    };
  }

  private static DataType integer(TypeKind kind, int width, boolean unsigned) {
    return new DataType(kind, width, 0, unsigned, false, Collations.BINARY, List.of());
  }

  private static DataType floatType() {
    return new DataType(
        TypeKind.FLOAT, 12, DataType.NOT_FIXED, false, false, Collations.BINARY, List.of());
  }

  private static DataType decimal(TypeSyntax t, long length) {
    int scale = t.decimals() == null ? 0 : t.decimals();
    long precision = length == 0 ? 10 : length;
    if (precision > DECIMAL_PRECISION_MAX) {
      throw MySqlError.ER_TOO_BIG_PRECISION.exception(precision, "CAST", DECIMAL_PRECISION_MAX);
    }
    if (scale > DECIMAL_SCALE_MAX) {
      throw MySqlError.ER_TOO_BIG_SCALE.exception(scale, "CAST", DECIMAL_SCALE_MAX);
    }
    if (scale > precision) {
      throw MySqlError.ER_M_BIGGER_THAN_D.exception("");
    }
    return DataType.decimal((int) precision, scale, t.unsigned());
  }

  private static int fraction(long digits, String name) {
    if (digits > 6) {
      throw MySqlError.ER_TOO_BIG_PRECISION.exception(digits, name, 6);
    }
    return (int) digits;
  }

  private static Collation collation(TypeSyntax t, BindSettings settings) {
    if (t.collation() != null) {
      return CharacterSetNames.collation(t.collation());
    }
    if (t.characterSet() != null) {
      Collation c = CharacterSetNames.defaultCollation(t.characterSet());
      return t.binary() ? Collations.binaryFor(c.characterSet()) : c;
    }
    Collation session = settings.connectionCollation();
    return t.binary() ? Collations.binaryFor(session.characterSet()) : session;
  }
}
