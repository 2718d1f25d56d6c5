package io.vaquita.catalog;

import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table or view. Immutable.
 *
 * @param ordinal position in the row, from 0
 * @param generated the expression of a generated column, or null
 */
public record ColumnDefinition(
    String name,
    int ordinal,
    DataType type,
    boolean nullable,
    Default defaultValue,
    boolean autoIncrement,
    boolean onUpdateNow,
    @Nullable Generated generated,
    boolean invisible,
    String comment) {

  /** What an INSERT that leaves the column out stores. */
  public sealed interface Default {
    /** No DEFAULT clause: NULL where nullable, otherwise error 1364 in strict mode or the type's implicit default. */
    record None() implements Default {}

    /** A literal, already converted to the column's type. */
    record Literal(Value value) implements Default {}

    /** CURRENT_TIMESTAMP with the column's fraction. */
    record Now() implements Default {}

    /** {@code DEFAULT (expr)}: SQL text in canonical form. */
    record ExpressionText(String sql) implements Default {}
  }

  /**
   * @param sql the expression in canonical form
   * @param stored STORED or VIRTUAL
   */
  public record Generated(String sql, boolean stored) {}

  /** The beginning of the names of columns that hold functional key parts; no other column has it. */
  public static final String HIDDEN_PREFIX = "!hidden!";

  /** A column that stands for a functional key part: no statement can name it, and nothing shows it. */
  public boolean isHidden() {
    return name.startsWith(HIDDEN_PREFIX);
  }

  public ColumnDefinition withName(String newName) {
    return new ColumnDefinition(
        newName,
        ordinal,
        type,
        nullable,
        defaultValue,
        autoIncrement,
        onUpdateNow,
        generated,
        invisible,
        comment);
  }

  public ColumnDefinition withOrdinal(int newOrdinal) {
    return new ColumnDefinition(
        name,
        newOrdinal,
        type,
        nullable,
        defaultValue,
        autoIncrement,
        onUpdateNow,
        generated,
        invisible,
        comment);
  }

  public ColumnDefinition withType(DataType newType) {
    return new ColumnDefinition(
        name,
        ordinal,
        newType,
        nullable,
        defaultValue,
        autoIncrement,
        onUpdateNow,
        generated,
        invisible,
        comment);
  }

  public ColumnDefinition withNullable(boolean newNullable) {
    return new ColumnDefinition(
        name,
        ordinal,
        type,
        newNullable,
        defaultValue,
        autoIncrement,
        onUpdateNow,
        generated,
        invisible,
        comment);
  }

  public ColumnDefinition withDefault(Default newDefault) {
    return new ColumnDefinition(
        name,
        ordinal,
        type,
        nullable,
        newDefault,
        autoIncrement,
        onUpdateNow,
        generated,
        invisible,
        comment);
  }

  public ColumnDefinition withInvisible(boolean newInvisible) {
    return new ColumnDefinition(
        name,
        ordinal,
        type,
        nullable,
        defaultValue,
        autoIncrement,
        onUpdateNow,
        generated,
        newInvisible,
        comment);
  }
}
