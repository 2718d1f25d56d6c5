/** A small web service that looks keys up in a table: connection pool, virtual threads, recovery. */
@NullMarked
package io.vaquita.examples.keylookup;

import org.jspecify.annotations.NullMarked;
