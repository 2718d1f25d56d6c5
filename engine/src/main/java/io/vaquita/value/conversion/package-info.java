/** Values from one type to another: stores into columns, comparison, the type of several values together. */
@NullMarked
package io.vaquita.value.conversion;

import org.jspecify.annotations.NullMarked;
