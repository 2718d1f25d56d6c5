package io.vaquita.server;

import io.vaquita.Result;
import io.vaquita.protocol.ColumnDefinition;
import io.vaquita.protocol.ColumnFlag;
import io.vaquita.protocol.WireType;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;

/** Columns of results as clients are told of them. Stateless. */
final class ColumnMapping {
  static final int BINARY_COLLATION = 63;
  private static final long LENGTH_MAX = 0xFFFFFFFFL;

  private ColumnMapping() {}

  static ColumnDefinition definition(Result.Column column, SessionSettings settings) {
    DataType type = column.type();
    boolean isText = isText(type);
    return new ColumnDefinition(
        column.schema(),
        column.table(),
        column.originalTable(),
        column.name(),
        column.originalName(),
        isText || isJsonExpression(column) ? settings.resultCollationId() : BINARY_COLLATION,
        Math.min(LENGTH_MAX, length(type, isText ? characterBytesMax(type, settings) : 1)),
        wireType(type),
        column.flags() | flags(column),
        decimals(column));
  }

  /** Character strings, ENUM and SET: values that are in the client's character set. */
  static boolean isText(DataType type) {
    return type.domain() == TypeKind.Domain.STRING && !type.isBinaryString();
  }

  /** Columns of JSON say that they are binary, as BLOBs do; expressions of JSON say that they are text. Drivers go by it. */
  private static boolean isJsonExpression(Result.Column column) {
    return column.type().kind() == TypeKind.JSON && column.originalName().isEmpty();
  }

  static int wireType(DataType type) {
    return switch (type.kind()) {
      case NULL -> WireType.NULL;
      case TINYINT -> WireType.TINY;
      case SMALLINT -> WireType.SHORT;
      case MEDIUMINT -> WireType.INT24;
      case INT -> WireType.LONG;
      case BIGINT -> WireType.LONGLONG;
      case YEAR -> WireType.YEAR;
      case BIT -> WireType.BIT;
      case DECIMAL -> WireType.NEWDECIMAL;
      case FLOAT -> WireType.FLOAT;
      case DOUBLE -> WireType.DOUBLE;
      case DATE -> WireType.DATE;
      case TIME -> WireType.TIME;
      case DATETIME -> WireType.DATETIME;
      case TIMESTAMP -> WireType.TIMESTAMP;
      case CHAR, BINARY, ENUM, SET -> WireType.STRING;
      case VARCHAR, VARBINARY -> WireType.VAR_STRING;
      case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB ->
          WireType.BLOB;
      case JSON -> WireType.JSON;
    };
  }

  private static int characterBytesMax(DataType type, SessionSettings settings) {
    return type.kind().isLob()
        ? settings.textCharacterBytesMax()
        : settings.resultCharacterBytesMax();
  }

  private static long length(DataType type, int characterBytesMax) {
    return switch (type.kind()) {
      case NULL -> 0;
      case DECIMAL -> type.length() + (type.decimals() > 0 ? 1 : 0) + (type.unsigned() ? 0 : 1);
      case ENUM -> {
        int longest = 0;
        for (String member : type.members()) {
          longest = Math.max(longest, member.codePointCount(0, member.length()));
        }
        yield (long) longest * characterBytesMax;
      }
      case SET -> {
        long all = Math.max(0, type.members().size() - 1);
        for (String member : type.members()) {
          all += member.codePointCount(0, member.length());
        }
        yield all * characterBytesMax;
      }
      default -> type.length() * characterBytesMax;
    };
  }

  private static int flags(Result.Column column) {
    DataType type = column.type();
    int flags = column.nullable() ? 0 : ColumnFlag.NOT_NULL;
    if (type.unsigned()) {
      flags |= ColumnFlag.UNSIGNED;
    }
    if (type.zerofill()) {
      flags |= ColumnFlag.ZEROFILL;
    }
    boolean isExpression = column.originalName().isEmpty();
    return flags
        | switch (type.kind()) {
          case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT -> ColumnFlag.BLOB | binaryCollation(type);
          case TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB -> ColumnFlag.BLOB | ColumnFlag.BINARY;
          case JSON -> isExpression ? 0 : ColumnFlag.BLOB | ColumnFlag.BINARY;
          case ENUM -> ColumnFlag.ENUM | binaryCollation(type);
          case SET -> ColumnFlag.SET | binaryCollation(type);
          case YEAR -> ColumnFlag.UNSIGNED | ColumnFlag.ZEROFILL;
          case BIT -> ColumnFlag.UNSIGNED;
          case DATE, TIME, DATETIME, TIMESTAMP, NULL, BINARY, VARBINARY -> ColumnFlag.BINARY;
          case CHAR, VARCHAR -> binaryCollation(type);
          case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, DECIMAL, FLOAT, DOUBLE ->
              isExpression ? ColumnFlag.BINARY : 0;
        };
  }

  private static int binaryCollation(DataType type) {
    return type.collation().isBinary() ? ColumnFlag.BINARY : 0;
  }

  private static int decimals(Result.Column column) {
    DataType type = column.type();
    boolean isString = type.domain() == TypeKind.Domain.STRING || type.kind() == TypeKind.JSON;
    return isString && column.originalName().isEmpty() ? DataType.NOT_FIXED : type.decimals();
  }
}
