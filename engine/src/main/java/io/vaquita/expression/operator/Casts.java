package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.RowExpression;
import io.vaquita.expression.TextTypes;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.List;

/** Derives the types of casts and picks their classes. Stateless. */
final class Casts {
  private Casts() {}

  /** Error 1241 for a row where a value is needed. */
  static void requireValue(Expression e) {
    if (e instanceof RowExpression || e instanceof RowSubqueryOperand) {
      throw MySqlError.ER_OPERAND_COLUMNS.exception(1);
    }
  }

  static Expression cast(Expression operand, DataType type, BindSettings settings) {
    requireValue(operand);
    return switch (type.kind()) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, BIT ->
          new CastToLong(operand, type.unsigned());
      case YEAR -> new CastToYear(operand);
      case DECIMAL -> new CastToDecimal(operand, type);
      case FLOAT, DOUBLE -> new CastToDouble(operand, type);
      case DATE, TIME, DATETIME, TIMESTAMP -> CastToTemporal.of(operand, type);
      case JSON -> new CastToJson(operand);
      case BINARY, VARBINARY, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB ->
          new CastToBytes(operand, bytesType(operand, type), type.kind() == TypeKind.BINARY);
      case CHAR, VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, ENUM, SET, NULL ->
          new CastToText(operand, textType(operand, type, settings), type.length() > 0);
    };
  }

  private static DataType bytesType(Expression operand, DataType type) {
    if (type.length() > 0) {
      return TextTypes.of(type.length(), Collations.BINARY);
    }
    long characters = TextTypes.characters(operand.type());
    long each =
        operand.type().domain() == TypeKind.Domain.STRING
            ? operand.type().collation().characterSet().bytesPerCharacterMax()
            : 1;
    return TextTypes.of(characters * each, Collations.BINARY);
  }

  private static DataType textType(Expression operand, DataType type, BindSettings settings) {
    Collation collation =
        type.collation().equals(Collations.BINARY)
            ? settings.connectionCollation()
            : type.collation();
    return TextTypes.of(
        type.length() > 0 ? type.length() : TextTypes.characters(operand.type()), collation);
  }

  static Expression convertUsing(Expression operand, CharacterSet set, BindSettings settings) {
    requireValue(operand);
    Collation collation =
        set.equals(settings.connectionCollation().characterSet())
            ? settings.connectionCollation()
            : set.isBinary() ? Collations.BINARY : Collations.defaultFor(set);
    long characters = TextTypes.characters(operand.type());
    return set.isBinary()
        ? new CastToBytes(operand, bytesType(operand, DataType.varbinary(0)), false)
        : new CastToText(operand, TextTypes.of(characters, collation), false);
  }

  static Expression collate(Expression operand, Collation collation, BindSettings settings) {
    requireValue(operand);
    Collation own =
        operand.type().domain() == TypeKind.Domain.STRING
            ? operand.type().collation()
            : operand.type().domain() == TypeKind.Domain.JSON
                ? Collations.UTF8MB4_BIN
                : settings.connectionCollation();
    if (!own.characterSet().name().equals(collation.characterSet().name())) {
      throw MySqlError.ER_COLLATION_CHARSET_MISMATCH.exception(
          collation.name(), own.characterSet().name());
    }
    return new Collate(operand, TextTypes.of(TextTypes.characters(operand.type()), collation));
  }

  /** The operand in the domain of {@code type}. */
  static Expression convertTo(Expression operand, DataType type) {
    DataType own = operand.type();
    if (type.domain() == TypeKind.Domain.NULL || own.domain() == TypeKind.Domain.NULL) {
      return operand;
    }
    boolean same =
        switch (type.domain()) {
          case INTEGER, DOUBLE, JSON -> own.domain() == type.domain();
          case DECIMAL ->
              own.domain() == TypeKind.Domain.DECIMAL && own.decimals() == type.decimals();
          case STRING ->
              own.domain() == TypeKind.Domain.STRING && own.collation().equals(type.collation());
          case TEMPORAL -> own.kind() == type.kind() && own.decimals() == type.decimals();
          case NULL -> true;
        };
    return same ? operand : Converted.of(operand, type);
  }

  /** For CASE and IF, whose exact numbers keep the digits that they have. */
  static Expression convertBranch(Expression operand, DataType type) {
    TypeKind.Domain own = operand.type().domain();
    boolean exact = own == TypeKind.Domain.INTEGER || own == TypeKind.Domain.DECIMAL;
    return type.domain() == TypeKind.Domain.DECIMAL && exact
        ? new ExactBranch(operand, type)
        : convertTo(operand, type);
  }

  static List<Expression> convertAll(List<Expression> operands, DataType type) {
    return operands.stream().map(e -> convertTo(e, type)).toList();
  }
}
