package io.vaquita.value.conversion;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.List;

/**
 * The one type of several values: of CASE, COALESCE, IF, UNION, GREATEST. Stateless.
 *
 * <p>NULL gives way to everything. Numbers widen (mixed signs to the next integer that holds both, BIGINT to DECIMAL; with DECIMAL to
 * DECIMAL, with DOUBLE to DOUBLE), temporals of different kinds become DATETIME, JSON stays only among JSON, everything else becomes
 * a string, binary as soon as one is.
 */
public final class TypeAggregation {
  private static final long LOB_LENGTH = 4_294_967_295L;

  private TypeAggregation() {}

  /**
   * @param collation of the result where it is a character string, as the caller found by coercibility
   */
  public static DataType aggregate(List<DataType> types, Collation collation) {
    DataType result = DataType.NULL;
    boolean mixed = false;
    for (DataType type : types) {
      if (type.kind() == TypeKind.NULL || type.equals(result)) {
        continue;
      }
      if (result.kind() == TypeKind.NULL) {
        result = type;
      } else {
        result = merge(result, type, collation);
        mixed = true;
      }
    }
    if (result.kind() == TypeKind.DECIMAL && result.unsigned() && types.size() > 1) {
      return DataType.decimal((int) result.length(), result.decimals(), false);
    }
    if (mixed || result.domain() != TypeKind.Domain.STRING) {
      return result;
    }
    return result.kind() == TypeKind.ENUM || result.kind() == TypeKind.SET
        ? types.size() == 1 ? result : string(result, result, collation)
        : withCollation(result, collation);
  }

  private static DataType withCollation(DataType type, Collation collation) {
    return type.isBinaryString()
        ? type
        : new DataType(
            type.kind(), type.length(), type.decimals(), false, false, collation, type.members());
  }

  /** The type of two values together. */
  public static DataType merge(DataType a, DataType b, Collation collation) {
    if (a.kind() == TypeKind.NULL) {
      return b;
    }
    if (b.kind() == TypeKind.NULL) {
      return a;
    }
    if (a.kind() == TypeKind.JSON && b.kind() == TypeKind.JSON) {
      return a;
    }
    if (a.kind().isTemporal() && b.kind().isTemporal()) {
      return temporal(a, b);
    }
    if (isNumber(a) && isNumber(b)) {
      return number(a, b);
    }
    return string(a, b, collation);
  }

  private static boolean isNumber(DataType type) {
    return switch (type.domain()) {
      case INTEGER, DECIMAL, DOUBLE -> true;
      default -> false;
    };
  }

  private static DataType temporal(DataType a, DataType b) {
    int decimals = Math.max(a.decimals(), b.decimals());
    if (a.kind() == b.kind()) {
      return switch (a.kind()) {
        case DATE -> a;
        case TIME -> DataType.time(decimals);
        case TIMESTAMP ->
            new DataType(
                TypeKind.TIMESTAMP,
                DataType.datetime(decimals).length(),
                decimals,
                false,
                false,
                Collations.BINARY,
                List.of());
        default -> DataType.datetime(decimals);
      };
    }
    return DataType.datetime(decimals);
  }

  private static DataType number(DataType a, DataType b) {
    if (a.domain() == TypeKind.Domain.DOUBLE || b.domain() == TypeKind.Domain.DOUBLE) {
      return real(a, b);
    }
    if (a.kind() == TypeKind.DECIMAL || b.kind() == TypeKind.DECIMAL) {
      return decimal(a, b);
    }
    if (a.kind() == b.kind() && !a.kind().isInteger()) {
      return a.length() >= b.length() ? a : b;
    }
    return integer(a, b);
  }

  private static DataType real(DataType a, DataType b) {
    boolean single = isFloatable(a) && isFloatable(b);
    int decimals =
        fractionOf(a) == DataType.NOT_FIXED || fractionOf(b) == DataType.NOT_FIXED
            ? DataType.NOT_FIXED
            : Math.max(fractionOf(a), fractionOf(b));
    TypeKind kind = single ? TypeKind.FLOAT : TypeKind.DOUBLE;
    return new DataType(
        kind, single ? 12 : 22, decimals, false, false, Collations.BINARY, List.of());
  }

  private static int fractionOf(DataType type) {
    return type.domain() == TypeKind.Domain.INTEGER ? 0 : type.decimals();
  }

  private static boolean isFloatable(DataType type) {
    return switch (type.kind()) {
      case FLOAT, TINYINT, SMALLINT, MEDIUMINT, YEAR -> true;
      default -> false;
    };
  }

