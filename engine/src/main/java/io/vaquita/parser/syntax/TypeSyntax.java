package io.vaquita.parser.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type as written in a column definition or CAST. Immutable.
 *
 * @param name upper case, synonyms kept (INTEGER, BOOL, NATIONAL VARCHAR …)
 * @param length first number in parentheses, or null
 * @param decimals second number, or null
 */
public record TypeSyntax(
    String name,
    @Nullable Long length,
    @Nullable Integer decimals,
    boolean unsigned,
    boolean zerofill,
    boolean binary,
    @Nullable String characterSet,
    @Nullable String collation,
    List<String> members) {}
