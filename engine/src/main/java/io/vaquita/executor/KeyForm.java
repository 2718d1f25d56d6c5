package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.math.BigDecimal;

/** As what a key's part is compared. Immutable. */
sealed interface KeyForm {
  /** Writes the expression's value; false when it is NULL. */
  boolean write(Expression e, Frame frame, KeyBuffer out);

  /** Integers of either sign, and whatever rows hold as one: ENUM and SET by number. */
  record Integers() implements KeyForm {
    @Override
    public boolean write(Expression e, Frame frame, KeyBuffer out) {
      long v = e.evaluateLong(frame);
      if (frame.isNull) {
        out.putNull();
        return false;
      }
      out.putLong(v, e.type().unsigned());
      return true;
    }
  }

  record Doubles() implements KeyForm {
    @Override
    public boolean write(Expression e, Frame frame, KeyBuffer out) {
      double v = e.evaluateDouble(frame);
      if (frame.isNull) {
        out.putNull();
        return false;
      }
      out.putDouble(v);
      return true;
    }
  }

  record Decimals() implements KeyForm {
    @Override
    public boolean write(Expression e, Frame frame, KeyBuffer out) {
      BigDecimal v = e.evaluateDecimal(frame);
      if (frame.isNull || v == null) {
        out.putNull();
        return false;
      }
      out.putDecimal(v);
      return true;
    }
  }

  record Temporals(TypeKind kind) implements KeyForm {
    @Override
    public boolean write(Expression e, Frame frame, KeyBuffer out) {
      long v = e.evaluateTemporal(frame, kind);
      if (frame.isNull) {
        out.putNull();
        return false;
      }
      out.putLong(v, false);
      return true;
    }
  }

  record Strings(Collation collation) implements KeyForm {
    @Override
    public boolean write(Expression e, Frame frame, KeyBuffer out) {
      Slice v = e.evaluateBytes(frame);
      if (frame.isNull || v == null) {
        out.putNull();
        return false;
      }
      out.putString(v, collation);
      return true;
    }
  }

  record JsonDocuments() implements KeyForm {
    @Override
    public boolean write(Expression e, Frame frame, KeyBuffer out) {
      Slice v = e.evaluateJson(frame);
      if (frame.isNull || v == null) {
        out.putNull();
        return false;
      }
      byte[] key = JsonKeys.sortKey(v);
      out.putBytes(key, 0, key.length);
      return true;
    }
  }

  KeyForm INTEGERS = new Integers();
  KeyForm DOUBLES = new Doubles();
  KeyForm DECIMALS = new Decimals();
  KeyForm JSON = new JsonDocuments();

  /** How values of one type are sorted and grouped. */
  static KeyForm of(DataType type) {
    return switch (type.kind()) {
      case NULL, TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, YEAR, BIT, ENUM, SET -> INTEGERS;
      case FLOAT, DOUBLE -> DOUBLES;
      case DECIMAL -> DECIMALS;
      case DATE, TIME, DATETIME -> new Temporals(type.kind());
      case TIMESTAMP -> new Temporals(TypeKind.DATETIME);
      case JSON -> JSON;
      default -> new Strings(type.collation());
    };
  }

  /** How {@code =} compares values of two types (manual: "Type Conversion in Expression Evaluation"). */
  static KeyForm ofComparison(DataType a, DataType b) {
    TypeKind.Domain x = a.domain();
    TypeKind.Domain y = b.domain();
    if (x == TypeKind.Domain.JSON || y == TypeKind.Domain.JSON) {
      return JSON;
    }
    if (x == TypeKind.Domain.STRING && y == TypeKind.Domain.STRING) {
      return new Strings(
          a.collation().equals(Collations.BINARY) || b.collation().equals(Collations.BINARY)
              ? Collations.BINARY
              : a.collation());
    }
    if (x == TypeKind.Domain.TEMPORAL || y == TypeKind.Domain.TEMPORAL) {
      return ofTemporalComparison(a, b);
    }
    if (x == TypeKind.Domain.INTEGER && y == TypeKind.Domain.INTEGER) {
      return INTEGERS;
    }
    if (isExact(x) && isExact(y)) {
      return DECIMALS;
    }
    return DOUBLES;
  }

  private static boolean isExact(TypeKind.Domain d) {
    return d == TypeKind.Domain.INTEGER
        || d == TypeKind.Domain.DECIMAL
        || d == TypeKind.Domain.NULL;
  }

  private static KeyForm ofTemporalComparison(DataType a, DataType b) {
    if (isNumber(a.domain()) || isNumber(b.domain())) {
      return DOUBLES;
    }
    if (a.kind().hasDate() || b.kind().hasDate()) {
      return new Temporals(TypeKind.DATETIME);
    }
    if (a.kind() == TypeKind.TIME && b.kind() == TypeKind.TIME) {
      return new Temporals(TypeKind.TIME);
    }
    return new Strings(a.kind() == TypeKind.TIME ? b.collation() : a.collation());
  }

  private static boolean isNumber(TypeKind.Domain d) {
    return d == TypeKind.Domain.INTEGER
        || d == TypeKind.Domain.DECIMAL
        || d == TypeKind.Domain.DOUBLE;
  }
}
