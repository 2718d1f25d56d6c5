package io.vaquita.value;

import java.util.List;

/**
 * A complete MySQL type: of a column or of an expression. Immutable.
 *
 * @param kind the family
 * @param length characters for CHAR/VARCHAR/TEXT, bytes for BINARY/VARBINARY/BLOB, precision for DECIMAL, display width for
 *     integers, FLOAT and DOUBLE, bits for BIT; for temporal kinds the display width
 * @param decimals scale of DECIMAL, digits after the point of FLOAT/DOUBLE ({@link #NOT_FIXED} when free), fractional second digits
 *     (0 to 6) of temporal kinds; otherwise 0
 * @param unsigned integers, DECIMAL, FLOAT and DOUBLE
 * @param zerofill integers padded with zeros to their display width in text
 * @param collation of character kinds, ENUM, SET; {@link Collations#BINARY} for everything else
 * @param members of ENUM and SET in order, otherwise empty
 */
public record DataType(
    TypeKind kind,
    long length,
    int decimals,
    boolean unsigned,
    boolean zerofill,
    Collation collation,
    List<String> members) {

  /** {@link #decimals} of a FLOAT or DOUBLE without fixed digits. */
  public static final int NOT_FIXED = 31;

  public static final DataType NULL = of(TypeKind.NULL, 0);
  public static final DataType BOOLEAN = of(TypeKind.BIGINT, 1);
  public static final DataType BIGINT = of(TypeKind.BIGINT, 20);
  public static final DataType INT = of(TypeKind.INT, 11);
  public static final DataType UNSIGNED_BIGINT =
      new DataType(TypeKind.BIGINT, 20, 0, true, false, Collations.BINARY, List.of());
  public static final DataType DOUBLE =
      new DataType(TypeKind.DOUBLE, 22, NOT_FIXED, false, false, Collations.BINARY, List.of());
  public static final DataType DATE = of(TypeKind.DATE, 10);
  public static final DataType JSON = of(TypeKind.JSON, 4294967295L);

  public DataType {
    members = List.copyOf(members);
  }

  public static DataType of(TypeKind kind, long length) {
    return new DataType(kind, length, 0, false, false, Collations.BINARY, List.of());
  }

  public static DataType decimal(int precision, int scale, boolean unsigned) {
    return new DataType(
        TypeKind.DECIMAL, precision, scale, unsigned, false, Collations.BINARY, List.of());
  }

  /** VARCHAR of at most {@code characters} characters. */
  public static DataType varchar(long characters, Collation collation) {
    return new DataType(TypeKind.VARCHAR, characters, 0, false, false, collation, List.of());
  }

  public static DataType varbinary(long bytes) {
    return of(TypeKind.VARBINARY, bytes);
  }

  public static DataType datetime(int fraction) {
    return new DataType(
        TypeKind.DATETIME,
        fraction == 0 ? 19 : 20 + fraction,
        fraction,
        false,
        false,
        Collations.BINARY,
        List.of());
  }

  public static DataType time(int fraction) {
    return new DataType(
        TypeKind.TIME,
        fraction == 0 ? 10 : 11 + fraction,
        fraction,
        false,
        false,
        Collations.BINARY,
        List.of());
  }

  public TypeKind.Domain domain() {
    return kind.domain();
  }

  /** Strings of bytes and everything that is no character string. */
  public boolean isBinaryString() {
    return kind.domain() == TypeKind.Domain.STRING && collation.equals(Collations.BINARY);
  }
}
