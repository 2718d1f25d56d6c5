package io.vaquita.server;

import io.vaquita.Database;
import io.vaquita.environment.Environment;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The open connections of a server. Thread-safe. */
final class Connections {
  private static final long MAX_DEFAULT = 151;

  private final Database database;
  private final ConcurrentHashMap<Long, Connection> open = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Integer> accounts = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Connection, String> accountOf = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final long startNanos = Environment.system().clock().monotonicNanos();
  private final ServerCounters counters = new ServerCounters(open.values());

  Connections(Database database) {
    this.database = database;
  }

  ServerCounters counters() {
    return counters;
  }

  /** max_connections. One more may come in, to be an administrator. */
  long max() {
    String text = database.globalVariable("max_connections");
    return text.isEmpty() ? MAX_DEFAULT : Long.parseLong(text);
  }

  /** How many there are with one more; the caller has to {@link #add} it or to {@link #giveBack} its place. */
  int takePlace() {
    return count.incrementAndGet();
  }

  void giveBack() {
    count.decrementAndGet();
  }

  /** Whether one more connection of the account may be; then it is counted until it is removed. */
  boolean takeAccountPlace(Connection connection, String account, long max) {
    int now = accounts.merge(account, 1, Integer::sum);
    if (max > 0 && now > max) {
      giveAccountBack(account);
      return false;
    }
    accountOf.put(connection, account);
    return true;
  }

  private void giveAccountBack(String account) {
    accounts.computeIfPresent(account, (a, count) -> count == 1 ? null : count - 1);
  }

  void add(Connection connection) {
    open.put(connection.client().id(), connection);
    counters.opened(count.get());
  }

  void remove(Connection connection) {
    if (open.remove(connection.client().id(), connection)) {
      counters.closed(connection);
      count.decrementAndGet();
      String account = accountOf.remove(connection);
      if (account != null) {
        giveAccountBack(account);
      }
    }
  }

  int count() {
    return count.get();
  }

  Collection<Connection> open() {
    return open.values();
  }

  @Nullable Connection find(long id) {
    return open.get(id);
  }

  long uptimeSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(
        Environment.system().clock().monotonicNanos() - startNanos);
  }
}
