/** What a simulator replaces: clock, random source, thread starter, files. */
@NullMarked
package io.vaquita.environment;

import org.jspecify.annotations.NullMarked;
