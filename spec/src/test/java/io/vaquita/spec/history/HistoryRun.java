package io.vaquita.spec.history;

import io.vaquita.spec.history.History.Append;
import io.vaquita.spec.history.History.End;
import io.vaquita.spec.history.History.Read;
import io.vaquita.spec.history.History.Transaction;
import io.vaquita.spec.history.HistoryClient.Connector;
import io.vaquita.spec.history.HistoryClient.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Random transactions over lists from many sessions at one isolation level, with kills and disconnects among them, and what they saw.
 * Thread-safe where its workers meet: the counters.
 */
final class HistoryRun {
  private static final int SESSIONS = 8;
  private static final int KEYS = 6;
  private static final int STEPS_MAX = 4;
  private static final int REFUSALS_MAX = 20;
  private static final int NO_SUCH_THREAD = 1094;

  /** Of a connection that ended under its statement. */
  private static final int CONNECTION_LOST = 2013;

  private final String level;
  private final long seed;
  private final AtomicInteger values = new AtomicInteger();
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<Transaction> transactions = new ArrayList<>();
  private final Map<Integer, Integer> endings = new HashMap<>();

  HistoryRun(String level, long seed) {
    this.level = level;
    this.seed = seed;
  }

  static void createTable(Connector connector) throws Exception {
    HistoryClient client = connector.connect();
    client.run("CREATE DATABASE histories");
    client.run("CREATE TABLE histories.lists (id INT PRIMARY KEY, list TEXT NOT NULL)");
    // Half of the keys are rows from the beginning, the others begin with an INSERT.
    for (int key = 0; key < KEYS; key += 2) {
      client.run("INSERT INTO histories.lists VALUES (" + key + ", '')");
    }
    client.disconnect();
  }

  /** Ends the database while sessions are at work. */
  interface Crash {
    void run() throws Exception;
  }

  /** Lets all sessions run so many transactions in all; the database may be another one than before, over the same files. */
  void run(Connector connector, int count, boolean withKills) throws Exception {
    run(connector, count, withKills, null);
  }

