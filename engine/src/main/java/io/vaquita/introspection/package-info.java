/** information_schema, performance_schema and SHOW as virtual tables. */
@NullMarked
package io.vaquita.introspection;

import org.jspecify.annotations.NullMarked;
