package io.vaquita.spec.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.spec.history.History.Append;
import io.vaquita.spec.history.History.End;
import io.vaquita.spec.history.History.Read;
import io.vaquita.spec.history.History.Step;
import io.vaquita.spec.history.History.Transaction;
import io.vaquita.spec.history.HistoryChecker.Strictness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker finds each anomaly in a history made by hand, and none where there is none. */
final class HistoryCheckerTest {
  private static int count;

  private static Transaction transaction(End end, Step... steps) {
    Transaction t = new Transaction(++count);
    t.steps.addAll(List.of(steps));
    t.end = end;
    return t;
  }

  private static Transaction committed(Step... steps) {
    return transaction(End.COMMITTED, steps);
  }

  private static void finds(
      String name, Strictness at, Map<Integer, List<Integer>> finals, Transaction... all) {
    List<String> found = HistoryChecker.check(List.of(all), finals, at);
    assertTrue(found.stream().anyMatch(f -> f.startsWith(name)), () -> name + " not in " + found);
  }

  private static void findsNothing(
      Strictness at, Map<Integer, List<Integer>> finals, Transaction... all) {
    assertEquals(List.of(), HistoryChecker.check(List.of(all), finals, at));
  }

  @Test
  void aCleanHistory() {
    findsNothing(
        Strictness.SERIALIZABLE,
        Map.of(1, List.of(10, 11), 2, List.of(20)),
        committed(new Append(1, 10), new Append(2, 20)),
        committed(new Read(1, List.of(10)), new Append(1, 11)),
        committed(new Read(1, List.of(10, 11)), new Read(2, List.of(20))));
  }

  @Test
  void dirtyWrites() {
    finds(
        "G0",
        Strictness.COMMITTED,
        Map.of(1, List.of(10, 11), 2, List.of(21, 20)),
        committed(new Append(1, 10), new Append(2, 20)),
        committed(new Append(1, 11), new Append(2, 21)));
  }

  @Test
  void abortedAndIntermediateReads() {
    finds(
        "G1a",
        Strictness.COMMITTED,
        Map.of(1, List.of()),
        transaction(End.ABORTED, new Append(1, 10)),
        committed(new Read(1, List.of(10))));
    finds(
        "G1b",
        Strictness.COMMITTED,
        Map.of(1, List.of(10, 11)),
        committed(new Append(1, 10), new Append(1, 11)),
        committed(new Read(1, List.of(10))));
  }

  @Test
  void circularInformationFlow() {
    finds(
        "G1c",
        Strictness.COMMITTED,
        Map.of(1, List.of(10), 2, List.of(20)),
        committed(new Append(1, 10), new Read(2, List.of(20))),
        committed(new Append(2, 20), new Read(1, List.of(10))));
  }

  @Test
  void lostUpdates() {
    finds(
        "lost update",
        Strictness.COMMITTED,
        Map.of(1, List.of(11)),
        committed(new Append(1, 10)),
        committed(new Append(1, 11)));
  }

  @Test
  void readSkew() {
    Transaction[] skew = {
      committed(new Append(1, 10), new Append(2, 20)),
      committed(new Read(1, List.of()), new Read(2, List.of(20)))
    };
    Map<Integer, List<Integer>> finals = Map.of(1, List.of(10), 2, List.of(20));
    finds("G-single", Strictness.SNAPSHOT_READS, finals, skew);
    findsNothing(Strictness.COMMITTED, finals, skew);
  }

  @Test
  void writeSkew() {
    Transaction[] skew = {
      committed(new Read(1, List.of()), new Append(2, 20)),
      committed(new Read(2, List.of()), new Append(1, 10))
    };
    Map<Integer, List<Integer>> finals = Map.of(1, List.of(10), 2, List.of(20));
    finds("G2", Strictness.SERIALIZABLE, finals, skew);
    findsNothing(Strictness.SNAPSHOT_READS, finals, skew);
  }

  @Test
  void aCommitWithoutAnswerIsWholeOrNothing() {
    Map<Integer, List<Integer>> finals = Map.of(1, List.of(10), 2, List.of());
    finds(
        "half",
        Strictness.COMMITTED,
        finals,
        transaction(End.UNKNOWN, new Append(1, 10), new Append(2, 20)));
    findsNothing(Strictness.SERIALIZABLE, finals, transaction(End.UNKNOWN, new Append(1, 10)));
  }
}
