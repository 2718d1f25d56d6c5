package io.vaquita.value;

import java.util.Locale;

/** The names of types as SHOW COLUMNS, SHOW CREATE TABLE and INFORMATION_SCHEMA print them. Stateless. */
public final class TypeNames {
  private TypeNames() {}

  /** DATA_TYPE: the bare name, such as "varchar". */
  public static String dataType(DataType type) {
    return type.kind().name().toLowerCase(Locale.ROOT);
  }

  /** COLUMN_TYPE: "int unsigned", "varchar(20)", "decimal(10,2)", "enum('a','b')", "timestamp(6)". */
  public static String columnType(DataType type) {
    String name = dataType(type);
    return switch (type.kind()) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> name + integerWidth(type) + sign(type);
      case DECIMAL -> name + "(" + type.length() + "," + type.decimals() + ")" + sign(type);
      case FLOAT, DOUBLE ->
          type.decimals() >= DataType.NOT_FIXED
              ? name + sign(type)
              : name + "(" + type.length() + "," + type.decimals() + ")" + sign(type);
      case BIT, CHAR, VARCHAR, BINARY, VARBINARY -> name + "(" + type.length() + ")";
      case TIME, DATETIME, TIMESTAMP ->
          type.decimals() == 0 ? name : name + "(" + type.decimals() + ")";
      case ENUM, SET -> name + members(type);
      default -> name;
    };
  }

  private static String integerWidth(DataType type) {
    boolean shown =
        type.zerofill()
            || type.kind() == TypeKind.TINYINT && type.length() == 1 && !type.unsigned();
    return shown ? "(" + type.length() + ")" : "";
  }

  private static String sign(DataType type) {
    return (type.unsigned() ? " unsigned" : "") + (type.zerofill() ? " zerofill" : "");
  }

  private static String members(DataType type) {
    StringBuilder out = new StringBuilder("(");
    for (int i = 0; i < type.members().size(); i++) {
      out.append(i == 0 ? "'" : ",'").append(type.members().get(i).replace("'", "''")).append('\'');
    }
    return out.append(')').toString();
  }
}
