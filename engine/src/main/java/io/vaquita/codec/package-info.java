/** Order-preserving key bytes and row bytes. */
@NullMarked
package io.vaquita.codec;

import org.jspecify.annotations.NullMarked;
