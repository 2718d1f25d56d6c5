package io.vaquita.bench.load;

import io.vaquita.bench.Figures;
import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench named-locks}: GET_LOCK and RELEASE_LOCK over sockets. Used once. */
@Command(
    name = "named-locks",
    description = {
      "Pairs of GET_LOCK and RELEASE_LOCK a second, on one name and on distinct names, and how long"
          + " a lock takes from its release to the next one's answer. A Vaquita in memory is"
          + " started here; peers that run already are added with --server."
    },
    mixinStandardHelpOptions = true)
public final class NamedLockCommand implements Callable<Integer> {
  private static final int[] CONNECTIONS = {1, 8, 64};
  private static final int HAND_OVERS = 200;
  private static final long QUEUE_NANOS = 3_000_000;

  @Option(
      names = "--server",
      paramLabel = "NAME=HOST:PORT[:PID]",
      description =
          "Another server, where root has no password; may be given several times. With PID its"
              + " processor time a pair is measured too.")
  private List<String> servers = new ArrayList<>();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of a measurement (${DEFAULT-VALUE}).")
  private int seconds = 5;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds = 3;

  private final Figures figures = new Figures();

  /** As picocli fills it. */
  public NamedLockCommand() {}

  @Override
  public Integer call() throws Exception {
    try (VaquitaProcess own = VaquitaProcess.start(List.of(), "--memory")) {
      List<ServerEndpoint> all = new ArrayList<>(List.of(own.endpoint()));
      servers.forEach(s -> all.add(ServerEndpoint.parse(s)));
      for (ServerEndpoint server : all) {
        pairs(server, 8, false, new Figures());
        pairs(server, 8, true, new Figures());
      }
      for (int round = 1; round <= rounds; round++) {
        for (int connections : CONNECTIONS) {
          for (boolean isOneName : new boolean[] {true, false}) {
            for (ServerEndpoint server : all) {
              pairs(server, connections, isOneName, figures);
            }
          }
        }
        for (ServerEndpoint server : all) {
          handOver(server);
        }
      }
    }
    figures.print("GET_LOCK");
    return 0;
  }

  private void pairs(ServerEndpoint server, int connections, boolean isOneName, Figures into)
      throws InterruptedException {
    AtomicLong count = new AtomicLong();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    CountDownLatch ready = new CountDownLatch(connections);
    CountDownLatch begin = new CountDownLatch(1);
    AtomicLong end = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int c = 0; c < connections; c++) {
      String name = isOneName ? "'one'" : "'name" + c + "'";
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (WireClient client = server.connect(null)) {
                      ready.countDown();
                      begin.await();
                      while (System.nanoTime() < end.get()) {
                        client.query("SELECT GET_LOCK(" + name + ", 30)");
                        client.query("SELECT RELEASE_LOCK(" + name + ")");
                        count.incrementAndGet();
                      }
                    } catch (IOException | InterruptedException | RuntimeException e) {
                      failure.compareAndSet(null, e);
                      ready.countDown();
                    }
                  }));
    }
    ready.await();
    long cpuBefore = server.cpuMicros();
    long start = System.nanoTime();
    end.set(start + seconds * 1_000_000_000L);
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new IllegalStateException(server.name() + " failed", failure.get());
    }
    String what = connections + (isOneName ? " on one name" : " on distinct names");
    into.add("pairs/s, " + what, server.name(), count.get() * 1e9 / (System.nanoTime() - start));
    if (cpuBefore >= 0) {
      into.add(
          "server CPU a pair, µs, " + what,
          server.name(),
          (server.cpuMicros() - cpuBefore) / (double) count.get());
    }
  }

  /** One holds, another waits for a while, the first releases: until the other has its answer. */
  private void handOver(ServerEndpoint server) throws IOException {
    long[] nanos = new long[HAND_OVERS];
    try (WireClient holder = server.connect(null);
        WireClient waiter = server.connect(null)) {
      for (int i = 0; i < HAND_OVERS; i++) {
        holder.query("SELECT GET_LOCK('handed', 30)");
        waiter.sendQuery("SELECT GET_LOCK('handed', 30)");
        LockSupport.parkNanos(QUEUE_NANOS);
        long start = System.nanoTime();
        holder.sendQuery("SELECT RELEASE_LOCK('handed')");
        waiter.results(false);
        nanos[i] = System.nanoTime() - start;
        holder.results(false);
        waiter.query("SELECT RELEASE_LOCK('handed')");
      }
    }
    Arrays.sort(nanos);
    figures.add("hand-over, µs, median", server.name(), nanos[HAND_OVERS / 2] / 1e3);
    figures.add("hand-over, µs, p99", server.name(), nanos[HAND_OVERS * 99 / 100] / 1e3);
  }
}
