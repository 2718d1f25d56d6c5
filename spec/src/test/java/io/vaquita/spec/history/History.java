package io.vaquita.spec.history;

import java.util.ArrayList;
import java.util.List;

/** What transactions over lists did and saw. Each transaction is written by its own thread, the whole is read when all have ended. */
final class History {
  enum End {
    COMMITTED,
    ABORTED,
    /** Its COMMIT was not answered. */
    UNKNOWN
  }

  /** One step of a transaction. */
  sealed interface Step {
    int key();
  }

  /**
   * The list as it was seen.
   *
   * @param locking FOR UPDATE: the newest list, whatever else the transaction sees
   */
  record Read(int key, List<Integer> list, boolean locking) implements Step {
    Read(int key, List<Integer> list) {
      this(key, list, false);
    }
  }

  /** A value, unique in the history, put at the list's end. */
  record Append(int key, int value) implements Step {}

  static final class Transaction {
    final int number;
    final List<Step> steps = new ArrayList<>();
    End end = End.ABORTED;

    Transaction(int number) {
      this.number = number;
    }

    /** Whether all it did was consistent reads. */
    boolean isReadOnly() {
      return steps.stream().allMatch(step -> step instanceof Read read && !read.locking());
    }

    @Override
    public String toString() {
      return "T" + number + " " + end + " " + steps;
    }
  }

  private History() {}
}
