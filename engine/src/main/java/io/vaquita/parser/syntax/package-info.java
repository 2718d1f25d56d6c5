/** The syntax tree: immutable records, as written, no name resolved. */
@NullMarked
package io.vaquita.parser.syntax;

import org.jspecify.annotations.NullMarked;
