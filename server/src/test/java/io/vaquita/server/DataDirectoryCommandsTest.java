package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check}, {@code backup}, {@code restore} and {@code dump-page} as processes beside a real server that is written to. */
class DataDirectoryCommandsTest {
  @TempDir Path parent;

  @Test
  void aServerIsCopiedWhileItIsWrittenToAndComesBackToAnyMoment() throws Exception {
    Path data = parent.resolve("data");
    Path archive = parent.resolve("archive");
    Path backup = parent.resolve("backup");
    long beforeLast;
    String momentBeforeLast;
    AtomicLong written = new AtomicLong();
    try (ServerProcess server =
        ServerProcess.serve(data, "--set", "vaquita_log_archive=" + archive)) {
      try (WireClient client = server.connect(null)) {
        client.query("CREATE DATABASE d");
        client.query("CREATE TABLE d.t (id INT PRIMARY KEY, k INT, KEY (k))");
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> writer =
            CompletableFuture.runAsync(() -> write(server, written, enough));
        ServerProcess.Outcome running = ServerProcess.run("check", data.toString());
        assertEquals(2, running.code(), running.text());
        assertTrue(running.text().contains("another process has"), running.text());
        long before = written.get();
        ServerProcess.Outcome copied =
            ServerProcess.run(
                "backup", backup.toString(), "--port", Integer.toString(server.port()));
        assertEquals(0, copied.code(), copied.text());
        enough.set(true);
        writer.join();
        assertTrue(written.get() > before, "the writer was kept out");
        ServerProcess.Outcome again =
            ServerProcess.run(
                "backup", backup.toString(), "--port", Integer.toString(server.port()));
        assertEquals(1, again.code(), again.text());
        assertTrue(again.text().contains("database exists"), again.text());
        client.query("INSERT INTO d.t VALUES (1000000, 1)");
        beforeLast = written.get() + 1;
        momentBeforeLast = moment(client);
        while (moment(client).equals(momentBeforeLast)) {
          Thread.onSpinWait();
        }
        client.query("DELETE FROM d.t");
      }
      server.stop();
    }
    sound(data);
    sound(backup);
    long inBackup = rows(copy(backup, "look"));
    assertTrue(inBackup <= written.get());
    Path newest = parent.resolve("newest");
    long position = restore(backup, newest, archive, data);
    assertEquals(0, rows(newest));
    Path restored = parent.resolve("restored");
    restore(backup, restored, archive, data, "--to-position", Long.toString(position - 1));
    sound(restored);
    assertEquals(beforeLast, rows(restored));
    Path atMoment = parent.resolve("at-moment");
    restore(backup, atMoment, archive, data, "--to-time", momentBeforeLast);
    assertEquals(beforeLast, rows(atMoment));
    damage(restored);
  }

  /** Now, by the server's clock. */
  private static String moment(WireClient client) throws IOException {
    String utc = client.query("SELECT UTC_TIMESTAMP(6)").getFirst().text(0, 0);
    return utc + "Z";
  }

  private static void write(ServerProcess server, AtomicLong written, AtomicBoolean enough) {
    try (WireClient client = server.connect("d")) {
      while (!enough.get() || written.get() < 50) {
        long id = written.get();
        client.query("INSERT INTO t VALUES (" + id + ", " + id % 10 + ")");
        written.incrementAndGet();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sound(Path directory) throws IOException, InterruptedException {
    ServerProcess.Outcome checked = ServerProcess.run("check", directory.toString());
    assertEquals(0, checked.code(), checked.text());
    assertTrue(checked.text().contains("1 tables, 1 indexes compared"), checked.text());
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = Files.createDirectory(parent.resolve(name));
    Files.copy(from.resolve("data.vaquita"), to.resolve("data.vaquita"));
    return to;
  }

  /** Everything there is, or less as {@code options} say; the position is told on the last line. */
  private static long restore(Path backup, Path target, Path archive, Path data, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("restore", backup.toString()));
    command.addAll(List.of(target.toString(), "--log", archive.toString(), "--log"));
    command.add(data.toString());
    command.addAll(List.of(options));
    ServerProcess.Outcome all = ServerProcess.run(command.toArray(new String[0]));
    assertEquals(0, all.code(), all.text());
    String text = all.text().strip();
    return Long.parseLong(text.substring(text.lastIndexOf(' ') + 1));
  }

  private static long rows(Path directory) {
    try (Database database = Database.open(directory);
        Session session = database.connect(ConnectOptions.local());
        Result result = session.execute("SELECT COUNT(*) FROM d.t")) {
      assertTrue(result.next());
      return result.getLong(0);
    }
  }

  /** One changed bit in a page is found, and named. */
  private static void damage(Path directory) throws IOException, InterruptedException {
    Path file = directory.resolve("data.vaquita");
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(2 * 4096 + 100);
      int b = raw.read();
      raw.seek(2 * 4096 + 100);
      raw.write(b ^ 4);
    }
    ServerProcess.Outcome checked = ServerProcess.run("check", directory.toString());
    assertEquals(1, checked.code(), checked.text());
    assertTrue(checked.text().contains("DAMAGED: "), checked.text());
    ServerProcess.Outcome page = ServerProcess.run("dump-page", directory.toString(), "0");
    assertEquals(0, page.code(), page.text());
    assertTrue(page.text().contains("position="), page.text());
  }

  @Test
  void whatIsNoDatabaseIsRefusedAndStaysAsItWas() throws Exception {
    Path nothing = parent.resolve("nothing");
    ServerProcess.Outcome checked = ServerProcess.run("check", nothing.toString());
    assertEquals(2, checked.code(), checked.text());
    assertTrue(checked.text().contains("there is no database"), checked.text());
    assertFalse(Files.exists(nothing));
    ServerProcess.Outcome restored =
        ServerProcess.run("restore", nothing.toString(), parent.resolve("r").toString());
    assertEquals(1, restored.code(), restored.text());
    assertFalse(Files.exists(parent.resolve("r")));
  }
}
