package io.vaquita.spec.history;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.spec.history.History.Append;
import io.vaquita.spec.history.History.End;
import io.vaquita.spec.history.History.Read;
import io.vaquita.spec.history.History.Transaction;
import io.vaquita.value.TextBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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

  static void createTable(Database database) {
    try (Session session = database.connect(ConnectOptions.local())) {
      run(session, "CREATE DATABASE histories");
      run(session, "CREATE TABLE histories.lists (id INT PRIMARY KEY, list TEXT NOT NULL)");
      // Half of the keys are rows from the beginning, the others begin with an INSERT.
      for (int key = 0; key < KEYS; key += 2) {
        run(session, "INSERT INTO histories.lists VALUES (" + key + ", '')");
      }
    }
  }

  /** Lets all sessions run so many transactions in all; the database may be another one than before, over the same files. */
  void run(Database database, int count, boolean withKills) throws Exception {
    AtomicInteger left = new AtomicInteger(count);
    List<Future<List<Transaction>>> workers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SESSIONS; i++) {
        Random random = new Random(seed * 31 + i + transactions.size());
        workers.add(threads.submit(() -> new Worker(database, random, withKills).work(left)));
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
  static Map<Integer, List<Integer>> finals(Database database) {
    Map<Integer, List<Integer>> lists = new HashMap<>();
    try (Session session = database.connect(ConnectOptions.local())) {
      for (int key = 0; key < KEYS; key++) {
        lists.put(key, list(session, "SELECT list FROM histories.lists WHERE id = " + key));
      }
    }
    return lists;
  }

  private static void run(Session session, String sql) {
    session.execute(sql).close();
  }

  private static List<Integer> list(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      if (!result.next()) {
        return List.of();
      }
      TextBuffer buffer = new TextBuffer(64);
      result.appendText(0, buffer);
      String text = new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8);
      return text.isEmpty()
          ? List.of()
          : Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }
  }

  /** One session's thread. */
  private final class Worker {
    private final Database database;
    private final Random random;
    private final boolean withKills;
    private final List<Transaction> done = new ArrayList<>();
    private @Nullable Session session;

    Worker(Database database, Random random, boolean withKills) {
      this.database = database;
      this.random = random;
      this.withKills = withKills;
    }

    List<Transaction> work(AtomicInteger left) {
      try {
        while (left.getAndDecrement() > 0) {
          transaction();
        }
        return done;
      } finally {
        disconnect();
      }
    }

    private Session session() {
      Session open = session;
      if (open == null) {
        open = database.connect(ConnectOptions.local());
        run(open, "SET SESSION TRANSACTION ISOLATION LEVEL " + level);
        session = open;
      }
      return open;
    }

    private void disconnect() {
      if (session != null) {
        session.close();
        session = null;
      }
    }

    private void transaction() {
      Transaction transaction = new Transaction(numbers.incrementAndGet());
      done.add(transaction);
      try {
        Session open = session();
        run(open, "BEGIN");
        int steps = 1 + random.nextInt(STEPS_MAX);
        boolean readsOnly = random.nextInt(3) == 0;
        for (int i = 0; i < steps; i++) {
          step(open, transaction, readsOnly);
          maybeKillSomebody(open);
        }
        if (random.nextInt(12) == 0) {
          run(open, "ROLLBACK");
        } else if (withKills && random.nextInt(40) == 0) {
          disconnect();
        } else {
          transaction.end = End.UNKNOWN;
          run(open, "COMMIT");
          transaction.end = End.COMMITTED;
        }
      } catch (DatabaseException e) {
        synchronized (endings) {
          endings.merge(e.number(), 1, Integer::sum);
        }
        rollBack();
      }
    }

    /** After a lock wait that timed out or a statement that was killed the transaction is still there. */
    private void rollBack() {
      try {
        if (session != null) {
          run(session, "ROLLBACK");
        }
      } catch (DatabaseException gone) {
        disconnect();
      }
    }

    private void step(Session open, Transaction transaction, boolean readsOnly) {
      int key = random.nextInt(KEYS);
      int kind = random.nextInt(8);
      if (readsOnly || kind < 3) {
        transaction.steps.add(
            new Read(key, list(open, "SELECT list FROM histories.lists WHERE id = " + key)));
      } else if (kind == 3) {
        String locked = "SELECT list FROM histories.lists WHERE id = " + key + " FOR UPDATE";
        transaction.steps.add(new Read(key, list(open, locked), true));
      } else {
        int value = values.incrementAndGet();
        transaction.steps.add(new Append(key, value));
        append(open, key, value);
      }
    }

    private void append(Session open, int key, int value) {
      run(
          open,
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

    private void maybeKillSomebody(Session open) {
      if (withKills && random.nextInt(60) == 0) {
        String kind = random.nextBoolean() ? "KILL QUERY " : "KILL ";
        long id = Math.max(1, open.id() - SESSIONS + random.nextInt(2 * SESSIONS));
        if (id == open.id()) {
          return;
        }
        try {
          run(open, kind + id);
        } catch (DatabaseException e) {
          if (e.number() != 1094) {
            throw e;
          }
        }
      }
    }
  }
}
