package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

/** Nobody is left out, and nobody waits longer than a round. */
final class RoundsTest {
  private final ConcurrentSkipListSet<Integer> all = new ConcurrentSkipListSet<>();
  private final Rounds<Integer> rounds = new Rounds<>(all);

  private List<Integer> visit(int countMax) {
    List<Integer> visited = new ArrayList<>();
    rounds.visit(countMax, visited::add);
    return visited;
  }

  @Test
  void fewAreVisitedEachTime() {
    all.addAll(List.of(1, 2, 3));
    assertEquals(List.of(1, 2, 3), visit(3));
    assertEquals(List.of(1, 2, 3), visit(100));
    all.remove(2);
    assertEquals(List.of(1, 3), visit(3));
  }

  @Test
  void manyAreVisitedInParts() {
    all.addAll(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    assertEquals(List.of(1, 2, 3, 4), visit(4));
    assertEquals(List.of(5, 6, 7, 8), visit(4));
    assertEquals(List.of(9, 10), visit(4));
    assertEquals(List.of(1, 2, 3, 4), visit(4));
  }

  @Test
  void whoComesLateIsInTheNextRound() {
    all.addAll(List.of(5, 6, 7));
    assertEquals(List.of(5, 6), visit(2));
    all.add(1);
    assertEquals(List.of(7), visit(2));
    assertEquals(List.of(1, 5), visit(2));
  }

  @Test
  void anEmptyCollectionIsNoRound() {
    assertTrue(visit(4).isEmpty());
    all.add(1);
    assertEquals(List.of(1), visit(4));
  }
}
