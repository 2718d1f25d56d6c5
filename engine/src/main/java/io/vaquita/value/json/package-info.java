/** JSON documents in their binary form: text, paths, changes, order. */
@NullMarked
package io.vaquita.value.json;

import org.jspecify.annotations.NullMarked;
