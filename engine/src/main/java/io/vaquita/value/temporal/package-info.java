/** Packed dates and times: text, numbers, day arithmetic, time zones. */
@NullMarked
package io.vaquita.value.temporal;

import org.jspecify.annotations.NullMarked;
