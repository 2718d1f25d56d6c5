package io.vaquita.expression.aggregate;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.NumericTypes;
import io.vaquita.expression.NumericTypes.Context;
import io.vaquita.expression.TextTypes;
import io.vaquita.expression.operator.CollationMix;
import io.vaquita.expression.operator.ResultTypes;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.List;
import java.util.Set;

/** Result types of aggregates and window functions, as MySQL derives them. Stateless. */
public final class AggregateTypes {
  /** Digits that SUM adds to those of its argument. */
  private static final int SUM_DIGITS = 22;

  private static final Set<String> AGGREGATES =
      Set.of(
          "COUNT",
          "SUM",
          "AVG",
          "MIN",
          "MAX",
          "BIT_AND",
          "BIT_OR",
          "BIT_XOR",
          "STD",
          "STDDEV",
          "STDDEV_POP",
          "STDDEV_SAMP",
          "VARIANCE",
          "VAR_POP",
          "VAR_SAMP",
          "GROUP_CONCAT",
          "JSON_ARRAYAGG",
          "JSON_OBJECTAGG");

  private static final Set<String> WINDOW_ONLY =
      Set.of(
          "ROW_NUMBER",
          "RANK",
          "DENSE_RANK",
          "PERCENT_RANK",
          "CUME_DIST",
          "NTILE",
          "LAG",
          "LEAD",
          "FIRST_VALUE",
          "LAST_VALUE",
          "NTH_VALUE");

  private AggregateTypes() {}

  /** {@code function} upper case; {@code arguments} empty for COUNT(*). Also ROW_NUMBER, LAG and the other window functions. */
  public static DataType resultType(
      String function, List<Expression> arguments, BindSettings settings) {
    return switch (function) {
      case "COUNT" -> bigint(false);
      case "SUM" -> sum(arguments.getFirst());
      case "AVG" -> average(arguments.getFirst(), settings);
      case "MIN", "MAX" -> extreme(arguments.getFirst());
      case "BIT_AND", "BIT_OR", "BIT_XOR" ->
          arguments.getFirst().type().isBinaryString()
              ? DataType.varbinary(arguments.getFirst().type().length())
              : bigint(true);
      case "STD", "STDDEV", "STDDEV_POP", "STDDEV_SAMP", "VARIANCE", "VAR_POP", "VAR_SAMP" ->
          NumericTypes.floating(DataType.NOT_FIXED, false);
      case "GROUP_CONCAT" -> concatenation(arguments, settings);
      case "JSON_ARRAYAGG", "JSON_OBJECTAGG" -> DataType.JSON;
      case "ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE" -> bigint(true);
      case "PERCENT_RANK", "CUME_DIST" -> NumericTypes.floating(DataType.NOT_FIXED, false);
      case "LAG", "LEAD" ->
          arguments.size() > 2
              ? ResultTypes.of(List.of(arguments.get(0), arguments.get(2)), function, settings)
              : arguments.getFirst().type();
      case "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE" -> arguments.getFirst().type();
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static DataType bigint(boolean unsigned) {
    return new DataType(TypeKind.BIGINT, 21, 0, unsigned, false, Collations.BINARY, List.of());
  }

  private static DataType sum(Expression argument) {
    if (NumericTypes.context(argument) == Context.DOUBLE) {
      return NumericTypes.floating(NumericTypes.scale(argument), false);
    }
    return NumericTypes.decimal(
        NumericTypes.precision(argument) + SUM_DIGITS, NumericTypes.scale(argument), false);
  }

  private static DataType average(Expression argument, BindSettings settings) {
    int increment = settings.divPrecisionIncrement();
    int scale = NumericTypes.scale(argument) + increment;
    if (NumericTypes.context(argument) == Context.DOUBLE) {
      return NumericTypes.floating(scale, false);
    }
    return NumericTypes.decimal(NumericTypes.precision(argument) + increment, scale, false);
  }

  /** The argument's; ENUM and SET as the strings that they compare as. */
  private static DataType extreme(Expression argument) {
    DataType type = argument.type();
    if (type.kind() == TypeKind.ENUM || type.kind() == TypeKind.SET) {
      return new DataType(
          TypeKind.CHAR, TextTypes.characters(type), 0, false, false, type.collation(), List.of());
    }
    return type;
  }

  private static DataType concatenation(List<Expression> arguments, BindSettings settings) {
    CollationMix mix = CollationMix.ofResult(arguments, "group_concat", settings);
    boolean binary = mix.collation().equals(Collations.BINARY);
    long length = settings.groupConcatMaxLength();
    if (length * (binary ? 1 : 4) < 512) {
      return binary ? DataType.varbinary(length) : DataType.varchar(length, mix.collation());
    }
    TypeKind kind = binary ? TypeKind.BLOB : TypeKind.TEXT;
    return new DataType(kind, length, 0, false, false, mix.collation(), List.of());
  }

  /** Whether the result may be NULL: all but COUNT, BIT_…, and the numbering window functions. */
  public static boolean isNullable(String function) {
    return switch (function) {
      case "COUNT",
          "BIT_AND",
          "BIT_OR",
          "BIT_XOR",
          "ROW_NUMBER",
          "RANK",
          "DENSE_RANK",
          "PERCENT_RANK",
          "CUME_DIST" ->
          false;
      default -> true;
    };
  }

  public static boolean isAggregate(String function) {
    return AGGREGATES.contains(function);
  }

  public static boolean isWindowOnly(String function) {
    return WINDOW_ONLY.contains(function);
  }
}
