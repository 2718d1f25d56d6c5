package io.vaquita.server;

import io.vaquita.environment.Environment;
import java.time.Instant;

/** When the program began: as the launcher noted it, else as the operating system knows it. Stateless. */
final class StartTime {
  private StartTime() {}

  static long millisSince() {
    long now = Environment.system().clock().wallMicros() / 1000;
    String noted = System.getProperty("vaquita.startMillis");
    if (noted != null) {
      return now - Long.parseLong(noted);
    }
    return now
        - ProcessHandle.current()
            .info()
            .startInstant()
            .orElse(Instant.ofEpochMilli(now))
            .toEpochMilli();
  }
}
