package io.vaquita.server;

import java.util.Collections;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Visits all of a changing collection again and again, a part at a time. Who comes in the middle of a round is visited in the next one at the
 * latest. Confined to one thread; the collection's iterators must bear changes by others.
 */
final class Rounds<T> {
  private final Iterable<T> all;
  private Iterator<T> round = Collections.emptyIterator();

  Rounds(Iterable<T> all) {
    this.all = all;
  }

  /** Goes on with the round, or begins one when the last is over; ends with it, or after {@code countMax} visits. */
  void visit(int countMax, Consumer<T> visitor) {
    if (!round.hasNext()) {
      round = all.iterator();
    }
    for (int i = 0; i < countMax && round.hasNext(); i++) {
      visitor.accept(round.next());
    }
  }
}
