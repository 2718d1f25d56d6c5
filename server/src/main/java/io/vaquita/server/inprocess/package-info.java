/** Drivers in the same JVM reach a database without a port: sockets that are two byte queues, and the drivers' socket factories. */
@NullMarked
package io.vaquita.server.inprocess;

import org.jspecify.annotations.NullMarked;
