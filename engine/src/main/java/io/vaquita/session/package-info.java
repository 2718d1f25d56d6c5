/** Variables, current schema, transaction scope, prepared statements, dispatch, kill. */
@NullMarked
package io.vaquita.session;

import org.jspecify.annotations.NullMarked;
