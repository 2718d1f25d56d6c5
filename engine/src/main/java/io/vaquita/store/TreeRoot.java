package io.vaquita.store;

/** The root page of a tree that has entries. Immutable. */
record TreeRoot(Page page, long entryCount) {}
