@NullMarked
package io.vaquita.bench.load;

import org.jspecify.annotations.NullMarked;
