package io.vaquita.session;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTable;
import io.vaquita.value.TextBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL of named sessions, each on a thread of its own, against one database in memory, and answers with text. Confined to the
 * test's thread. A statement that waits for a lock stays pending, and its end is reported after the step that let it go on: the lock
 * table itself says what waits, nothing sleeps.
 */
final class IsolationScript implements AutoCloseable {
  private static final long NO_ANSWER_MILLIS = 30_000;

  private final Database database = Database.inMemory();
  private final Map<String, Client> clients = new TreeMap<>();

  private static final class Client {
    final EngineSession session;
    final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    @Nullable CompletableFuture<String> pending;

    Client(EngineSession session) {
      this.session = session;
    }

    LockOwner owner() {
      return session.owner();
    }

    LockTable locks() {
      return session.engine().locks();
    }
  }

  private Client client(String name) {
    return clients.computeIfAbsent(
        name,
        n -> {
          Client fresh = new Client((EngineSession) database.connect(ConnectOptions.local()));
          answer(fresh.session, "CREATE DATABASE IF NOT EXISTS test");
          answer(fresh.session, "USE test");
          return fresh;
        });
  }

  /** {@code name: statement}, or {@code kill name} and {@code disconnect name}. */
  String run(String line) {
    String[] parts = line.trim().split("\\s+", 2);
    if (parts[0].equals("kill")) {
      client(parts[1]).session.cancel();
      return finished(parts[1]) + settled("");
    }
    if (parts[0].equals("disconnect")) {
      Client gone = client(parts[1]);
      gone.session.kill();
      String answers = finished(parts[1]);
      gone.session.close();
      clients.remove(parts[1]);
      return answers + settled("");
    }
    String name = parts[0].substring(0, parts[0].length() - 1);
    Client client = client(name);
    if (client.pending != null) {
      return name + " is still blocked\n";
    }
    CompletableFuture<String> running =
        CompletableFuture.supplyAsync(() -> answer(client.session, parts[1]), client.thread);
    running.whenComplete((answer, error) -> client.locks().nudgeWatchers());
    client.pending = running;
    return settled(name);
  }

  /** The end of a statement that was killed. */
  private String finished(String name) {
    Client client = client(name);
    CompletableFuture<String> running = client.pending;
    if (running == null) {
      return "";
    }
    client.pending = null;
    return name + ": " + running.join();
  }

  /**
   * Waits until every statement has ended or is blocked, which may take several rounds since one that ends lets others go on. The
   * answers: the step's own first, the others by name.
   */
  private String settled(String step) {
    Map<String, String> answers = new TreeMap<>();
    boolean again = true;
    while (again) {
      again = false;
      for (Map.Entry<String, Client> each : clients.entrySet()) {
        Client client = each.getValue();
        CompletableFuture<String> running = client.pending;
        if (running != null
            && !client.locks().awaitBlocked(client.owner(), running::isDone, NO_ANSWER_MILLIS)) {
          answers.put(each.getKey(), running.join());
          client.pending = null;
          again = true;
        }
      }
    }
    StringBuilder text = new StringBuilder();
    if (!step.isEmpty()) {
      String own = answers.remove(step);
      text.append(own == null ? "waits\n" : own);
    }
    answers.forEach((name, answer) -> text.append(name).append(": ").append(answer));
    return text.toString();
  }

  private static String answer(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      if (!result.hasRows()) {
        return result.affectedRows() == 0 ? "ok\n" : result.affectedRows() + " row(s)\n";
      }
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
          cells.add(result.isNull(i) ? "NULL" : text(result, i));
        }
        rows.add(String.join(" ", cells));
      }
      return rows.isEmpty() ? "no rows\n" : String.join("\n", rows) + "\n";
    } catch (DatabaseException e) {
      return "error " + e.number() + "\n";
    }
  }

  private static String text(Result result, int column) {
    TextBuffer out = new TextBuffer(32);
    result.appendText(column, out);
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    clients.values().forEach(c -> c.session.kill());
    clients.values().forEach(c -> c.thread.shutdown());
    database.close();
  }
}
