package io.vaquita.bench.load;

/** A server in a process of its own on loopback, with root and no password. Confined to one thread. */
public interface ServerProcess extends AutoCloseable {
  int port();

  /** Ends it without a word, and waits for that. */
  void kill();

  /** Asks it to end, and waits for that. */
  @Override
  void close();
}
