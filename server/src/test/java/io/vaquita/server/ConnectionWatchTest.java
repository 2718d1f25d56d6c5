package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Session;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Why a client that goes away is noticed within a second, by a clock that moves by hand: the watcher looks every tenth of a second, a statement
 * has its client watched from the third look on, and who is watched is noticed by the socket itself, without any further look.
 */
@Timeout(60)
final class ConnectionWatchTest {
  private static final long SWEEP = TimeUnit.MILLISECONDS.toNanos(100);

  private final HandClock machine = new HandClock(SWEEP);
  private final CoarseClock clock = new CoarseClock(machine);
  private Database database;
  private ServerSocketChannel listener;
  private SocketChannel client;
  private SocketChannel accepted;
  private SocketTransport transport;
  private ConnectionWatch watch;

  @BeforeEach
  void connect() throws Exception {
    database = Database.inMemory();
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    client = SocketChannel.open(listener.getLocalAddress());
    accepted = listener.accept();
    transport = new SocketTransport(accepted, clock);
    watch = new ConnectionWatch(transport, clock, 7);
    Session session = database.connect(ConnectOptions.local());
    watch.loggedIn(session);
    watch.busy();
  }

  @AfterEach
  void close() throws Exception {
    accepted.close();
    client.close();
    listener.close();
    database.close();
  }

  private void look() {
    machine.nanos.addAndGet(SWEEP);
    clock.advance();
    watch.sweep(clock.nanos());
  }

  @Test
  void whoLeavesAtOnceIsNoticedByTheThirdLook() throws Exception {
    client.close();
    look();
    look();
    assertNull(watch.endReason(), "most statements are over by then, and cost nothing");
    look();
    ServerFixture.await(() -> watch.endReason() == CloseReason.CLIENT_GONE);
  }

  @Test
  void whoLeavesLaterIsNoticedWithoutALook() throws Exception {
    for (int i = 0; i < 3; i++) {
      look();
    }
    ServerFixture.await(() -> !transport.canReadAhead());
    assertNull(watch.endReason());
    client.close();
    ServerFixture.await(() -> watch.endReason() == CloseReason.CLIENT_GONE);
    assertEquals(CloseReason.CLIENT_GONE, watch.endReason());
  }
}
