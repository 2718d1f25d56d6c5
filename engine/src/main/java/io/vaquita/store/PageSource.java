package io.vaquita.store;

/** Where the bytes of pages come from that are not in memory. Thread-safe. */
interface PageSource {
  /** Nothing is ever on disk. */
  PageSource NONE =
      (page, pin) -> {
        throw new IllegalStateException("a page without bytes in a store without files");
      };

  /**
   * Reads, verifies and fills in a page; returns its bytes. {@code pin} must be a version that has the page; it stays reachable
   * until the bytes are read, so that the page's place in the file is not given to another page meanwhile.
   *
   * @throws io.vaquita.error.DatabaseException when the page cannot be read or is damaged
   */
  byte[] load(Page page, Version pin);
}
