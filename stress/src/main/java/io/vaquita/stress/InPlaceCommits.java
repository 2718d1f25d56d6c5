package io.vaquita.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.vaquita.store.CommitDurability;
import io.vaquita.store.Snapshot;
import io.vaquita.store.Store;
import io.vaquita.store.Stores;
import io.vaquita.store.WriteBatch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A store in memory changes the pages of a version in place when that is nobody's: who reads meanwhile sees all of a commit or nothing, and
 * goes on to see the same for as long as the version is theirs.
 */
public final class InPlaceCommits {
  private static final int TREE = 16;
  private static final byte[] FIRST = {1};
  private static final byte[] LAST = {9};

  private InPlaceCommits() {}

  /** Two keys that every commit gives the same value. */
  abstract static class Pairs {
    final Store store = Stores.inMemory();

    Pairs() {
      // twice, so that the newest version's pages are its own and the next commit may change them
      set(0);
      set(0);
    }

    final void set(int value) {
      WriteBatch batch = new WriteBatch();
      batch.put(TREE, FIRST, new byte[] {(byte) value});
      batch.put(TREE, LAST, new byte[] {(byte) value});
      store.commit(batch, CommitDurability.SYNCED);
    }

    static int get(Snapshot snapshot, byte[] key) {
      byte[] value = snapshot.get(TREE, key);
      return value == null ? -1 : value[0];
    }
  }

  /** A look that is given back. */
  @JCStressTest
  @State
  @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "before the commit")
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "after the commit")
  @Outcome(expect = FORBIDDEN, desc = "half of a commit, or none in the end")
  public static class Borrowed extends Pairs {
    @Actor
    public void commits() {
      set(1);
    }

    @Actor
    public void looks(III_Result result) {
      Snapshot borrowed = store.borrow();
      result.r1 = get(borrowed, FIRST);
      result.r2 = get(borrowed, LAST);
      store.giveBack(borrowed);
    }

    @Arbiter
    public void after(III_Result result) {
      result.r3 = get(store.snapshot(), LAST);
    }
  }

  /** A snapshot that is kept while two commits go by. */
  @JCStressTest
  @State
  @Outcome(id = "0, 0, 0, 2", expect = ACCEPTABLE, desc = "before both")
  @Outcome(id = "1, 1, 1, 2", expect = ACCEPTABLE, desc = "between them")
  @Outcome(id = "2, 2, 2, 2", expect = ACCEPTABLE, desc = "after both")
  @Outcome(expect = FORBIDDEN, desc = "a snapshot that changes, or half of a commit")
  public static class Kept extends Pairs {
    private @Nullable Snapshot kept;

    @Actor
    public void commits() {
      set(1);
      set(2);
    }

    @Actor
    public void looks(IIII_Result result) {
      Snapshot snapshot = store.snapshot();
      result.r1 = get(snapshot, FIRST);
      result.r2 = get(snapshot, LAST);
      kept = snapshot;
    }

    @Arbiter
    public void after(IIII_Result result) {
      Snapshot snapshot = Objects.requireNonNull(kept);
      int last = get(snapshot, LAST);
      result.r3 = get(snapshot, FIRST) == last ? last : -1;
      result.r4 = get(store.snapshot(), LAST);
    }
  }

  /** Two commit, each its own key: none is lost. */
  @JCStressTest
  @State
  @Outcome(id = "1, 2, 4", expect = ACCEPTABLE, desc = "one after the other")
  @Outcome(expect = FORBIDDEN, desc = "a lost commit")
  public static class TwoWriters extends Pairs {
    private void put(byte[] key, int value) {
      WriteBatch batch = new WriteBatch();
      batch.put(TREE, key, new byte[] {(byte) value});
      store.commit(batch, CommitDurability.SYNCED);
    }

    @Actor
    public void one() {
      put(FIRST, 1);
    }

    @Actor
    public void other() {
      put(LAST, 2);
    }

    @Arbiter
    public void after(III_Result result) {
      result.r1 = get(store.snapshot(), FIRST);
      result.r2 = get(store.snapshot(), LAST);
      result.r3 = (int) store.position();
    }
  }
}
