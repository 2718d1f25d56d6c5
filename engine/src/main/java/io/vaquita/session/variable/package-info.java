/** System variables: their definitions, global and session values, conversion of what SET gives. */
@NullMarked
package io.vaquita.session.variable;

import org.jspecify.annotations.NullMarked;
