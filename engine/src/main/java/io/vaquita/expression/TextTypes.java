package io.vaquita.expression;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;

/** Types of string results. Stateless. */
public final class TextTypes {
  /** Longer results are TEXT or BLOB to the client. */
  private static final long VARCHAR_BYTES_MAX = 65535;

  private static final long MEDIUM_BYTES_MAX = 16_777_215;
  private static final long LONG_BYTES_MAX = 4_294_967_295L;

  private TextTypes() {}

  /** The most characters that the value's text may have. */
  public static long characters(DataType type) {
    return switch (type.kind()) {
      case NULL -> 0;
      case DECIMAL -> type.length() + (type.decimals() > 0 ? 1 : 0) + (type.unsigned() ? 0 : 1);
      case BIT -> (type.length() + 7) / 8;
      case YEAR -> 4;
      case JSON -> LONG_BYTES_MAX / 4;
      case ENUM -> longestLabel(type);
      case SET -> allLabels(type);
      default -> type.length();
    };
  }

  private static long longestLabel(DataType type) {
    long longest = 0;
    for (String label : type.members()) {
      longest = Math.max(longest, label.codePointCount(0, label.length()));
    }
    return longest;
  }

  private static long allLabels(DataType type) {
    long all = 0;
    for (String label : type.members()) {
      all += label.codePointCount(0, label.length()) + 1;
    }
    return Math.max(0, all - 1);
  }

  /** VARCHAR or VARBINARY of at most so many characters, TEXT or BLOB kinds when that is longer than a row. */
  public static DataType of(long characters, Collation collation) {
    long n = Math.clamp(characters, 0, LONG_BYTES_MAX);
    boolean binary = collation.equals(Collations.BINARY);
    long bytes = binary ? n : n * collation.characterSet().bytesPerCharacterMax();
    if (bytes <= VARCHAR_BYTES_MAX) {
      return binary ? DataType.varbinary(n) : DataType.varchar(n, collation);
    }
    TypeKind kind =
        bytes <= MEDIUM_BYTES_MAX
            ? binary ? TypeKind.MEDIUMBLOB : TypeKind.MEDIUMTEXT
            : binary ? TypeKind.LONGBLOB : TypeKind.LONGTEXT;
    return new DataType(kind, n, 0, false, false, collation, java.util.List.of());
  }
}
