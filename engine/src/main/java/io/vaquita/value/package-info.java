/** Types, values, conversion, decimal and temporal arithmetic, character sets and collations. */
@NullMarked
package io.vaquita.value;

import org.jspecify.annotations.NullMarked;
