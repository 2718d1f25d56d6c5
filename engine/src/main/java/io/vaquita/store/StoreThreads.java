package io.vaquita.store;

/** Waiting for a store's own threads. Stateless. */
final class StoreThreads {
  private StoreThreads() {}

  /** Waits for the end of a thread that ends soon; an interrupt is kept for later. */
  static void join(Thread thread) {
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
