/** Binder, logical plan, rewrite rules, physical plan. Reads no row, takes no lock. */
@NullMarked
package io.vaquita.planner;

import org.jspecify.annotations.NullMarked;
