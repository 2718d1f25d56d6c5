package io.vaquita.server;

import io.vaquita.server.client.WireClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A server over a {@link FakeDatabase} on a free port, with its log. Thread-safe. */
final class ServerFixture implements AutoCloseable {
  final FakeDatabase database = new FakeDatabase();
  final ByteArrayOutputStream log = new ByteArrayOutputStream();
  final VaquitaServer server;

  ServerFixture(ServerOptions options) throws IOException {
    server =
        VaquitaServer.start(database, options, new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", server.port());
  }

  WireClient connect() throws IOException {
    return WireClient.connect(address(), "root", "", null);
  }

  String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** Waits for what must come about by itself; a minute is an error. */
  static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("it did not come about within a minute");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Waits for what takes long where many share few processors; a minute in which {@code progress} does not change is an error. */
  static void await(BooleanSupplier condition, LongSupplier progress) {
    long last = progress.getAsLong();
    boolean isThere = false;
    while (!isThere) {
      long before = last;
      await(() -> condition.getAsBoolean() || progress.getAsLong() != before);
      last = progress.getAsLong();
      isThere = condition.getAsBoolean();
    }
  }

  void awaitNoSessions() {
    await(() -> database.openSessions.get() == 0 && server.connectionCount() == 0);
  }

  @Override
  public void close() {
    server.close(Duration.ofMillis(100));
  }
}
