package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import io.vaquita.server.client.WireResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that are killed while clients write, again and again on the same files: what a client was told is there. {@code
 * -Dvaquita.kills=N} for the length of a run.
 */
class KilledServerTest {
  private static final int WRITERS = 4;

  @TempDir Path directory;

  private final AtomicLongArray acknowledged = new AtomicLongArray(WRITERS);

  /** The first error that a server answered: none is expected. */
  private final AtomicReference<@Nullable String> refused = new AtomicReference<>();

  @Test
  void whatAKilledServerAcknowledgedIsThere() throws Exception {
    killAgainAndAgain(Integer.getInteger("vaquita.kills", 5));
  }

  @Test
  @Tag("slow")
  void whatAServerAcknowledgedIsThereAfterAHundredKills() throws Exception {
    killAgainAndAgain(Integer.getInteger("vaquita.kills", 100));
  }

  private void killAgainAndAgain(int rounds) throws Exception {
    long seed = Long.getLong("vaquita.seed", 20_261_130L);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round <= rounds; round++) {
      try (ServerProcess server = ServerProcess.serve(directory)) {
        if (round == 0) {
          define(server);
        }
        verify(server, "-Dvaquita.seed=" + seed + ", round " + round);
        if (round < rounds) {
          writeUntilKilled(server, 1 + random.nextInt(400));
        } else {
          server.stop();
        }
      }
    }
    ServerProcess.Outcome checked = ServerProcess.run("check", directory.toString());
    assertEquals(0, checked.code(), checked.text());
  }

  private static void define(ServerProcess server) throws Exception {
    try (WireClient client = server.connect(null)) {
      client.query("CREATE DATABASE d");
      client.query(
          "CREATE TABLE d.log (w INT, n INT, pad VARCHAR(3000), PRIMARY KEY (w, n), KEY (n))");
      client.query("CREATE TABLE d.last (w INT PRIMARY KEY, n INT)");
      for (int w = 0; w < WRITERS; w++) {
        client.query("INSERT INTO d.last VALUES (" + w + ", 0)");
      }
    }
  }

  /** The server is killed after so many transactions of all writers were acknowledged. */
  private void writeUntilKilled(ServerProcess server, int transactions)
      throws InterruptedException {
    Semaphore done = new Semaphore(0);
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      int writer = w;
      writers.add(Thread.startVirtualThread(() -> write(server, writer, done)));
    }
    done.acquire(transactions);
    server.kill();
    for (Thread writer : writers) {
      writer.join();
    }
    assertNull(refused.get());
  }

  /** Numbered transactions of two tables until the server is gone. */
  private void write(ServerProcess server, int writer, Semaphore done) {
    try (WireClient client = server.connect("d")) {
      long n = last(client, writer);
      while (true) {
        n++;
        client.query("BEGIN");
        String pad = "'" + "p".repeat((int) (n * 37 % 2000)) + "'";
        client.query("INSERT INTO log VALUES (" + writer + ", " + n + ", " + pad + ")");
        client.query("UPDATE last SET n = " + n + " WHERE w = " + writer);
        if (n > 200) {
          client.query("DELETE FROM log WHERE w = " + writer + " AND n = " + (n - 200));
        }
        client.query("COMMIT");
        acknowledged.set(writer, n);
        done.release();
      }
    } catch (IOException e) {
      // The server was killed.
      done.release();
    } catch (ServerError e) {
      refused.compareAndSet(null, e.line());
      done.release(1000);
    }
  }

  private static long last(WireClient client, int writer) throws IOException {
    return number(client, "SELECT n FROM d.last WHERE w = " + writer);
  }

  private static long number(WireClient client, String sql) throws IOException {
    return Long.parseLong(client.query(sql).getFirst().text(0, 0));
  }

  private void verify(ServerProcess server, String where) throws Exception {
    try (WireClient client = server.connect("d")) {
      for (int w = 0; w < WRITERS; w++) {
        long known = acknowledged.get(w);
        long found = last(client, w);
        assertTrue(
            found == known || found == known + 1,
            where + ": writer " + w + " was told " + known + " and finds " + found);
        long kept = Math.min(found, 200);
        String from = " FROM d.log WHERE w = " + w;
        assertEquals(kept, number(client, "SELECT COUNT(*)" + from), where);
        assertEquals(found, number(client, "SELECT COALESCE(MAX(n), 0)" + from), where);
        acknowledged.set(w, found);
      }
      WireResult checked = client.query("CHECK TABLE log, last").getFirst();
      assertEquals(2, checked.rows().size(), where);
      assertEquals("OK", checked.text(0, 3), where);
      assertEquals("OK", checked.text(1, 3), where);
    }
  }
}
