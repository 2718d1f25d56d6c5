package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Expression;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.TypeKind;
import java.util.List;

/**
 * The collation in which several expressions meet, and how strongly it counts (MySQL manual, "Collation Coercibility in Expressions").
 * Immutable.
 */
public record CollationMix(Collation collation, int coercibility) {

  /** For comparisons: a mix that cannot be decided is error 1267, 1270 or 1271. */
  public static CollationMix of(
      List<Expression> operands, String operation, BindSettings settings) {
    return mix(operands, operation, settings, true);
  }

  /** For results such as CONCAT's: an undecided mix is allowed until it is compared. */
  public static CollationMix ofResult(
      List<Expression> operands, String operation, BindSettings settings) {
    return mix(operands, operation, settings, false);
  }

  private static CollationMix mix(
      List<Expression> operands, String operation, BindSettings settings, boolean compares) {
    CollationMix mix = null;
    for (Expression e : operands) {
      CollationMix next = single(e);
      if (next != null) {
        mix = mix == null ? next : mix.with(next, operands, operation);
      }
    }
    if (mix == null) {
      return new CollationMix(settings.connectionCollation(), Coercibility.COERCIBLE);
    }
    if (compares && mix.coercibility == Coercibility.NONE) {
      throw illegal(operands, operation);
    }
    return mix;
  }

  /** Null for numbers, dates and NULL, which take any collation. */
  private static @org.jspecify.annotations.Nullable CollationMix single(Expression e) {
    TypeKind kind = e.type().kind();
    return switch (e.type().domain()) {
      case STRING -> new CollationMix(e.type().collation(), e.coercibility());
      case JSON -> new CollationMix(Collations.UTF8MB4_BIN, Coercibility.IMPLICIT);
      case INTEGER ->
          kind == TypeKind.BIT ? new CollationMix(Collations.BINARY, e.coercibility()) : null;
      default -> null;
    };
  }

  private CollationMix with(CollationMix other, List<Expression> operands, String operation) {
    if (!collation.characterSet().name().equals(other.collation.characterSet().name())) {
      return withOtherSet(other, operands, operation);
    }
    if (coercibility != other.coercibility) {
      return coercibility < other.coercibility ? this : other;
    }
    if (collation.equals(other.collation)) {
      return this;
    }
    if (coercibility == Coercibility.EXPLICIT) {
      throw illegal(operands, operation);
    }
    if (collation.isBinary()) {
      return this;
    }
    return other.collation.isBinary()
        ? other
        : new CollationMix(Collations.binaryFor(collation.characterSet()), Coercibility.NONE);
  }

  private CollationMix withOtherSet(
      CollationMix other, List<Expression> operands, String operation) {
    if (collation.equals(Collations.BINARY)) {
      return coercibility <= other.coercibility ? this : other;
    }
    if (other.collation.equals(Collations.BINARY)) {
      return other.coercibility <= coercibility ? other : this;
    }
    if (takesIn(other)) {
      return this;
    }
    if (other.takesIn(this)) {
      return other;
    }
    if (coercibility < other.coercibility && other.coercibility >= Coercibility.SYSTEM_CONSTANT) {
      return this;
    }
    if (other.coercibility < coercibility && coercibility >= Coercibility.SYSTEM_CONSTANT) {
      return other;
    }
    throw illegal(operands, operation);
  }

  /** Whether the other's text can be converted to this character set without loss, and may be. */
  private boolean takesIn(CollationMix other) {
    String name = collation.characterSet().name();
    String otherName = other.collation.characterSet().name();
    if (isUnicode(name)) {
      boolean wider =
          !isUnicode(otherName) || name.equals("utf8mb4") && otherName.equals("utf8mb3");
      if (coercibility < other.coercibility || coercibility == other.coercibility && wider) {
        return true;
      }
    }
    return otherName.equals("ascii") && coercibility <= other.coercibility;
  }

  private static boolean isUnicode(String characterSet) {
    return switch (characterSet) {
      case "utf8mb4", "utf8mb3", "utf16", "utf16le", "utf32", "ucs2" -> true;
      default -> false;
    };
  }

  private static RuntimeException illegal(List<Expression> operands, String operation) {
    return switch (operands.size()) {
      case 2 ->
          MySqlError.ER_CANT_AGGREGATE_2COLLATIONS.exception(
              name(operands.get(0)),
              level(operands.get(0)),
              name(operands.get(1)),
              level(operands.get(1)),
              operation);
      case 3 ->
          MySqlError.ER_CANT_AGGREGATE_3COLLATIONS.exception(
              name(operands.get(0)),
              level(operands.get(0)),
              name(operands.get(1)),
              level(operands.get(1)),
              name(operands.get(2)),
              level(operands.get(2)),
              operation);
      default -> MySqlError.ER_CANT_AGGREGATE_NCOLLATIONS.exception(operation);
    };
  }

  private static String name(Expression e) {
    return e.type().collation().name();
  }

  private static String level(Expression e) {
    return switch (e.coercibility()) {
      case Coercibility.EXPLICIT -> "EXPLICIT";
      case Coercibility.NONE -> "NONE";
      case Coercibility.IMPLICIT -> "IMPLICIT";
      case Coercibility.SYSTEM_CONSTANT -> "SYSCONST";
      case Coercibility.COERCIBLE -> "COERCIBLE";
      case Coercibility.NUMERIC -> "NUMERIC";
      default -> "IGNORABLE";
    };
  }
}
