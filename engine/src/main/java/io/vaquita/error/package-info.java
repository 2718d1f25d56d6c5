/** MySQL error numbers, SQLSTATEs and message templates, and the one exception type. */
@NullMarked
package io.vaquita.error;

import org.jspecify.annotations.NullMarked;
