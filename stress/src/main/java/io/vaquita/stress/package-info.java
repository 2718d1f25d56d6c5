/** The lock table's fast paths under jcstress: two threads, the same lock, every interleaving that the machine makes. */
@NullMarked
package io.vaquita.stress;

import org.jspecify.annotations.NullMarked;
