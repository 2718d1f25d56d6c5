/** Lines of MySQL packets: bytes in, records out. No socket, no engine. */
@NullMarked
package io.vaquita.protocol;

import org.jspecify.annotations.NullMarked;