  /**
   * As {@link #run(Connector, int, boolean)}.
   *
   * @param crash happens in the middle of it; the sessions that cannot connect any more stop then
   */
  void run(Connector connector, int count, boolean withKills, @Nullable Crash crash)
      throws Exception {
    AtomicInteger left = new AtomicInteger(count);
    List<Future<List<Transaction>>> workers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SESSIONS; i++) {
        Random random = new Random(seed * 31 + i + transactions.size());
        Worker worker = new Worker(connector, random, withKills);
        workers.add(threads.submit(() -> worker.work(left, crash == null ? -1 : count / 2, crash)));
      }
      for (Future<List<Transaction>> worker : workers) {
        transactions.addAll(worker.get());
      }
    }
  }

  List<Transaction> transactions() {
    return transactions;
  }

  long committed() {
    return transactions.stream().filter(t -> t.end == End.COMMITTED).count();
  }

  /** How many transactions ended by which error. */
  Map<Integer, Integer> endings() {
    return endings;
  }

  /** Each key's list as it is now. */
  static Map<Integer, List<Integer>> finals(Connector connector) throws Exception {
    HistoryClient client = connector.connect();
    try {
      Map<Integer, List<Integer>> lists = client.lists("SELECT id, list FROM histories.lists");
      for (int key = 0; key < KEYS; key++) {
        lists.putIfAbsent(key, List.of());
      }
      return lists;
    } finally {
      client.disconnect();
    }
  }

  /** One session's thread. */
  private final class Worker {
    private final Connector connector;
    private final Random random;
    private final boolean withKills;
    private final List<Transaction> done = new ArrayList<>();
    private @Nullable HistoryClient client;
    private int refusals;

    Worker(Connector connector, Random random, boolean withKills) {
      this.connector = connector;
      this.random = random;
      this.withKills = withKills;
    }

    List<Transaction> work(AtomicInteger left, int crashAt, @Nullable Crash crash)
        throws Exception {
      try {
        for (int now = left.decrementAndGet(); now >= 0; now = left.decrementAndGet()) {
          if (crash != null && now == crashAt) {
            crash.run();
          }
          try {
            transaction(client());
          } catch (IOException e) {
            if (crash != null && left.get() <= crashAt) {
              break;
            }
            // Another session may have killed this one while it logged in.
            if (!withKills || ++refusals > REFUSALS_MAX) {
              throw new AssertionError("no connection, and nobody ended the database", e);
            }
          }
        }
        return done;
      } finally {
        disconnect();
      }
    }

    private HistoryClient client() throws IOException {
      HistoryClient open = client;
      if (open == null) {
        open = connector.connect();
        client = open;
        try {
          open.run("SET SESSION TRANSACTION ISOLATION LEVEL " + level);
        } catch (Refused | IOException killedAlready) {
          disconnect();
          return client();
        }
      }
      return open;
    }

    private void disconnect() {
      if (client != null) {
        client.disconnect();
        client = null;
      }
    }

    private void transaction(HistoryClient open) {
      Transaction transaction = new Transaction(numbers.incrementAndGet());
      done.add(transaction);
      try {
        open.run("BEGIN");
        int steps = 1 + random.nextInt(STEPS_MAX);
        boolean readsOnly = random.nextInt(3) == 0;
        for (int i = 0; i < steps; i++) {
          step(open, transaction, readsOnly);
          maybeKillSomebody(open);
        }
        if (random.nextInt(12) == 0) {
          open.run("ROLLBACK");
        } else if (withKills && random.nextInt(40) == 0) {
          disconnect();
        } else {
          transaction.end = End.UNKNOWN;
          open.run("COMMIT");
          transaction.end = End.COMMITTED;
        }
      } catch (Refused e) {
        endedBy(e.number);
        rollBack();
      } catch (IOException e) {
        endedBy(CONNECTION_LOST);
        disconnect();
      }
    }

    private void endedBy(int error) {
      synchronized (endings) {
        endings.merge(error, 1, Integer::sum);
      }
    }

    /** After a lock wait that timed out or a statement that was killed the transaction is still there. */
    private void rollBack() {
      try {
        if (client != null) {
          client.run("ROLLBACK");
        }
      } catch (Refused | IOException gone) {
        disconnect();
      }
    }

    private void step(HistoryClient open, Transaction transaction, boolean readsOnly)
        throws Refused, IOException {
      int key = random.nextInt(KEYS);
      int kind = random.nextInt(10);
      if (readsOnly || kind < 4) {
        read(open, transaction, key, "");
      } else if (kind < 6) {
        read(open, transaction, key, kind == 4 ? " FOR UPDATE" : " FOR SHARE");
      } else {
        int value = values.incrementAndGet();
        transaction.steps.add(new Append(key, value));
        append(open, key, value);
      }
    }

    /** Of one key or of a range, whose absent rows are empty lists that others may begin. */
    private void read(HistoryClient open, Transaction transaction, int from, String locking)
        throws Refused, IOException {
      int to = random.nextInt(3) == 0 ? Math.min(KEYS - 1, from + random.nextInt(KEYS)) : from;
      String where = from == to ? "id = " + from : "id BETWEEN " + from + " AND " + to;
      Map<Integer, List<Integer>> lists =
          open.lists("SELECT id, list FROM histories.lists WHERE " + where + locking);
      for (int key = from; key <= to; key++) {
        List<Integer> list = lists.getOrDefault(key, List.of());
        transaction.steps.add(new Read(key, list, !locking.isEmpty()));
      }
    }

    private void append(HistoryClient open, int key, int value) throws Refused, IOException {
      open.run(
          "INSERT INTO histories.lists VALUES ("
              + key
              + ", '"
              + value
              + "') ON DUPLICATE KEY UPDATE list = IF(list = '', '"
              + value
              + "', CONCAT(list, ',', '"
              + value
              + "'))");
    }

    private void maybeKillSomebody(HistoryClient open) throws Refused, IOException {
      if (withKills && random.nextInt(60) == 0) {
        String kind = random.nextBoolean() ? "KILL QUERY " : "KILL ";
        long id = Math.max(1, open.id() - SESSIONS + random.nextInt(2 * SESSIONS));
        if (id == open.id()) {
          return;
        }
        try {
          open.run(kind + id);
        } catch (Refused e) {
          if (e.number != NO_SUCH_THREAD) {
            throw e;
          }
        }
      }
    }
  }
}
