package io.vaquita.store;

/** Hears how far a check of a store has come. */
@FunctionalInterface
public interface CheckListener {
  /** {@code all}: what is to be read as far as known. */
  void pagesRead(long read, long all);
}
