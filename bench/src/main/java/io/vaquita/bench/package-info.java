@NullMarked
package io.vaquita.bench;

import org.jspecify.annotations.NullMarked;
