package io.vaquita.session.definition;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.SqlMode;
import io.vaquita.parser.syntax.TypeSyntax;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.CharacterSets;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the type of a column from what was written (MySQL manual, "Data Types"): defaults of length and precision, limits, character
 * set and collation. Immutable.
 *
 * @param sqlMode for REAL_AS_FLOAT
 * @param tableCollation what character columns get that name neither character set nor collation
 */
record TypeBinder(long sqlMode, Collation tableCollation) {
  private static final int BYTES_IN_ROW_MAX = 65535;

  DataType bind(String column, TypeSyntax type) {
    int length = type.length() == null ? -1 : (int) Math.min(type.length(), Integer.MAX_VALUE);
    return switch (type.name()) {
      case "TINYINT", "INT1" -> integer(TypeKind.TINYINT, type, length, 4, 3);
      case "BOOL", "BOOLEAN" -> DataType.of(TypeKind.TINYINT, 1);
      case "SMALLINT", "INT2" -> integer(TypeKind.SMALLINT, type, length, 6, 5);
      case "MEDIUMINT", "INT3", "MIDDLEINT" -> integer(TypeKind.MEDIUMINT, type, length, 9, 8);
      case "INT", "INTEGER", "INT4" -> integer(TypeKind.INT, type, length, 11, 10);
      case "BIGINT", "INT8" -> integer(TypeKind.BIGINT, type, length, 20, 20);
      case "SERIAL" -> DataType.UNSIGNED_BIGINT;
      case "DECIMAL", "DEC", "NUMERIC", "FIXED" -> decimal(column, type);
      case "FLOAT", "FLOAT4" -> floating(column, type, TypeKind.FLOAT);
      case "DOUBLE", "DOUBLE PRECISION", "FLOAT8" -> floating(column, type, TypeKind.DOUBLE);
      case "REAL" ->
          floating(
              column,
              type,
              SqlMode.REAL_AS_FLOAT.isSet(sqlMode) ? TypeKind.FLOAT : TypeKind.DOUBLE);
      case "BIT" -> bit(column, length);
      case "YEAR" -> DataType.of(TypeKind.YEAR, 4);
      case "DATE" -> DataType.DATE;
      case "TIME" -> DataType.time(fraction(column, length));
      case "DATETIME" -> DataType.datetime(fraction(column, length));
      case "TIMESTAMP" -> timestamp(fraction(column, length));
      case "CHAR", "CHARACTER" -> character(column, type, TypeKind.CHAR, length < 0 ? 1 : length);
      case "NCHAR", "NATIONAL CHAR", "NATIONAL CHARACTER" ->
          national(column, TypeKind.CHAR, length < 0 ? 1 : length);
      case "VARCHAR", "CHARACTER VARYING", "CHAR VARYING", "VARCHARACTER" ->
          character(column, type, TypeKind.VARCHAR, length);
      case "NVARCHAR",
          "NATIONAL VARCHAR",
          "NATIONAL CHAR VARYING",
          "NATIONAL CHARACTER VARYING",
          "NCHAR VARYING",
          "NCHAR VARCHAR" ->
          national(column, TypeKind.VARCHAR, length);
      case "BINARY" -> binary(column, TypeKind.BINARY, length < 0 ? 1 : length);
      case "VARBINARY" -> binary(column, TypeKind.VARBINARY, length);
      case "TINYTEXT" -> lob(type, 255, true);
      case "TEXT" -> lob(type, lobBytes(column, type, 65535, true), true);
      case "MEDIUMTEXT", "LONG VARCHAR", "LONG" -> lob(type, 16777215, true);
      case "LONGTEXT" -> lob(type, 4294967295L, true);
      case "TINYBLOB" -> lob(type, 255, false);
      case "BLOB" -> lob(type, lobBytes(column, type, 65535, false), false);
      case "MEDIUMBLOB", "LONG VARBINARY" -> lob(type, 16777215, false);
      case "LONGBLOB" -> lob(type, 4294967295L, false);
      case "ENUM" -> members(column, type, TypeKind.ENUM);
      case "SET" -> members(column, type, TypeKind.SET);
      case "JSON" -> DataType.JSON;
      default -> throw MySqlError.ER_NOT_SUPPORTED_YET.exception("column type " + type.name());
    };
  }

