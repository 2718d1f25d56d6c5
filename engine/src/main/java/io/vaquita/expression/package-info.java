/** Bound expressions, evaluation, the function registry. */
@NullMarked
package io.vaquita.expression;

import org.jspecify.annotations.NullMarked;
