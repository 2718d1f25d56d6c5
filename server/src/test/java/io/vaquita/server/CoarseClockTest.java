package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process that stood still blames no client for it: deadlines count the time in which somebody could look. */
final class CoarseClockTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long SWEEP = TimeUnit.MILLISECONDS.toNanos(100);

  private final HandClock machine = new HandClock(SECOND);
  private final CoarseClock clock = new CoarseClock(machine);

  private void pass(long nanos) {
    machine.nanos.addAndGet(nanos);
    clock.advance();
  }

  @Test
  void timeThatNobodyCouldLookAtIsNotCounted() {
    long start = clock.nanos();
    pass(SWEEP);
    assertEquals(start + SWEEP, clock.nanos());
    pass(3600 * SECOND);
    assertTrue(clock.nanos() - start <= SWEEP + CoarseClock.STEP_NANOS_MAX);
    for (int i = 0; i < 10; i++) {
      pass(SWEEP);
    }
    assertTrue(clock.nanos() - start >= SECOND, "and goes on afterwards");
  }

  @Test
  void aReadThatAPauseFellIntoIsNotOverdue() throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel client = SocketChannel.open(listener.getLocalAddress());
          SocketChannel accepted = listener.accept()) {
        SocketTransport transport = new SocketTransport(accepted, clock);
        transport.timeouts(SECOND, SECOND);
        transport.awaitNext(SocketTransport.Wait.COMMAND, SECOND);
        CompletableFuture<Integer> first = read(transport);
        pass(3600 * SECOND);
        transport.expireIfDue(clock.nanos());
        client.write(ByteBuffer.wrap(new byte[] {7}));
        assertEquals(1, first.get());

        CompletableFuture<Integer> second = read(transport);
        for (int i = 0; i < 11; i++) {
          pass(SWEEP);
          transport.expireIfDue(clock.nanos());
        }
        assertTrue(
            assertThrows(ExecutionException.class, second::get).getCause()
                instanceof DeadlineException);
      }
    }
  }

  /** Begins a read on another thread and returns when it waits. */
  private static CompletableFuture<Integer> read(SocketTransport transport) {
    CompletableFuture<Integer> count = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                count.complete(transport.read(new byte[8], 0, 8));
              } catch (IOException | RuntimeException e) {
                count.completeExceptionally(e);
              }
            });
    ServerFixture.await(() -> transport.waiting() == SocketTransport.Wait.COMMAND);
    return count;
  }
}
