/** The physical plan: what the planner hands to the executor. Immutable records, shared between sessions. */
@NullMarked
package io.vaquita.planner.physical;

import org.jspecify.annotations.NullMarked;
