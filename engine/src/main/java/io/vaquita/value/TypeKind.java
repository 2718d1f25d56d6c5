package io.vaquita.value;

/** MySQL's column types. What differs within one kind (width, sign, fraction, collation, members) is in {@link DataType}. */
public enum TypeKind {
  NULL(Domain.NULL),
  TINYINT(Domain.INTEGER),
  SMALLINT(Domain.INTEGER),
  MEDIUMINT(Domain.INTEGER),
  INT(Domain.INTEGER),
  BIGINT(Domain.INTEGER),
  YEAR(Domain.INTEGER),
  BIT(Domain.INTEGER),
  DECIMAL(Domain.DECIMAL),
  FLOAT(Domain.DOUBLE),
  DOUBLE(Domain.DOUBLE),
  DATE(Domain.TEMPORAL),
  TIME(Domain.TEMPORAL),
  DATETIME(Domain.TEMPORAL),
  TIMESTAMP(Domain.TEMPORAL),
  CHAR(Domain.STRING),
  VARCHAR(Domain.STRING),
  BINARY(Domain.STRING),
  VARBINARY(Domain.STRING),
  TINYTEXT(Domain.STRING),
  TEXT(Domain.STRING),
  MEDIUMTEXT(Domain.STRING),
  LONGTEXT(Domain.STRING),
  TINYBLOB(Domain.STRING),
  BLOB(Domain.STRING),
  MEDIUMBLOB(Domain.STRING),
  LONGBLOB(Domain.STRING),
  ENUM(Domain.STRING),
  SET(Domain.STRING),
  JSON(Domain.JSON);

  /** The way in which a value of a kind is asked for when nothing else demands another: MySQL's result type of an item. */
  public enum Domain {
    NULL,
    INTEGER,
    DECIMAL,
    DOUBLE,
    STRING,
    TEMPORAL,
    JSON
  }

  private final Domain domain;

  TypeKind(Domain domain) {
    this.domain = domain;
  }

  public Domain domain() {
    return domain;
  }

  public boolean isInteger() {
    return ordinal() >= TINYINT.ordinal() && ordinal() <= BIGINT.ordinal();
  }

  public boolean isTemporal() {
    return domain == Domain.TEMPORAL;
  }

  /** DATE, DATETIME and TIMESTAMP: kinds with a day in them. */
  public boolean hasDate() {
    return this == DATE || this == DATETIME || this == TIMESTAMP;
  }

  /** TEXT and BLOB families and JSON: no length limit of their own in a row, no literal default. */
  public boolean isLob() {
    return ordinal() >= TINYTEXT.ordinal() && ordinal() <= LONGBLOB.ordinal() || this == JSON;
  }
}
