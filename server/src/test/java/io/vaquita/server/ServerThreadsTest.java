package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.server.client.WireClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The few threads that all connections hang on outlive whatever goes wrong with one of them. */
final class ServerThreadsTest {
  @Test
  void aConnectionThatCannotBeTakenIsTheOnlyOne() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      fixture.database.beforeConnectionId =
          () -> {
            fixture.database.beforeConnectionId = () -> {};
            throw new OutOfMemoryError("unable to create native thread");
          };
      assertThrows(IOException.class, fixture::connect);
      try (WireClient next = fixture.connect()) {
        next.ping();
        assertEquals(1, fixture.server.connectionCount());
      }
      assertEquals("1", fixture.server.counter("Connection_errors_internal"));
      assertTrue(
          fixture
              .logged()
              .contains("[internal-error] a connection could not be taken: java.lang.OutOfMemory"),
          fixture::logged);
    }
  }

  /** On a virtual thread; the operating system sees to the others. */
  @Test
  void aStatementIsToldThatItsClientHasToReadFirst() throws IOException {
    ServerOptions virtual = ServerOptions.builder().platformConnections(0).build();
    try (ServerFixture fixture = new ServerFixture(virtual);
        WireClient reader = fixture.connect()) {
      reader.query("rows 10 1000");
      assertEquals(0, fixture.database.clientsAwaited.get());
      reader.sendQuery("rows 3000 10000");
      ServerFixture.await(() -> fixture.database.clientsAwaited.get() > 0);
      assertEquals(3000, reader.results(false).getFirst().rows().size());
    }
  }

  @Test
  void deadlinesHoldAfterTheWatcherHasMetABug() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient idle = fixture.connect()) {
      fixture.database.set("net_write_timeout", "1");
      fixture.database.beforeIsInterrupted =
          () -> {
            if (Thread.currentThread().getName().equals("vaquita-watcher")) {
              throw new IllegalStateException("a bug");
            }
          };
      WireClient stuck = fixture.connect();
      stuck.sendQuery("rows 100000 10000");
      // only the watcher ends it
      ServerFixture.await(() -> fixture.server.connectionCount() == 1);
      assertThrows(IOException.class, () -> stuck.results(false));
      idle.ping();
      assertTrue(
          fixture.logged().contains("[internal-error] watching connection"), fixture::logged);
    }
  }
}
