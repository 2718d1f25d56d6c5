package io.vaquita.spec.sql;

import io.vaquita.spec.sql.Backend.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A statement that runs in the background, on a thread of its own. Thread-safe. */
final class RunningStatement {
  private static final long END_SECONDS = 30;

  private final CompletableFuture<Outcome> outcome;

  RunningStatement(Backend backend, String connection, String sql) {
    CompletableFuture<Outcome> running = new CompletableFuture<>();
    outcome = running;
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                running.complete(backend.run(connection, sql));
              } catch (Throwable e) {
                running.completeExceptionally(e);
              }
            });
  }

  boolean isDone() {
    return outcome.isDone();
  }

  /** Its end; a statement that has none after half a minute is a failed test. */
  Outcome await() throws InterruptedException {
    try {
      return outcome.get(END_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("it did not end within " + END_SECONDS + " seconds", e);
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }
}
