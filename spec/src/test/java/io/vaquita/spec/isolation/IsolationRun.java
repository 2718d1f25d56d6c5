package io.vaquita.spec.isolation;

import io.vaquita.spec.isolation.IsolationSpec.Level;
import io.vaquita.spec.isolation.IsolationSpec.Permutation;
import io.vaquita.spec.isolation.IsolationSpec.SessionSpec;
import io.vaquita.spec.isolation.IsolationSpec.Step;
import io.vaquita.spec.isolation.Sessions.Client;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One permutation on one server: an empty schema, the setup, the steps, and what came of them. Confined to the test's thread. A
 * statement that waits stays pending; nothing sleeps, {@link Sessions#isBlocked} says what waits.
 */
final class IsolationRun {
  static final String SCHEMA = "isolation_cases";

  private final IsolationSpec spec;
  private final Sessions server;
  private final Level level;
  private final Map<String, Participant> participants = new LinkedHashMap<>();
  private final List<String> outcome = new ArrayList<>();

  private static final class Participant {
    final Client client;
    final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    @Nullable CompletableFuture<String> pending;
    String pendingStep = "";
    boolean isGone;

    Participant(Client client) {
      this.client = client;
    }

    /** A statement that runs ends by it, then its thread ends the session. */
    void vanish() {
      client.vanish();
      CompletableFuture.runAsync(client::release, thread).join();
    }
  }

  private IsolationRun(IsolationSpec spec, Sessions server, Level level) {
    this.spec = spec;
    this.server = server;
    this.level = level;
  }

  /** The outcome, one line a step; more where a step answers with several rows. */
  static List<String> run(
      IsolationSpec spec, Permutation permutation, Level level, Sessions server) {
    IsolationRun run = new IsolationRun(spec, server, level);
    try {
      run.begin();
      for (String name : permutation.steps) {
        run.step(Objects.requireNonNull(spec.steps.get(name)));
      }
      return run.outcome;
    } finally {
      run.end();
    }
  }

  private void begin() {
    mustSucceed(server.ask("DROP DATABASE IF EXISTS " + SCHEMA));
    mustSucceed(server.ask("CREATE DATABASE " + SCHEMA));
    mustSucceed(server.ask("USE " + SCHEMA));
    spec.setup.forEach(sql -> mustSucceed(server.ask(sql)));
    for (SessionSpec session : spec.sessions.values()) {
      Participant participant = new Participant(server.connect());
      participants.put(session.name(), participant);
      mustSucceed(participant.client.run("USE " + SCHEMA));
      mustSucceed(participant.client.run("SET SESSION TRANSACTION ISOLATION LEVEL " + level.sql));
      session.setup().forEach(sql -> mustSucceed(participant.client.run(sql)));
    }
  }

  private void mustSucceed(String answer) {
    if (answer.startsWith("error")) {
      throw new IllegalStateException(spec.file.getFileName() + ": the setup fails: " + answer);
    }
  }

  private void step(Step step) {
    String sql = step.sql();
    if (sql == null) {
      report(step.name(), command(step.command()));
      settle("");
      return;
    }
    Participant participant = participant(step.session());
    if (participant.pending != null || participant.isGone) {
      report(step.name(), participant.isGone ? "is gone" : "cannot begin");
      return;
    }
    participant.pendingStep = step.name();
    participant.pending =
        CompletableFuture.supplyAsync(() -> participant.client.run(sql), participant.thread);
    settle(step.name());
  }

  private Participant participant(String name) {
    return Objects.requireNonNull(participants.get(name), () -> "no session " + name);
  }

  /**
   * Waits until every statement has ended or is blocked, which may take several rounds since one that ends lets others go on. Reports
   * the step's own end first, then the others by the order of their sessions.
   */
  private void settle(String own) {
    Map<String, String> ended = new LinkedHashMap<>();
    // Who begins to wait last may have made another one a victim that was seen waiting before: so
    // one quiet round more.
    int quietRounds = 0;
    while (quietRounds < 2) {
      quietRounds++;
      for (Participant participant : participants.values()) {
        CompletableFuture<String> pending = participant.pending;
        if (pending != null && !server.isBlocked(participant.client, pending)) {
          ended.put(participant.pendingStep, participant.isGone ? "gone" : pending.join());
          participant.pending = null;
          quietRounds = 0;
        }
      }
    }
    if (!own.isEmpty()) {
      String answer = ended.remove(own);
      report(own, answer == null ? "waits" : answer);
    }
    spec.steps.keySet().stream()
        .filter(ended::containsKey)
        .forEach(name -> report(name, Objects.requireNonNull(ended.get(name))));
  }

  private void report(String step, String answer) {
    List<String> lines = answer.lines().toList();
    if (lines.size() <= 1) {
      outcome.add(step + ": " + answer.strip());
    } else {
      outcome.add(step + ":");
      lines.forEach(line -> outcome.add("  " + line));
    }
  }

  private String command(List<String> words) {
    return switch (words.getFirst()) {
      case "locks" -> locks();
      case "metadata" -> metadata();
      case "states" -> states();
      case "kill" -> {
        String session = words.getLast();
        String query = words.size() == 3 ? "QUERY " : "";
        participant(session).isGone = query.isEmpty();
        yield server.ask("KILL " + query + participant(session).client.connectionId());
      }
      case "disconnect" -> {
        Participant participant = participant(words.getLast());
        participant.isGone = true;
        participant.vanish();
        awaitGone(participant.client);
        yield "ok";
      }
      case "await" -> {
        CompletableFuture<String> pending = participant(words.getLast()).pending;
        if (pending != null) {
          pending.handle((answer, error) -> null).join();
        }
        yield "ok";
      }
      default -> throw new IllegalArgumentException(words.toString());
    };
  }

  private void awaitGone(Client client) {
    String question =
        "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + client.connectionId();
    while (!server.ask(question).equals("0")) {
      Thread.onSpinWait();
    }
  }

  /** {@code a t.PRIMARY X,REC_NOT_GAP 1}, sorted by session, index and place. THREAD_ID would be who made an implicit lock explicit. */
  private String locks() {
    String rows =
        server.ask(
            "SELECT (SELECT trx_mysql_thread_id FROM information_schema.innodb_trx"
                + " WHERE trx_id = ENGINE_TRANSACTION_ID), CONCAT(OBJECT_NAME, IFNULL(CONCAT('.', INDEX_NAME), '')), LOCK_MODE,"
                + " IF(LOCK_STATUS = 'WAITING', 'waiting', ''), LOCK_DATA"
                + " FROM performance_schema.data_locks WHERE OBJECT_SCHEMA = '"
                + SCHEMA
                + "'");
    return named(rows, Client::connectionId);
  }

  private String metadata() {
    String rows =
        server.ask(
            "SELECT OWNER_THREAD_ID, OBJECT_TYPE, OBJECT_NAME, LOCK_TYPE, LOCK_DURATION,"
                + " IF(LOCK_STATUS = 'PENDING', 'pending', '') FROM performance_schema.metadata_locks"
                + " WHERE OBJECT_TYPE NOT IN ('ACL CACHE', 'TABLESPACE')"
                + " AND IFNULL(OBJECT_NAME, '') NOT LIKE '#sql%'");
    return named(rows, Client::threadId);
  }

  private String states() {
    String rows = server.ask("SELECT id, state FROM performance_schema.processlist");
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Participant> each : participants.entrySet()) {
      String id = each.getValue().client.connectionId() + " ";
      rows.lines()
          .filter(row -> row.startsWith(id) && each.getValue().pending != null)
          .forEach(
              r ->
                  text.append(each.getKey())
                      .append(' ')
                      .append(r, id.length(), r.length())
                      .append('\n'));
    }
    return text.isEmpty() ? "none" : text.toString();
  }

  /** Rows that begin with a session's number, the session's name in its place; others are left out. */
  private String named(String rows, ToLongFunction<Client> number) {
    Map<String, String> names = new TreeMap<>();
    participants.forEach((name, p) -> names.put(Long.toString(number.applyAsLong(p.client)), name));
    List<String> lines = new ArrayList<>();
    for (String row : rows.lines().toList()) {
      String[] fields = row.split(" ", 2);
      String name = names.get(fields[0]);
      if (name != null) {
        lines.add(
            (name + " " + fields[1]).replaceAll(" +", " ").replaceAll(" NULL\\b", "").strip());
      }
    }
    lines.sort(LockLineOrder::compare);
    return lines.isEmpty() ? "none" : String.join("\n", lines);
  }

  private void end() {
    for (Participant participant : participants.values()) {
      if (!participant.isGone) {
        server.ask("KILL " + participant.client.connectionId());
      }
    }
    for (Participant participant : participants.values()) {
      CompletableFuture<String> pending = participant.pending;
      if (pending != null) {
        pending.handle((answer, error) -> null).join();
      }
      participant.vanish();
      participant.thread.shutdown();
      awaitGone(participant.client);
    }
    // a prepared branch outlives its session
    server.ask("XA ROLLBACK 'isolation-case'");
  }
}
