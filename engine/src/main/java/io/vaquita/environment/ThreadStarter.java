package io.vaquita.environment;

/** Starts the engine's threads, so that a simulator can schedule them. Thread-safe. */
public interface ThreadStarter {
  /** A virtual thread: for work that waits. */
  Thread startVirtual(String name, Runnable work);

  /** A platform daemon thread: for work that blocks a carrier, such as {@code fsync}. */
  Thread startPlatform(String name, Runnable work);
}
