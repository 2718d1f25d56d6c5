package io.vaquita.introspection;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.List;

/** The types that virtual tables' columns have, from MySQL's text of them. Stateless. */
final class VirtualTypes {
  private static final Collation METADATA = Collations.UTF8MB3_GENERAL_CI;

  private VirtualTypes() {}

  /** ENUM and SET columns of MySQL's dictionary are strings here: nothing looks at their numbers. */
  static DataType parse(String text) {
    int parenthesis = text.indexOf('(');
    String name = parenthesis < 0 ? text : text.substring(0, parenthesis);
    return switch (name) {
      case "bigint" -> DataType.BIGINT;
      case "bigint unsigned" -> DataType.UNSIGNED_BIGINT;
      case "int" -> DataType.INT;
      case "int unsigned" ->
          new DataType(TypeKind.INT, 10, 0, true, false, Collations.BINARY, List.of());
      case "varchar", "char" -> DataType.varchar(number(text), METADATA);
      case "varbinary" -> DataType.varbinary(number(text));
      case "enum", "set" -> new DataType(TypeKind.CHAR, 64, 0, false, false, METADATA, List.of());
      case "text" -> lob(TypeKind.TEXT, 65535);
      case "mediumtext" -> lob(TypeKind.MEDIUMTEXT, 16777215);
      case "longtext", "json" -> lob(TypeKind.LONGTEXT, 4294967295L);
      case "datetime" -> DataType.datetime(parenthesis < 0 ? 0 : (int) number(text));
      case "timestamp" -> timestamp(parenthesis < 0 ? 0 : (int) number(text));
      case "time" -> new DataType(TypeKind.TIME, 10, 0, false, false, Collations.BINARY, List.of());
      default -> throw new IllegalArgumentException("type " + text);
    };
  }

  private static DataType timestamp(int decimals) {
    return new DataType(
        TypeKind.TIMESTAMP,
        decimals == 0 ? 19 : 20 + decimals,
        decimals,
        false,
        false,
        Collations.BINARY,
        List.of());
  }

  private static DataType lob(TypeKind kind, long bytes) {
    return new DataType(kind, bytes, 0, false, false, METADATA, List.of());
  }

  private static long number(String text) {
    return Long.parseLong(text.substring(text.indexOf('(') + 1, text.indexOf(')')));
  }
}
