/** Operators: arithmetic, comparison, logic, conversion, control flow, subqueries. */
@NullMarked
package io.vaquita.expression.operator;

import org.jspecify.annotations.NullMarked;
