/** Failures of connections and transactions whose messages say the likely cause, for every driver alike. */
@NullMarked
package io.vaquita.client.failure;

import org.jspecify.annotations.NullMarked;
