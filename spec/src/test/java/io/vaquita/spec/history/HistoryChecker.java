package io.vaquita.spec.history;

import io.vaquita.spec.history.History.Append;
import io.vaquita.spec.history.History.End;
import io.vaquita.spec.history.History.Read;
import io.vaquita.spec.history.History.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for anomalies in a history of list appends, in the way of Kingsbury and Alvaro's Elle. Since each value is appended once and lists
 * only grow, the longest list seen of a key is the order of its versions, and the dependencies follow from it:
 *
 * <pre>
 * ww  appended the value right before the other's
 * wr  appended the last value that the other saw
 * rw  saw the list without the value that the other appended next
 * </pre>
 *
 * <p>A cycle of ww is a dirty write (G0), one of ww and wr circular information flow (G1c), one with a single rw read skew (G-single), any
 * other write skew or worse (G2). Confined to one thread.
 */
final class HistoryChecker {
  /** What a level forbids beyond G0, G1 and lost appends, which no level allows here. */
  enum Strictness {
    /** READ UNCOMMITTED, READ COMMITTED. */
    COMMITTED,
    /** REPEATABLE READ: transactions that only read see one moment. Those that write see the newest rows where they write. */
    SNAPSHOT_READS,
    /** SERIALIZABLE: no cycle at all. */
    SERIALIZABLE
  }

  private final List<Transaction> transactions;
  private final Map<Integer, List<Integer>> finals;
  private final Map<Integer, Transaction> writers = new HashMap<>();
  private final Map<Integer, List<Integer>> order = new HashMap<>();
  private final Map<Transaction, Set<Transaction>> informs = new HashMap<>();
  private final Map<Transaction, Set<Transaction>> overwrites = new HashMap<>();
  private final Map<Transaction, Set<Transaction>> precedes = new HashMap<>();
  private final List<String> anomalies = new ArrayList<>();

  private HistoryChecker(List<Transaction> transactions, Map<Integer, List<Integer>> finals) {
    this.transactions = transactions;
    this.finals = finals;
  }

  /** The anomalies that the level forbids, in words. {@code finals}: each key's list when all had ended. */
  static List<String> check(
      List<Transaction> transactions, Map<Integer, List<Integer>> finals, Strictness strictness) {
    HistoryChecker checker = new HistoryChecker(transactions, finals);
    checker.findWriters();
    checker.checkReads();
    checker.checkFinals();
    if (checker.anomalies.isEmpty()) {
      checker.findDependencies();
      checker.checkCycles(strictness);
    }
    return checker.anomalies;
  }

  private void findWriters() {
    for (Transaction transaction : transactions) {
      for (History.Step step : transaction.steps) {
        if (step instanceof Append append) {
          writers.put(append.value(), transaction);
        }
      }
    }
    order.putAll(finals);
  }

  private void checkReads() {
    for (Transaction transaction : transactions) {
      Map<Integer, List<Integer>> own = new HashMap<>();
      for (History.Step step : transaction.steps) {
        switch (step) {
          case Append append ->
              own.computeIfAbsent(append.key(), k -> new ArrayList<>()).add(append.value());
          case Read read -> {
            List<Integer> mine = own.getOrDefault(read.key(), List.of());
            if (!endsWith(read.list(), mine)) {
              anomaly("own appends " + mine + " are not at the end of " + read, transaction);
            }
            if (transaction.end == End.COMMITTED) {
              checkRead(transaction, read);
            }
          }
        }
      }
    }
  }

  private static boolean endsWith(List<Integer> list, List<Integer> end) {
    return list.size() >= end.size()
        && list.subList(list.size() - end.size(), list.size()).equals(end);
  }

  private void checkRead(Transaction transaction, Read read) {
    List<Integer> all = order.getOrDefault(read.key(), List.of());
    if (!isPrefix(read.list(), all)) {
      anomaly("versions without order: " + read + " against " + all, transaction);
    }
    for (int value : read.list()) {
      Transaction writer = writers.get(value);
      if (writer == null || writer.end == End.ABORTED) {
        anomaly("G1a: " + read + " has " + value + " of an aborted transaction", transaction);
      }
    }
    checkIntermediate(transaction, read);
  }

  /** G1b: the last value seen is not the last that its writer appended to the key. */
  private void checkIntermediate(Transaction transaction, Read read) {
    if (read.list().isEmpty()) {
      return;
    }
    int last = read.list().getLast();
    Transaction writer = writers.get(last);
    if (writer == null || writer == transaction) {
      return;
    }
    int lastOfWriter = last;
    for (History.Step step : writer.steps) {
      if (step instanceof Append append && append.key() == read.key()) {
        lastOfWriter = append.value();
      }
    }
    if (lastOfWriter != last) {
      anomaly("G1b: " + read + " is an intermediate state of " + writer, transaction);
    }
  }

  private static boolean isPrefix(List<Integer> part, List<Integer> whole) {
    return part.size() <= whole.size() && whole.subList(0, part.size()).equals(part);
  }

