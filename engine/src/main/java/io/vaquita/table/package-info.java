/** Rows and index entries of one table: read, write, uniqueness, which lock for which access. */
@NullMarked
package io.vaquita.table;

import org.jspecify.annotations.NullMarked;