  private static DataType decimal(DataType a, DataType b) {
    int scale = Math.max(scaleOf(a), scaleOf(b));
    long whole = Math.max(digitsOf(a) - scaleOf(a), digitsOf(b) - scaleOf(b));
    return DataType.decimal((int) Math.min(65, whole + scale), scale, false);
  }

  private static int scaleOf(DataType type) {
    return type.kind() == TypeKind.DECIMAL ? type.decimals() : 0;
  }

  private static long digitsOf(DataType type) {
    return switch (type.kind()) {
      case DECIMAL -> type.length();
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case MEDIUMINT -> 8;
      case INT -> 10;
      case YEAR -> 4;
      case BIT -> type.length();
      default -> type.unsigned() ? 20 : 19;
    };
  }

  private static DataType integer(DataType a, DataType b) {
    TypeKind kind = wider(integerKind(a), integerKind(b));
    boolean unsignedA = isUnsigned(a);
    boolean unsignedB = isUnsigned(b);
    if (unsignedA != unsignedB) {
      TypeKind unsignedKind = integerKind(unsignedA ? a : b);
      if (unsignedKind == kind) {
        return switch (kind) {
          case TINYINT -> integerType(TypeKind.SMALLINT, false);
          case SMALLINT -> integerType(TypeKind.MEDIUMINT, false);
          case MEDIUMINT -> integerType(TypeKind.INT, false);
          case INT -> integerType(TypeKind.BIGINT, false);
          default -> DataType.decimal(20, 0, false);
        };
      }
    }
    return integerType(kind, unsignedA && unsignedB);
  }

  private static boolean isUnsigned(DataType type) {
    return type.unsigned() || type.kind() == TypeKind.YEAR || type.kind() == TypeKind.BIT;
  }

  private static TypeKind integerKind(DataType type) {
    return switch (type.kind()) {
      case YEAR -> TypeKind.TINYINT;
      case BIT -> TypeKind.BIGINT;
      default -> type.kind();
    };
  }

  private static TypeKind wider(TypeKind a, TypeKind b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static DataType integerType(TypeKind kind, boolean unsigned) {
    long width =
        switch (kind) {
          case TINYINT -> unsigned ? 3 : 4;
          case SMALLINT -> unsigned ? 5 : 6;
          case MEDIUMINT -> unsigned ? 8 : 9;
          case INT -> unsigned ? 10 : 11;
          default -> 20;
        };
    return new DataType(kind, width, 0, unsigned, false, Collations.BINARY, List.of());
  }

  private static DataType string(DataType a, DataType b, Collation collation) {
    boolean binary = isBytes(a) || isBytes(b);
    boolean lob = a.kind().isLob() || b.kind().isLob();
    if (lob) {
      return binary
          ? DataType.of(TypeKind.LONGBLOB, LOB_LENGTH)
          : new DataType(TypeKind.LONGTEXT, LOB_LENGTH, 0, false, false, collation, List.of());
    }
    long length = Math.max(textLength(a, binary), textLength(b, binary));
    return binary ? DataType.varbinary(length) : DataType.varchar(length, collation);
  }

  private static boolean isBytes(DataType type) {
    return type.kind() == TypeKind.BIT
        || type.isBinaryString() && type.kind() != TypeKind.ENUM && type.kind() != TypeKind.SET;
  }

  /** The longest text of a value of that type, in characters, or in bytes of its character set. */
  public static long textLength(DataType type, boolean inBytes) {
    return switch (type.kind()) {
      case NULL -> 0;
      case DECIMAL -> type.length() + (type.decimals() > 0 ? 1 : 0) + (type.unsigned() ? 0 : 1);
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
          Math.max(
              integerType(type.kind(), type.unsigned()).length(),
              type.zerofill() ? type.length() : 0);
      case YEAR -> 4;
      case FLOAT -> 12;
      case DOUBLE -> 22;
      case DATE -> 10;
      case TIME -> type.decimals() == 0 ? 10 : 11 + type.decimals();
      case DATETIME, TIMESTAMP -> type.decimals() == 0 ? 19 : 20 + type.decimals();
      case ENUM, SET ->
          memberLength(type)
              * (inBytes ? type.collation().characterSet().bytesPerCharacterMax() : 1);
      case CHAR, VARCHAR ->
          type.length() * (inBytes ? type.collation().characterSet().bytesPerCharacterMax() : 1);
      case JSON -> LOB_LENGTH;
      default -> type.length();
    };
  }

  private static long memberLength(DataType type) {
    long length = 0;
    for (String member : type.members()) {
      long n = member.codePointCount(0, member.length());
      length = type.kind() == TypeKind.SET ? length + n + 1 : Math.max(length, n);
    }
    return type.kind() == TypeKind.SET ? Math.max(0, length - 1) : length;
  }
}