  /** No committed append is lost, none is there twice, none of an aborted transaction is there. */
  private void checkFinals() {
    Set<Integer> present = new HashSet<>();
    finals.forEach(
        (key, list) -> {
          for (int value : list) {
            Transaction writer = writers.get(value);
            if (!present.add(value)) {
              anomalies.add("twice in the end: " + value + " in " + key);
            }
            if (writer == null || writer.end == End.ABORTED) {
              anomalies.add("an aborted append stayed: " + value + " in " + key);
            }
          }
        });
    for (Transaction transaction : transactions) {
      long there = 0;
      long all = 0;
      for (History.Step step : transaction.steps) {
        if (step instanceof Append append) {
          all++;
          there += present.contains(append.value()) ? 1 : 0;
        }
      }
      if (transaction.end == End.COMMITTED && there < all) {
        anomaly("lost update: appends are not there in the end", transaction);
      }
      if (transaction.end == End.UNKNOWN && there > 0) {
        if (there < all) {
          anomaly("half a transaction: some appends are there, some are not", transaction);
        }
        transaction.end = End.COMMITTED;
      }
    }
  }

  private void anomaly(String what, Transaction of) {
    anomalies.add(what + "\n    in " + of);
  }

  private void findDependencies() {
    finals.forEach(
        (key, list) -> {
          for (int i = 1; i < list.size(); i++) {
            edge(overwrites, writers.get(list.get(i - 1)), writers.get(list.get(i)));
          }
        });
    for (Transaction transaction : transactions) {
      if (transaction.end != End.COMMITTED) {
        continue;
      }
      for (History.Step step : transaction.steps) {
        if (step instanceof Read read) {
          List<Integer> all = order.getOrDefault(read.key(), List.of());
          int seen = read.list().size();
          if (seen > 0) {
            edge(informs, writers.get(all.get(seen - 1)), transaction);
          }
          if (seen < all.size()) {
            edge(precedes, transaction, writers.get(all.get(seen)));
          }
        }
      }
    }
  }

  private static void edge(
      Map<Transaction, Set<Transaction>> edges,
      @Nullable Transaction from,
      @Nullable Transaction to) {
    if (from != null && to != null && from != to) {
      edges.computeIfAbsent(from, t -> new HashSet<>()).add(to);
    }
  }

  private void checkCycles(Strictness strictness) {
    report("G0: dirty write", cycle(List.of(overwrites)));
    List<Map<Transaction, Set<Transaction>>> flow = List.of(overwrites, informs);
    report("G1c: circular information flow", cycle(flow));
    switch (strictness) {
      case COMMITTED -> {}
      case SNAPSHOT_READS -> {
        for (Transaction reader : precedes.keySet()) {
          if (reader.isReadOnly()) {
            for (Transaction later : precedes.getOrDefault(reader, Set.of())) {
              report("G-single: read skew", path(later, reader, flow));
            }
          }
        }
      }
      case SERIALIZABLE ->
          report(
              "G2: not serializable (a cycle with at least one rw)",
              cycle(Arrays.asList(overwrites, informs, precedes)));
    }
  }

  private void report(String name, @Nullable List<Transaction> cycle) {
    if (cycle != null) {
      StringBuilder text = new StringBuilder(name);
      cycle.forEach(t -> text.append("\n    ").append(t));
      anomalies.add(text.toString());
    }
  }

  /** A shortest cycle through some transaction that is on one, or null. */
  private @Nullable List<Transaction> cycle(List<Map<Transaction, Set<Transaction>>> edges) {
    // Peel off what has no way in: what is left has a cycle, and each of it a way in from what is
    // left.
    Map<Transaction, Integer> waysIn = new HashMap<>();
    transactions.forEach(t -> waysIn.put(t, 0));
    for (Map<Transaction, Set<Transaction>> kind : edges) {
      kind.forEach((from, all) -> all.forEach(to -> waysIn.merge(to, 1, Integer::sum)));
    }
    ArrayDeque<Transaction> free = new ArrayDeque<>();
    waysIn.forEach((t, count) -> addIfFree(free, t, count));
    while (!free.isEmpty()) {
      Transaction gone = free.remove();
      waysIn.remove(gone);
      for (Map<Transaction, Set<Transaction>> kind : edges) {
        for (Transaction to : kind.getOrDefault(gone, Set.of())) {
          addIfFree(free, to, waysIn.merge(to, -1, Integer::sum));
        }
      }
    }
    for (Transaction left : waysIn.keySet()) {
      for (Map<Transaction, Set<Transaction>> kind : edges) {
        for (Transaction next : kind.getOrDefault(left, Set.of())) {
          List<Transaction> back = path(next, left, edges);
          if (back != null) {
            return back;
          }
        }
      }
    }
    return null;
  }

  private static void addIfFree(ArrayDeque<Transaction> free, Transaction t, int waysIn) {
    if (waysIn == 0) {
      free.add(t);
    }
  }

  /** The shortest way, both ends included, or null. */
  private static @Nullable List<Transaction> path(
      Transaction from, Transaction to, List<Map<Transaction, Set<Transaction>>> edges) {
    Map<Transaction, Transaction> cameFrom = new HashMap<>();
    ArrayDeque<Transaction> frontier = new ArrayDeque<>(List.of(from));
    cameFrom.put(from, from);
    while (!frontier.isEmpty()) {
      Transaction at = frontier.remove();
      if (at == to) {
        List<Transaction> path = new ArrayList<>(List.of(at));
        while (path.getFirst() != from) {
          path.addFirst(cameFrom.get(path.getFirst()));
        }
        return path;
      }
      for (Map<Transaction, Set<Transaction>> kind : edges) {
        for (Transaction next : kind.getOrDefault(at, Set.of())) {
          if (cameFrom.putIfAbsent(next, at) == null) {
            frontier.add(next);
          }
        }
      }
    }
    return null;
  }
}
