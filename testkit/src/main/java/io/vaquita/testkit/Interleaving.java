package io.vaquita.testkit;

import io.vaquita.ConnectOptions;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.value.TextBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/**
 * Sessions as named actors, and their steps in the order in which the test writes them: lost updates, deadlocks and phantom reads happen
 * the same way every time. Nothing sleeps: a step's {@link Step#awaitBlocked} returns when the lock table says so.
 *
 * <pre>{@code
 * Actor alice = play.actor("alice");
 * Actor bob = play.actor("bob");
 * alice.run("START TRANSACTION");
 * alice.run("UPDATE stock SET pieces = pieces - 1 WHERE id = 1");
 * Step buying = bob.start(connection -> shop.buy(connection, 1));
 * buying.awaitBlocked();
 * assertTrue(buying.isBlockedBy(alice));
 * alice.run("COMMIT");
 * buying.get();
 * }</pre>
 *
 * <p>Thread-safe, but usually confined to the test's thread; each actor's steps run on a thread of its own. A wait that does not end within
 * 30 seconds is an {@link AssertionError} with the lock tree in its message.
 */
public final class Interleaving implements AutoCloseable {
  /** How long a wait of the test's may take before it counts as failed. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestDatabase database;
  private final List<Actor> actors = new CopyOnWriteArrayList<>();

  Interleaving(TestDatabase database) {
    this.database = database;
  }

  /** A new session. */
  public Actor actor(String name) throws SQLException {
    return actor(name, database.dataSource());
  }

  /** A session of another data source of the same database, such as the program's own pool. */
  public Actor actor(String name, DataSource source) throws SQLException {
    Actor actor = new Actor(this, name, source.getConnection());
    actors.add(actor);
    return actor;
  }

  TestDatabase database() {
    return database;
  }

  String nameOf(long connectionId) {
    for (Actor each : actors) {
      if (each.connectionId() == connectionId) {
        return each.name();
      }
    }
    return "connection " + connectionId;
  }

  /** The deadlocks that were broken since this database was made, each as text with its whole cycle; the newest last. */
  public List<String> deadlocks() {
    return rows("SELECT * FROM vaquita.deadlocks");
  }

  /** Who waits for whom, from the root blockers down, as {@code vaquita.lock_waits} shows it; empty when nobody waits. */
  public String lockTree() {
    StringBuilder text = new StringBuilder();
    for (Actor each : actors) {
      each.describeWait(text);
    }
    for (String row : rows("SELECT * FROM vaquita.lock_waits")) {
      text.append("  ").append(row).append('\n');
    }
    return text.toString();
  }

  private List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    try (Session session = database.database().connect(ConnectOptions.local());
        Result result = session.execute(sql)) {
      while (result.next()) {
        rows.add(row(result));
      }
    }
    return rows;
  }

  private static String row(Result result) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < result.columns().size(); i++) {
      text.append(i == 0 ? "" : ", ").append(result.columns().get(i).name()).append('=');
      if (result.isNull(i)) {
        text.append("NULL");
      } else {
        TextBuffer value = new TextBuffer(64);
        result.appendText(i, value);
        text.append(new String(value.toBytes(), StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  /** Ends all actors: what still waits is killed. */
  @Override
  public void close() {
    for (Actor each : actors) {
      each.close();
    }
  }
}
