/** Numbers out of text and into text, decimal arithmetic. */
@NullMarked
package io.vaquita.value.number;

import org.jspecify.annotations.NullMarked;