  private static DataType integer(
      TypeKind kind, TypeSyntax type, int length, int signedWidth, int unsignedWidth) {
    boolean unsigned = type.unsigned() || type.zerofill();
    int width = unsigned ? unsignedWidth : signedWidth;
    if (length > 255) {
      throw MySqlError.ER_TOO_BIG_DISPLAYWIDTH.exception(kind.name().toLowerCase(Locale.ROOT), 255);
    }
    boolean keepsWidth = type.zerofill() || kind == TypeKind.TINYINT && length == 1 && !unsigned;
    return new DataType(
        kind,
        keepsWidth && length >= 0 ? length : width,
        0,
        unsigned,
        type.zerofill(),
        Collations.BINARY,
        List.of());
  }

  private static DataType decimal(String column, TypeSyntax type) {
    long precision = type.length() == null || type.length() == 0 ? 10 : type.length();
    int scale = type.decimals() == null ? 0 : type.decimals();
    if (scale > 30) {
      throw MySqlError.ER_TOO_BIG_SCALE.exception(scale, column, 30);
    }
    if (precision > 65) {
      throw MySqlError.ER_TOO_BIG_PRECISION.exception(precision, column, 65);
    }
    if (scale > precision) {
      throw MySqlError.ER_M_BIGGER_THAN_D.exception(column);
    }
    return new DataType(
        TypeKind.DECIMAL,
        precision,
        scale,
        type.unsigned() || type.zerofill(),
        type.zerofill(),
        Collations.BINARY,
        List.of());
  }

  private static DataType floating(String column, TypeSyntax type, TypeKind named) {
    TypeKind kind = named;
    long width = kind == TypeKind.FLOAT ? 12 : 22;
    int decimals = DataType.NOT_FIXED;
    if (type.length() != null && type.decimals() == null) {
      if (named == TypeKind.DOUBLE || type.length() > 53) {
        throw MySqlError.ER_WRONG_FIELD_SPEC.exception(column);
      }
      kind = type.length() > 24 ? TypeKind.DOUBLE : TypeKind.FLOAT;
      width = kind == TypeKind.FLOAT ? 12 : 22;
    } else if (type.length() != null && type.decimals() != null) {
      width = type.length();
      decimals = type.decimals();
      if (width > 255) {
        throw MySqlError.ER_TOO_BIG_DISPLAYWIDTH.exception(column, 255);
      }
      if (decimals > 30) {
        throw MySqlError.ER_TOO_BIG_SCALE.exception(decimals, column, 30);
      }
      if (decimals > width) {
        throw MySqlError.ER_M_BIGGER_THAN_D.exception(column);
      }
    }
    return new DataType(
        kind,
        width,
        decimals,
        type.unsigned() || type.zerofill(),
        type.zerofill(),
        Collations.BINARY,
        List.of());
  }

  private static DataType bit(String column, int length) {
    if (length > 64) {
      throw MySqlError.ER_TOO_BIG_DISPLAYWIDTH.exception(column, 64);
    }
    return DataType.of(TypeKind.BIT, length <= 0 ? 1 : length);
  }

  private static int fraction(String column, int length) {
    if (length > 6) {
      throw MySqlError.ER_TOO_BIG_PRECISION.exception(length, column, 6);
    }
    return Math.max(length, 0);
  }

  private static DataType timestamp(int fraction) {
    DataType datetime = DataType.datetime(fraction);
    return new DataType(
        TypeKind.TIMESTAMP,
        datetime.length(),
        fraction,
        false,
        false,
        Collations.BINARY,
        List.of());
  }

  private DataType character(String column, TypeSyntax type, TypeKind kind, int characters) {
    Collation collation = collation(type);
    if (collation.equals(Collations.BINARY)) {
      return binary(
          column, kind == TypeKind.CHAR ? TypeKind.BINARY : TypeKind.VARBINARY, characters);
    }
    return character(column, kind, characters, collation);
  }

  private static DataType national(String column, TypeKind kind, int characters) {
    return character(
        column, kind, characters, Objects.requireNonNull(Collations.byName("utf8mb3_general_ci")));
  }

  private static DataType character(
      String column, TypeKind kind, int characters, Collation collation) {
    int max =
        kind == TypeKind.CHAR
            ? 255
            : BYTES_IN_ROW_MAX / collation.characterSet().bytesPerCharacterMax();
    if (characters > max) {
      throw MySqlError.ER_TOO_BIG_FIELDLENGTH.exception(column, max);
    }
    return new DataType(kind, characters, 0, false, false, collation, List.of());
  }

