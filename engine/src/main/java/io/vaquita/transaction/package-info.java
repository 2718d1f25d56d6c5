/** Read views, write sets, commit, rollback, savepoints. */
@NullMarked
package io.vaquita.transaction;

import org.jspecify.annotations.NullMarked;
