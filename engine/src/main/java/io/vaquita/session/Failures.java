package io.vaquita.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes to SLF4J: bugs (exceptions that are no {@code DatabaseException}) and {@link Reports}. Stateless. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger("io.vaquita");

  private Failures() {}

  static void log(String what) {
    LOG.warn("{}", what);
  }

  static void log(Throwable error) {
    LOG.error("internal error in a statement: please report", error);
  }
}
