package io.vaquita.environment;

/** Starts the engine's threads, so that a simulator can schedule them. Thread-safe. */
public interface ThreadStarter {
  /** A virtual thread: for work that waits. */
  Thread startVirtual(String name, Runnable work);

  /** A platform daemon thread: for work that blocks a carrier, such as {@code fsync}. */
  Thread startPlatform(String name, Runnable work);

  /**
   * Whether the thread may wait for the disk itself, with files that others use too: a {@link ServiceThread}, which nobody interrupts. An
   * interrupt in the midst of file access closes the file, and a virtual thread would hold its carrier.
   */
  boolean isUninterrupted(Thread thread);
}
