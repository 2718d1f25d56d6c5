/** The one lock table: kinds, modes, queues, gaps, wait-for graph, deadlines. Keys are opaque. */
@NullMarked
package io.vaquita.lock;

import org.jspecify.annotations.NullMarked;