  private static DataType binary(String column, TypeKind kind, int bytes) {
    int max = kind == TypeKind.BINARY ? 255 : BYTES_IN_ROW_MAX;
    if (bytes > max) {
      throw MySqlError.ER_TOO_BIG_FIELDLENGTH.exception(column, max);
    }
    return DataType.of(kind, bytes);
  }

  /** TEXT(n) and BLOB(n) take the smallest kind that holds n characters. */
  private long lobBytes(String column, TypeSyntax type, long usual, boolean text) {
    if (type.length() == null || type.length() == 0) {
      return usual;
    }
    long bytes = type.length() * (text ? collation(type).characterSet().bytesPerCharacterMax() : 1);
    if (bytes > 4294967295L) {
      throw MySqlError.ER_TOO_BIG_DISPLAYWIDTH.exception(column, 4294967295L);
    }
    return bytes <= 255 ? 255 : bytes <= 65535 ? 65535 : bytes <= 16777215 ? 16777215 : 4294967295L;
  }

  private DataType lob(TypeSyntax type, long bytes, boolean text) {
    Collation collation = text ? collation(type) : Collations.BINARY;
    boolean isText = !collation.equals(Collations.BINARY);
    TypeKind kind;
    if (bytes <= 255) {
      kind = isText ? TypeKind.TINYTEXT : TypeKind.TINYBLOB;
    } else if (bytes <= 65535) {
      kind = isText ? TypeKind.TEXT : TypeKind.BLOB;
    } else if (bytes <= 16777215) {
      kind = isText ? TypeKind.MEDIUMTEXT : TypeKind.MEDIUMBLOB;
    } else {
      kind = isText ? TypeKind.LONGTEXT : TypeKind.LONGBLOB;
    }
    return new DataType(kind, bytes, 0, false, false, collation, List.of());
  }

  private DataType members(String column, TypeSyntax type, TypeKind kind) {
    if (kind == TypeKind.SET && type.members().size() > 64) {
      throw MySqlError.ER_TOO_BIG_SET.exception(column);
    }
    Collation collation = collation(type);
    List<String> members = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int longest = 0;
    int total = 0;
    for (String member : type.members()) {
      String kept = member.stripTrailing();
      if (!seen.add(collation.isBinary() ? kept : kept.toLowerCase(Locale.ROOT))) {
        throw MySqlError.ER_DUPLICATED_VALUE_IN_TYPE.exception(column, kept, kind.name());
      }
      if (kind == TypeKind.SET && kept.indexOf(',') >= 0) {
        throw MySqlError.ER_ILLEGAL_VALUE_FOR_TYPE.exception("set", kept);
      }
      members.add(kept);
      int characters = kept.codePointCount(0, kept.length());
      longest = Math.max(longest, characters);
      total += characters;
    }
    long length = kind == TypeKind.ENUM ? longest : total + Math.max(members.size() - 1, 0);
    return new DataType(kind, length, 0, false, false, collation, members);
  }

  private Collation collation(TypeSyntax type) {
    Collation collation = resolve(type.characterSet(), type.collation(), tableCollation);
    if (!type.binary() || collation.equals(Collations.BINARY)) {
      return collation;
    }
    Collation bin = Collations.byName(collation.characterSet().name() + "_bin");
    return bin == null ? collation : bin;
  }

  /**
   * The collation that a CHARACTER SET and a COLLATE clause mean together.
   *
   * @throws io.vaquita.error.DatabaseException 1115, 1273, 1253
   */
  static Collation resolve(
      @Nullable String characterSet, @Nullable String collation, Collation usual) {
    CharacterSet set = null;
    if (characterSet != null && !characterSet.equalsIgnoreCase("DEFAULT")) {
      set = CharacterSets.byName(characterSet);
      if (set == null) {
        throw MySqlError.ER_UNKNOWN_CHARACTER_SET.exception(characterSet);
      }
    }
    if (collation != null && !collation.equalsIgnoreCase("DEFAULT")) {
      Collation named = Collations.byName(collation);
      if (named == null) {
        throw MySqlError.ER_UNKNOWN_COLLATION.exception(collation);
      }
      if (set != null && !named.characterSet().name().equals(set.name())) {
        throw MySqlError.ER_COLLATION_CHARSET_MISMATCH.exception(named.name(), set.name());
      }
      return named;
    }
    return set == null ? usual : Collations.defaultFor(set);
  }
}
