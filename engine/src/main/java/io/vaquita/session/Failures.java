package io.vaquita.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where bugs are reported: exceptions that are no {@code DatabaseException}. Stateless. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger("io.vaquita");

  private Failures() {}

  static void log(Throwable error) {
    LOG.error("internal error in a statement: please report", error);
  }
}
