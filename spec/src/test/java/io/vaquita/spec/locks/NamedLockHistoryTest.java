package io.vaquita.spec.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.spec.locks.LockClient.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of named locks: many sessions, few names, recursion, timeouts, deadlocks, kills and disconnects, also of the whole
 * server by SIGKILL. At most one holder, right counts, rising fencing numbers, nothing left over. A seed is printed and can be given
 * with {@code -Dvaquita.seed=}; threads interleave as they like all the same. {@link NamedLockQueueTest} is about the order.
 */
@Timeout(300)
final class NamedLockHistoryTest {
  private static final List<String> NAMES = List.of("one", "two", "three", "four");

  @TempDir private Path directory;

  private static long seed() {
    long seed = Long.getLong("vaquita.seed", ThreadLocalRandom.current().nextLong());
    System.out.println("named locks: -Dvaquita.seed=" + seed);
    return seed;
  }

  @Test
  void inTheLibrary() throws Exception {
    history(10, 150);
  }

  @Test
  @Tag("slow")
  void inTheLibraryForLong() throws Exception {
    for (int i = 0; i < 50; i++) {
      history(4 + i % 40, 1000);
    }
  }

  private static void history(int actors, int steps) throws Exception {
    SplittableRandom random = new SplittableRandom(seed());
    LockLedger ledger = new LockLedger();
    try (Database database = Database.inMemory()) {
      List<LockActor> all = new ArrayList<>();
      for (int i = 0; i < actors; i++) {
        all.add(new LockActor(() -> LockClient.inLibrary(database), ledger, NAMES, random.split()));
      }
      List<Thread> threads = new ArrayList<>();
      for (LockActor actor : all) {
        threads.add(Thread.ofVirtual().start(() -> run(actor, all, steps, ledger)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(List.of(), ledger.violations());
      assertTrue(ledger.acquisitions() > (long) actors * steps / 20, "too little happened");
      assertNothingLeft(LockClient.inLibrary(database));
    }
  }

  private static void run(LockActor actor, List<LockActor> all, int steps, LockLedger ledger) {
    try {
      for (int i = 0; i < steps; i++) {
        actor.step(all);
      }
      actor.close();
    } catch (IOException | RuntimeException e) {
      ledger.violated("connection " + actor.id() + ": " + e);
    }
  }

  private static void assertNothingLeft(LockClient observer) throws Refused, IOException {
    try (observer) {
      assertEquals(
          "0", observer.ask("SELECT COUNT(*) FROM vaquita.locks WHERE kind = 'USER LEVEL LOCK'"));
      assertEquals("0", observer.ask("SELECT COUNT(*) FROM vaquita.lock_waits"));
      for (String name : NAMES) {
        assertEquals("1", observer.ask("SELECT IS_FREE_LOCK('" + name + "')"));
      }
    }
  }

  @Test
  void acrossKillsOfTheServer() throws Exception {
    acrossKills(2, 150);
  }

  @Test
  @Tag("slow")
  void acrossManyKillsOfTheServer() throws Exception {
    acrossKills(15, 2000);
  }

  /** The server is killed while clients work, each time after so many acquisitions. */
  private void acrossKills(int kills, int acquisitions) throws Exception {
    SplittableRandom random = new SplittableRandom(seed());
    LockLedger ledger = new LockLedger();
    for (int round = 0; round <= kills; round++) {
      try (ServerProcess server = new ServerProcess(directory)) {
        assertNothingLeft(LockClient.overTheWire(server.port));
        long enough = ledger.acquisitions() + acquisitions;
        List<Thread> threads = new ArrayList<>();
        List<LockActor> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          all.add(
              new LockActor(
                  () -> LockClient.overTheWire(server.port), ledger, NAMES, random.split()));
        }
        for (LockActor actor : all) {
          threads.add(Thread.ofVirtual().start(() -> runUntilServerIsGone(actor, all)));
        }
        while (ledger.acquisitions() < enough && ledger.violations().isEmpty()) {
          Thread.yield();
        }
        server.kill();
        for (Thread thread : threads) {
          thread.join();
        }
        ledger.serverGone();
        assertEquals(List.of(), ledger.violations());
      }
    }
    for (String name : NAMES) {
      assertTrue(ledger.numberOf(name) != null, "nobody asked for the number of " + name);
    }
  }

  private static void runUntilServerIsGone(LockActor actor, List<LockActor> all) {
    try {
      while (true) {
        actor.step(all);
      }
    } catch (IOException serverIsGone) {
      // as it should be
    }
  }
}
