package io.vaquita.expression.operator;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.NumericTypes;
import io.vaquita.expression.TextTypes;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.TypeKind.Domain;
import java.util.List;

/** The type of several values that come together in one result: CASE, COALESCE, UNION, LEAST (MySQL manual, "UNION Clause"). Stateless. */
public final class ResultTypes {
  private ResultTypes() {}

  /** {@code operation} names the function in error 1267. */
  public static DataType of(List<Expression> operands, String operation, BindSettings settings) {
    List<Expression> typed =
        operands.stream().filter(e -> e.type().domain() != Domain.NULL).toList();
    if (typed.isEmpty()) {
      return DataType.NULL;
    }
    DataType common = typed.getFirst().type();
    for (Expression e : typed) {
      common = merge(common, e.type());
    }
    if (common.domain() == Domain.STRING) {
      return text(typed, common, operation, settings);
    }
    return common;
  }

  private static DataType text(
      List<Expression> operands, DataType common, String operation, BindSettings settings) {
    boolean sameKind = common.kind() == TypeKind.ENUM || common.kind() == TypeKind.SET;
    if (sameKind) {
      return common;
    }
    long characters = 0;
    boolean fixed = true;
    for (Expression e : operands) {
      characters = Math.max(characters, TextTypes.characters(e.type()));
      fixed &= e.type().kind() == TypeKind.CHAR;
    }
    CollationMix mix = CollationMix.ofResult(operands, operation, settings);
    DataType type = TextTypes.of(characters, mix.collation());
    return fixed && characters <= 255 && !mix.collation().equals(Collations.BINARY)
        ? new DataType(TypeKind.CHAR, characters, 0, false, false, mix.collation(), List.of())
        : type;
  }

  /** Two types; for strings only the kind of the result counts, {@link #of} adds length and collation. */
  static DataType merge(DataType a, DataType b) {
    if (a.equals(b)) {
      return a;
    }
    Domain x = a.domain();
    Domain y = b.domain();
    if (x == Domain.JSON && y == Domain.JSON) {
      return a;
    }
    if (x == Domain.TEMPORAL && y == Domain.TEMPORAL) {
      return temporal(a, b);
    }
    if (isNumeric(x) && isNumeric(y)) {
      return numeric(a, b);
    }
    return DataType.varchar(0, Collations.UTF8MB4_0900_AI_CI);
  }

  private static boolean isNumeric(Domain d) {
    return d == Domain.INTEGER || d == Domain.DECIMAL || d == Domain.DOUBLE;
  }

  private static DataType temporal(DataType a, DataType b) {
    int decimals = Math.max(a.decimals(), b.decimals());
    if (a.kind() == b.kind()) {
      return a.decimals() >= b.decimals() ? a : b;
    }
    return DataType.datetime(decimals);
  }

  private static DataType numeric(DataType a, DataType b) {
    if (a.domain() == Domain.DOUBLE || b.domain() == Domain.DOUBLE) {
      if (a.kind() == TypeKind.FLOAT && b.kind() == TypeKind.FLOAT) {
        return a.length() >= b.length() ? a : b;
      }
      boolean fixed =
          a.domain() == b.domain()
              && a.decimals() < DataType.NOT_FIXED
              && b.decimals() < DataType.NOT_FIXED;
      return NumericTypes.floating(
          fixed ? Math.max(a.decimals(), b.decimals()) : DataType.NOT_FIXED, false);
    }
    if (a.domain() == Domain.DECIMAL || b.domain() == Domain.DECIMAL) {
      return decimal(a, b);
    }
    return integer(a, b);
  }

  private static DataType decimal(DataType a, DataType b) {
    int scale = Math.max(scale(a), scale(b));
    int whole = Math.max(precision(a) - scale(a), precision(b) - scale(b));
    return NumericTypes.decimal(whole + scale, scale, a.unsigned() && b.unsigned());
  }

  private static int scale(DataType t) {
    return t.domain() == Domain.DECIMAL ? t.decimals() : 0;
  }

  private static int precision(DataType t) {
    if (t.domain() == Domain.DECIMAL) {
      return (int) t.length();
    }
    return (int) (t.unsigned() || t.length() <= 1 ? t.length() : t.length() - 1);
  }

  private static DataType integer(DataType a, DataType b) {
    TypeKind x = plain(a.kind());
    TypeKind y = plain(b.kind());
    if (a.kind() == b.kind() && !x.isInteger()) {
      return a.length() >= b.length() ? a : b;
    }
    TypeKind kind = x.ordinal() >= y.ordinal() ? x : y;
    if (a.unsigned() != b.unsigned()) {
      DataType unsigned = a.unsigned() ? a : b;
      DataType signed = a.unsigned() ? b : a;
      if (plain(unsigned.kind()).ordinal() >= plain(signed.kind()).ordinal()) {
        if (kind == TypeKind.BIGINT) {
          return DataType.decimal(20, 0, false);
        }
        kind = kind == TypeKind.INT ? TypeKind.BIGINT : TypeKind.values()[kind.ordinal() + 1];
      }
      return new DataType(
          kind,
          Math.max(a.length(), b.length()) + 1,
          0,
          false,
          false,
          Collations.BINARY,
          List.of());
    }
    return new DataType(
        kind,
        Math.max(a.length(), b.length()),
        0,
        a.unsigned(),
        a.zerofill() && b.zerofill(),
        Collations.BINARY,
        List.of());
  }

  private static TypeKind plain(TypeKind kind) {
    return switch (kind) {
      case YEAR -> TypeKind.INT;
      case BIT -> TypeKind.BIGINT;
      default -> kind;
    };
  }
}
