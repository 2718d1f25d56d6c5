/** Text to syntax tree. Resolves no name. */
@NullMarked
package io.vaquita.parser;

import org.jspecify.annotations.NullMarked;
