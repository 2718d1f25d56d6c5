package io.vaquita.expression.function;

import io.vaquita.expression.Expression;
import io.vaquita.expression.NumericTypes;
import io.vaquita.expression.TextTypes;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Encoding;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.util.List;

/** Result types that several function families share. Stateless. */
final class Types {
  static final DataType BIGINT = bigint(21, false);
  static final DataType UNSIGNED = bigint(21, true);
  static final DataType INTEGER = bigint(11, false);
  static final DataType DOUBLE = NumericTypes.floating(DataType.NOT_FIXED, false);

  private Types() {}

  static DataType bigint(int width, boolean unsigned) {
    return new DataType(TypeKind.BIGINT, width, 0, unsigned, false, Collations.BINARY, List.of());
  }

  static long characters(Expression e) {
    return TextTypes.characters(e.type());
  }

  static boolean isText(Expression e) {
    return e.type().domain() == TypeKind.Domain.STRING;
  }

  /** Whether the string is bytes, not characters. */
  static boolean isBytes(Expression e) {
    return e.type().isBinaryString();
  }

  /** The bytes that a value has in the character set of its type: what LENGTH counts and MD5 digests. */
  static Slice encoded(Expression e, Slice value) {
    return isText(e) ? Encoding.encode(value, e.type().collation().characterSet()) : value;
  }
}
