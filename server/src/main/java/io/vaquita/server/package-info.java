/** Sockets, TLS, deadlines, the connection loop, the command line. */
@NullMarked
package io.vaquita.server;

import org.jspecify.annotations.NullMarked;
