package io.vaquita.spec.locks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who says to hold which lock, and with which fencing numbers. A holder enters itself after it got the lock and strikes itself out
 * before it gives the lock back, so two entries for one name prove two holders at one time. Thread-safe.
 */
final class LockLedger {
  private final Map<String, Long> holders = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private long acquisitions;

  synchronized void acquired(String name, long connection) {
    acquisitions++;
    Long other = holders.putIfAbsent(name, connection);
    if (other != null) {
      violations.add(connection + " got " + name + " while " + other + " held it");
    }
  }

  synchronized void releasing(String name, long connection) {
    if (!holders.remove(name, connection)) {
      violations.add(connection + " releases " + name + " that it does not hold");
    }
  }

  /** A number that a holder was told, for the first time since it got the lock. */
  synchronized void numbered(String name, long number) {
    Long before = numbers.put(name, number);
    if (before != null && before >= number) {
      violations.add("the number of " + name + " was " + before + ", and then " + number);
    }
  }

  synchronized void violated(String what) {
    violations.add(what);
  }

  synchronized long acquisitions() {
    return acquisitions;
  }

  synchronized @Nullable Long numberOf(String name) {
    return numbers.get(name);
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** The server is gone, and all locks with it. */
  synchronized void serverGone() {
    holders.clear();
  }
}
