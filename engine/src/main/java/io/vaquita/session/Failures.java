package io.vaquita.session;

import io.vaquita.introspection.ServerState.DeadlockView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes to the error log: bugs (exceptions that are no {@code DatabaseException}) and deadlocks. Stateless. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger("io.vaquita");

  private Failures() {}

  static void log(DeadlockView deadlock) {
    LOG.warn("deadlock {} found\n{}", deadlock.number(), deadlock.cycle());
  }

  static void log(String what) {
    LOG.warn("{}", what);
  }

  static void log(Throwable error) {
    LOG.error("internal error in a statement: please report", error);
  }
}
