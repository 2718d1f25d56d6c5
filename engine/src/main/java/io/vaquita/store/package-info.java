/** Ordered trees of bytes, snapshots, atomic batches, commit log, checkpoints. No SQL, no transactions. */
@NullMarked
package io.vaquita.store;

import org.jspecify.annotations.NullMarked;
