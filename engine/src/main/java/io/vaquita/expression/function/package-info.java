/** The registry of built-in functions, one class for each family. */
@NullMarked
package io.vaquita.expression.function;

import org.jspecify.annotations.NullMarked;
