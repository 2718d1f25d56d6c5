/** A small client of the MySQL protocol, for the shell, tools and tests. */
@NullMarked
package io.vaquita.server.client;

import org.jspecify.annotations.NullMarked;
