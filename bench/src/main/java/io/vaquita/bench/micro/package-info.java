@NullMarked
package io.vaquita.bench.micro;

import org.jspecify.annotations.NullMarked;
