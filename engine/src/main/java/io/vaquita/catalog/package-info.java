/** Schemas, tables, indexes and views as immutable versioned snapshots, and how they are stored. */
@NullMarked
package io.vaquita.catalog;

import org.jspecify.annotations.NullMarked;
