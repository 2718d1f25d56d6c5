package io.vaquita.executor;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.Encoding;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Utf8;
import io.vaquita.value.Value;
import io.vaquita.value.ValueRow;
import io.vaquita.value.conversion.StoreContext;
import io.vaquita.value.conversion.StoreConversion;
import io.vaquita.value.conversion.Values;

/** Stores a file's field into a column, as the assignment of a string would. Immutable. */
record FieldStore(
    ColumnDefinition column,
    StoreConversion conversion,
    CharacterSet characterSet,
    Collation collation) {
  /** So many digits are surely a long. */
  private static final int DIGITS_MAX = 18;

  FieldStore(ColumnDefinition column, StoreConversion conversion, CharacterSet characterSet) {
    this(column, conversion, characterSet, Collations.defaultFor(characterSet));
  }

  void store(Slice field, ValueRow into, StoreContext context) {
    if (conversion.takesLong() && isDigits(field)) {
      into.setLong(column.ordinal(), conversion.convertLong(digits(field), false, context));
      return;
    }
    Slice text = decode(field, characterSet);
    if (!conversion.takesBytes()) {
      into.set(
          column.ordinal(), conversion.convert(new Value.StringValue(text, collation), context));
      return;
    }
    // bytes that are no characters are looked at as those of a byte string are
    boolean isMalformed = characterSet.isUtf8() && Utf8.firstMalformed(text) >= 0;
    into.setBytes(
        column.ordinal(),
        conversion.convertBytes(text, isMalformed ? Collations.BINARY : collation, context));
  }

  static Slice decode(Slice field, CharacterSet set) {
    return set.isUtf8() || set.isBinary() ? field : Encoding.decode(field, set);
  }

  private static boolean isDigits(Slice field) {
    int length = field.length();
    if (length == 0 || length > DIGITS_MAX) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      byte b = field.byteAt(i);
      if (b < '0' || b > '9') {
        return false;
      }
    }
    return true;
  }

  private static long digits(Slice field) {
    long value = 0;
    for (int i = 0; i < field.length(); i++) {
      value = value * 10 + field.byteAt(i) - '0';
    }
    return value;
  }

  /** What a type calls empty: 0, '', the zero date. An ENUM has its empty member here, not its first. */
  static void setZero(ColumnDefinition column, ValueRow into) {
    if (column.type().kind() == TypeKind.ENUM) {
      into.setLong(column.ordinal(), 0);
    } else {
      into.set(column.ordinal(), Values.implicitDefault(column.type()));
    }
  }
}
