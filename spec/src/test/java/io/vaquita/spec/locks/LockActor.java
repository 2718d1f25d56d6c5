package io.vaquita.spec.locks;

import io.vaquita.spec.locks.LockClient.Refused;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A session of a random history: takes, takes again, gives back, kills others, dies and comes again; and knows what each answer must
 * be. Confined to its thread, except for {@link #id}.
 */
final class LockActor {
  private static final int INTERRUPTED = 1317;
  private static final int DEADLOCK = 3058;

  /** Opens connections. */
  interface Opening {
    LockClient open() throws IOException;
  }

  private final Opening opening;
  private final LockLedger ledger;
  private final List<String> names;
  private final SplittableRandom random;
  private final Map<String, Long> held = new HashMap<>();
  private final Map<String, Boolean> numbered = new HashMap<>();
  private LockClient client;
  private volatile long id;

  LockActor(Opening opening, LockLedger ledger, List<String> names, SplittableRandom random)
      throws IOException {
    this.opening = opening;
    this.ledger = ledger;
    this.names = names;
    this.random = random;
    client = opening.open();
    id = client.id();
  }

  long id() {
    return id;
  }

  /** One random step. */
  void step(List<LockActor> all) throws IOException {
    String name = names.get(random.nextInt(names.size()));
    try {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4, 5 -> acquire(name, random.nextBoolean() ? "-1" : "1");
        case 6, 7, 8 -> acquire(name, "0");
        case 9, 10, 11, 12, 13 -> release(name);
        case 14 -> releaseAll();
        case 15, 16 -> look(name);
        case 17 -> askNumber(name);
        case 18 -> killOther(all.get(random.nextInt(all.size())));
        default -> die(random.nextInt(2) == 0);
      }
    } catch (Refused e) {
      if (e.number == INTERRUPTED) {
        settle();
      } else if (e.number != DEADLOCK) {
        ledger.violated("connection " + id + ": " + e.getMessage());
      }
    }
  }

  /** The name in a spelling of its own: upper and lower case are one. */
  private String quoted(String name) {
    return "'" + (random.nextBoolean() ? name : name.toUpperCase(java.util.Locale.ROOT)) + "'";
  }

  private void acquire(String name, String timeout) throws Refused, IOException {
    String got = client.ask("SELECT GET_LOCK(" + quoted(name) + ", " + timeout + ")");
    long count = held.getOrDefault(name, 0L);
    if ("1".equals(got)) {
      held.put(name, count + 1);
      if (count == 0) {
        ledger.acquired(name, id);
        numbered.put(name, false);
        if (random.nextInt(3) == 0) {
          askNumber(name);
        }
      }
    } else if (count > 0 || !"0".equals(got) || timeout.equals("-1")) {
      ledger.violated("GET_LOCK(" + name + ", " + timeout + ") with count " + count + ": " + got);
    }
  }

  private void release(String name) throws Refused, IOException {
    long count = held.getOrDefault(name, 0L);
    if (count == 1) {
      held.remove(name);
      ledger.releasing(name, id);
    }
    String answer = client.ask("SELECT RELEASE_LOCK(" + quoted(name) + ")");
    if (count > 1) {
      held.put(name, count - 1);
    }
    if (count > 0 ? !"1".equals(answer) : "1".equals(answer)) {
      ledger.violated("RELEASE_LOCK(" + name + ") with count " + count + ": " + answer);
    }
  }

  private void releaseAll() throws Refused, IOException {
    long sum = held.values().stream().mapToLong(Long::longValue).sum();
    strikeOut();
    String answer = client.ask("SELECT RELEASE_ALL_LOCKS()");
    if (!Long.toString(sum).equals(answer)) {
      ledger.violated("RELEASE_ALL_LOCKS() with " + sum + ": " + answer);
    }
  }

  private void strikeOut() {
    held.keySet().forEach(name -> ledger.releasing(name, id));
    held.clear();
  }

  private void look(String name) throws Refused, IOException {
    String holder = client.ask("SELECT IS_USED_LOCK(" + quoted(name) + ")");
    boolean mine = Long.toString(id).equals(holder);
    if (mine != held.containsKey(name)) {
      ledger.violated("IS_USED_LOCK(" + name + ") of " + id + " with " + held + ": " + holder);
    }
  }

  private void askNumber(String name) throws Refused, IOException {
    String answer = client.ask("SELECT VAQUITA_LOCK_TOKEN(" + quoted(name) + ")");
    @Nullable Boolean known = numbered.get(name);
    if (!held.containsKey(name)) {
      if (answer != null) {
        ledger.violated("a number for " + name + " without the lock: " + answer);
      }
    } else if (answer == null) {
      ledger.violated("no number for " + name);
    } else if (Boolean.FALSE.equals(known)) {
      numbered.put(name, true);
      ledger.numbered(name, Long.parseLong(answer));
    } else if (!Long.valueOf(answer).equals(ledger.numberOf(name))) {
      ledger.violated("the number of " + name + " changed while it was held: " + answer);
    }
  }

  private void killOther(LockActor other) throws Refused, IOException {
    try {
      client.ask("KILL QUERY " + other.id());
    } catch (Refused e) {
      boolean gone = e.number == 1094;
      if (!gone) {
        throw e;
      }
    }
  }

  /** Ends the session with all that it holds, by KILL or by leaving, and begins a new one. */
  private void die(boolean byKill) throws IOException {
    strikeOut();
    if (byKill) {
      try {
        client.ask("KILL " + id);
        ledger.violated("KILL of the own connection was answered with OK");
      } catch (Refused expected) {
        if (expected.number != INTERRUPTED) {
          ledger.violated("KILL of the own connection: " + expected.getMessage());
        }
      }
    }
    client.close();
    client = opening.open();
    id = client.id();
  }

  /** After KILL QUERY it is not known whether the statement had done its work: all locks go. */
  private void settle() throws IOException {
    strikeOut();
    while (true) {
      try {
        client.ask("DO RELEASE_ALL_LOCKS()");
        return;
      } catch (Refused e) {
        if (e.number != INTERRUPTED) {
          ledger.violated("RELEASE_ALL_LOCKS(): " + e.getMessage());
          return;
        }
      }
    }
  }

  void close() throws IOException {
    strikeOut();
    client.close();
  }
}
