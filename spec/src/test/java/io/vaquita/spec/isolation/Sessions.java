package io.vaquita.spec.isolation;

import java.util.concurrent.CompletableFuture;

/** A server under test as the isolation runner sees it. Confined to the runner's thread but for {@link Client#run}. */
interface Sessions extends AutoCloseable {
  /** One connection. {@link #run} is called on a thread of its own, one statement at a time. */
  interface Client {
    /** The number by which KILL and the process list know it. */
    long connectionId();

    /** The THREAD_ID by which performance_schema's lock tables know it. */
    long threadId();

    /** The answer as text: rows on lines of their own, {@code 2 rows}, {@code ok} or {@code error 1213}. */
    String run(String sql);

    /** The client goes without a word, as when its process is killed. From any thread. */
    void vanish();

    /** After {@link #vanish}, on the session's own thread: what is left to give back. */
    default void release() {}
  }

  Client connect();

  /** Waits until the statement is blocked by a lock or done; true when it is blocked. */
  boolean isBlocked(Client client, CompletableFuture<?> statement);

  /** {@link Client#run} on a connection of the runner's own. */
  String ask(String sql);

  @Override
  void close();
}
