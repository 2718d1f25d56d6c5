/** Small programs about sharing data: a job queue, keeping stock, a leader. */
@NullMarked
package io.vaquita.examples.concurrency;

import org.jspecify.annotations.NullMarked;
