@NullMarked
package io.vaquita.bench.peer;

import org.jspecify.annotations.NullMarked;
