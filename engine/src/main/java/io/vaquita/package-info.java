/** The embeddable database: what a program that uses Vaquita sees. */
@NullMarked
package io.vaquita;

import org.jspecify.annotations.NullMarked;
