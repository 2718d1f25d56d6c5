package io.vaquita.client;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which process, and which life of it, a connection belongs to. A checkpoint that is restored, perhaps many times at once, continues with
 * the same memory but must not go on with the same sockets. Immutable.
 *
 * @param processId the operating system's
 * @param restores how often this memory has been restored from a checkpoint
 */
record ProcessIdentity(long processId, long restores) {
  /** Counts the restores of one data source's memory, and tells whose connections are whose. Thread-safe. */
  static final class Source {
    private final AtomicLong restores = new AtomicLong();

    ProcessIdentity current() {
      return new ProcessIdentity(ProcessHandle.current().pid(), restores.get());
    }

    void restored() {
      restores.incrementAndGet();
    }
  }
}
