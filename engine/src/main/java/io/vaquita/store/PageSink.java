package io.vaquita.store;

import java.io.IOException;

/** Where pages are written to. Confined to one thread. */
interface PageSink {
  /** Sees to it that a page and all below it are in the file; returns its location there. */
  long write(Page page) throws IOException;

  /** Makes sure that the pages given so far are in the file. */
  void flush() throws IOException;
}
