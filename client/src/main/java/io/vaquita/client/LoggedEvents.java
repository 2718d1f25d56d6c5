package io.vaquita.client;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** Writes the guard's events to the platform's logger, at WARNING. Immutable. */
final class LoggedEvents implements Consumer<GuardEvent> {
  private static final System.Logger LOGGER = System.getLogger("io.vaquita.client");

  @Override
  public void accept(GuardEvent event) {
    LOGGER.log(Level.WARNING, event.describe(), event.borrowed());
  }
}
