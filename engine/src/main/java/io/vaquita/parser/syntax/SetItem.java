package io.vaquita.parser.syntax;

import org.jspecify.annotations.Nullable;

/** One assignment of a SET statement; they take effect in turn. Immutable. */
public sealed interface SetItem {

  /** Which value of a system variable is set. */
  enum Scope {
    /** None given: the session's ({@code SET x = 1}, {@code SET @@x = 1}). */
    DEFAULT,
    SESSION,
    GLOBAL,
    PERSIST,
    PERSIST_ONLY
  }

  /** {@code @name = value}; the name in lower case. */
  record UserVariable(String name, ExpressionSyntax value) implements SetItem {}

  /**
   * {@code [scope] name = value}.
   *
   * @param component the name before the point ({@code hot_cache.key_buffer_size}), or null
   * @param name as typed
   * @param value {@link ExpressionSyntax.Default} for DEFAULT; ON, OFF, ALL, BINARY, ROW, SYSTEM are string literals, other bare
   *     words ({@code SET sql_mode = ansi}) column references without table, which stand for their name
   */
  record SystemVariable(
      Scope scope, @Nullable String component, String name, ExpressionSyntax value)
      implements SetItem {}

  /** SET NAMES; {@code characterSet} null: DEFAULT. */
  record Names(@Nullable String characterSet, @Nullable String collation) implements SetItem {}

  /** SET CHARACTER SET / CHARSET; null: DEFAULT. */
  record CharacterSet(@Nullable String characterSet) implements SetItem {}

  /**
   * SET [GLOBAL | SESSION] TRANSACTION.
   *
   * @param scope DEFAULT: of the next transaction only
   * @param isolation READ-UNCOMMITTED, READ-COMMITTED, REPEATABLE-READ, SERIALIZABLE, or null
   * @param readOnly null when not given
   */
  record Transaction(Scope scope, @Nullable String isolation, @Nullable Boolean readOnly)
      implements SetItem {}
}
