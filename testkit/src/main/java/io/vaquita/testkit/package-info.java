/**
 * For tests of programs that use MySQL: a database of its own for each test, copied from a prepared one in a moment, and interleavings of
 * sessions that happen the same way every time, without sleeps.
 */
@NullMarked
package io.vaquita.testkit;

import org.jspecify.annotations.NullMarked;
