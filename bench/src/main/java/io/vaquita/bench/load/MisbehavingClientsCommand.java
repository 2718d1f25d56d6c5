package io.vaquita.bench.load;

import io.vaquita.bench.load.MisbehavingClient.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * The other side of {@code bench misbehaving}: holds many connections to a server, a quarter of which misbehave, until its standard input
 * ends. One thread and one selector, so that little of the machine is taken from the server. Used once.
 */
@Command(name = "misbehaving-clients", hidden = true)
public final class MisbehavingClientsCommand implements Callable<Integer> {
  private static final long OPENED_A_SECOND = 1000;
  private static final int SCRATCH_BYTES = 65536;

  @Parameters(index = "0", paramLabel = "PORT")
  private int port;

  @Parameters(index = "1", paramLabel = "COUNT")
  private int count;

  @Parameters(index = "2", paramLabel = "PAUSE", description = "Seconds.")
  private long pause;

  private final MisbehavingCounts counts = new MisbehavingCounts();
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
  private volatile boolean isOver;

  /** By the time at which it was entered: a client may have another since, or none. */
  private record Alarm(long nanos, MisbehavingClient client) {}

  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::nanos));

  /** As picocli fills it. */
  public MisbehavingClientsCommand() {}

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    try (Selector selector = Selector.open()) {
      Thread.ofPlatform().daemon().start(() -> awaitEndOfInput(selector));
      Deque<MisbehavingClient> toOpen = new ArrayDeque<>(clients(selector));
      long wrong = (count + 3) / 4;
      boolean isTold = false;
      long opened = 0;
      while (!isOver) {
        long now = System.nanoTime();
        long allowed = (now - start) * OPENED_A_SECOND / TimeUnit.SECONDS.toNanos(1);
        for (; !toOpen.isEmpty() && opened < allowed; opened++) {
          call(toOpen.remove(), true);
        }
        while (!alarms.isEmpty() && alarms.peek().nanos() <= now) {
          Alarm alarm = alarms.remove();
          if (alarm.client().dueNanos() == alarm.nanos()) {
            call(alarm.client(), true);
          }
        }
        if (!isTold && counts.of(Kind.IDLE) >= count - wrong) {
          isTold = true;
          System.out.println(count + " connections, " + wrong + " of them misbehaving");
        }
        selector.select(this::ready, millisToWait(toOpen.isEmpty() ? Long.MAX_VALUE : 20_000_000));
      }
    }
    System.out.println("opened: " + counts.describe((System.nanoTime() - start) / 1e9));
    return 0;
  }

  private List<MisbehavingClient> clients(Selector selector) {
    Kind[] wrong = {
      Kind.STALLED_LOGIN, Kind.HALF_PACKET, Kind.STUCK_READER, Kind.NOISE, Kind.RESET
    };
    Random random = new Random();
    long rest = TimeUnit.SECONDS.toNanos(pause);
    List<MisbehavingClient> clients = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Kind kind = i % 4 == 0 ? wrong[i / 4 % wrong.length] : Kind.IDLE;
      clients.add(new MisbehavingClient(kind, port, selector, rest, counts, random));
    }
    return clients;
  }

  /** At least a millisecond: what is due a little later is done with it. */
  private long millisToWait(long nanosMax) {
    long now = System.nanoTime();
    long nanos = alarms.isEmpty() ? nanosMax : Math.min(nanosMax, alarms.peek().nanos() - now);
    return Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos), 1, 1000);
  }

  private void ready(SelectionKey key) {
    if (key.isValid()) {
      call((MisbehavingClient) key.attachment(), false);
    }
  }

  private void call(MisbehavingClient client, boolean isDue) {
    long before = isDue ? Long.MAX_VALUE : client.dueNanos();
    if (isDue) {
      client.due(scratch);
    } else {
      client.ready(scratch);
    }
    long due = client.dueNanos();
    if (due != before && due != Long.MAX_VALUE) {
      alarms.add(new Alarm(due, client));
    }
  }

  private void awaitEndOfInput(Selector selector) {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException ignored) {
      // whoever wanted the connections is gone
    }
    isOver = true;
    selector.wakeup();
  }
}
