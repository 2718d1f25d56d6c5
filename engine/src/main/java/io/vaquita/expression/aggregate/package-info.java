/** Aggregate functions: result types and accumulators. */
@NullMarked
package io.vaquita.expression.aggregate;

import org.jspecify.annotations.NullMarked;
