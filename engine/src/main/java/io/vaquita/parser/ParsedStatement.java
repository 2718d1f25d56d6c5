package io.vaquita.parser;

import io.vaquita.parser.syntax.StatementHints;
import io.vaquita.parser.syntax.StatementSyntax;

/**
 * One statement of a text. Immutable.
 *
 * @param syntax the tree
 * @param start offset of its first character in the text, after blanks and comments
 * @param end offset after its last character, before the {@code ;}
 * @param next offset where the next statement begins, or -1 when only blanks, comments and semicolons follow
 * @param parameterCount of {@code ?}, or of the literals taken out when a digest was parsed
 * @param hints what its optimizer hints ask for beyond its query blocks
 */
public record ParsedStatement(
    StatementSyntax syntax,
    int start,
    int end,
    int next,
    int parameterCount,
    StatementHints hints) {}
