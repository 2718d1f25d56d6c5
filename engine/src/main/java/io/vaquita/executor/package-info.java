/** Operators that run a physical plan. */
@NullMarked
package io.vaquita.executor;

import org.jspecify.annotations.NullMarked;
