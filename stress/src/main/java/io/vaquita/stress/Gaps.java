package io.vaquita.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockOwner;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZII_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Gaps that are guarded while keys come and go in them: invariants 5 and 7 of the lock table. */
public final class Gaps {
  private Gaps() {}

  private static void insert(LockOwner owner, java.util.function.LongSupplier timeout) {
    owner.records().acquireInsert(Scene.TREE, Scene.KEY, key -> Scene.SUCCESSOR, timeout);
  }

  /** A scan guards a gap while a key is inserted into it: the scan knows of the insert, or the insert has to wait. */
  @JCStressTest
  @State
  @Outcome(id = "false, 1205", expect = ACCEPTABLE, desc = "the scan was first")
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "the insert was first")
  @Outcome(id = "true, 1205", expect = ACCEPTABLE, desc = "both saw the other")
  @Outcome(expect = FORBIDDEN, desc = "a phantom: neither saw the other")
  public static class GuardAgainstInsert extends Scene {
    @Actor
    public void scan(ZI_Result result) {
      lock(first, SUCCESSOR, LockMode.X_GAP);
      result.r1 = first.records().uncommittedInsert(TREE, null, SUCCESSOR) != null;
    }

    @Actor
    public void insert(ZI_Result result) {
      result.r2 = errorOf(() -> Gaps.insert(second, AT_ONCE));
    }
  }

  /** A scan ends while an insert waits for its gap, or is about to: the insert goes on and is known, nothing else stays. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "inserted")
  @Outcome(expect = FORBIDDEN, desc = "a lost wake-up, an unknown insert or a lock left over")
  public static class ReleaseAgainstInsert extends Scene {
    public ReleaseAgainstInsert() {
      lock(first, SUCCESSOR, LockMode.X_GAP);
    }

    @Actor
    public void scan() {
      first.releaseRows();
    }

    @Actor
    public void insert(III_Result result) {
      result.r1 = errorOf(() -> Gaps.insert(second, LONG));
    }

    @Arbiter
    public void after(III_Result result) {
      boolean isKnown = first.records().uncommittedInsert(TREE, null, null) != null;
      boolean isLocked = !tryLock(first, KEY, LockMode.S_RECORD);
      result.r2 = isKnown && isLocked ? 1 : 0;
      second.releaseRows();
      result.r3 = (int) table.lockCount();
    }
  }

  /**
   * A key goes away and hands the gap lock of another session to its successor, while that session releases all it has: none of its locks
   * is left, and gaps that nobody guards are counted as such.
   */
  @JCStressTest
  @State
  @Outcome(id = "true, 0, 0", expect = ACCEPTABLE, desc = "nothing is left")
  @Outcome(expect = FORBIDDEN, desc = "a lock that came after its owner had gone")
  public static class InheritAgainstRelease extends Scene {
    public InheritAgainstRelease() {
      lock(first, KEY, LockMode.X_GAP);
      lock(second, KEY, LockMode.X_RECORD);
      second.records().beginEnd();
    }

    @Actor
    public void key() {
      second.records().inheritGaps(TREE, KEY, SUCCESSOR);
      second.releaseRows();
    }

    @Actor
    public void guard() {
      first.releaseRows();
    }

    @Arbiter
    public void after(ZII_Result result) {
      result.r1 = isOpen(second, SUCCESSOR);
      result.r2 = first.records().hasGapLocks(TREE) ? 1 : 0;
      result.r3 = (int) table.lockCount();
    }
  }

  /** The same while the guard takes more locks, which go into the same list as what it inherits. */
  @JCStressTest
  @State
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE,
      desc = "the successor's gap was guarded; nothing is left")
  @Outcome(expect = FORBIDDEN, desc = "a guard or a lock went missing")
  public static class InheritAgainstAcquire extends Scene {
    private static final byte[] OTHER = {7};

    public InheritAgainstAcquire() {
      lock(first, KEY, LockMode.X_GAP);
      lock(second, KEY, LockMode.X_RECORD);
      second.records().beginEnd();
    }

    @Actor
    public void key() {
      second.records().inheritGaps(TREE, KEY, SUCCESSOR);
      second.releaseRows();
    }

    @Actor
    public void guard() {
      lock(first, OTHER, LockMode.X_RECORD);
      first.records().release(TREE, OTHER);
    }

    @Arbiter
    public void after(II_Result result) {
      result.r1 = isOpen(second, SUCCESSOR) ? 0 : 1;
      first.releaseRows();
      result.r2 = (int) table.lockCount();
    }
  }

  /** A gap lock comes while its key goes away: the successor's gap is guarded, or the scan waited and sees that the key is gone. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "handed to the successor")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the scan sees that the key is gone")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
  @Outcome(expect = FORBIDDEN, desc = "a gap that nobody guards, or a wait without an end")
  public static class GuardAgainstEnd extends Scene {
    private volatile boolean isGone;

    public GuardAgainstEnd() {
      lock(second, KEY, LockMode.X_RECORD);
    }

    @Actor
    public void key() {
      second.records().beginEnd();
      if (second.records().othersGuardGap(TREE, KEY)) {
        second.records().inheritGaps(TREE, KEY, SUCCESSOR);
      }
      isGone = true;
      second.releaseRows();
    }

    @Actor
    public void scan(II_Result result) {
      int error = errorOf(() -> lock(first, KEY, LockMode.X_GAP));
      result.r1 = error != 0 ? error : isGone ? 1 : 0;
    }

    @Arbiter
    public void after(II_Result result) {
      result.r2 = isOpen(second, SUCCESSOR) ? 0 : 1;
    }
  }

  /** As {@link InheritAgainstRelease}, where the successor goes away as well: what was inherited is inherited again. */
  @JCStressTest
  @State
  @Outcome(id = "true, 0, 0", expect = ACCEPTABLE, desc = "nothing is left")
  @Outcome(expect = FORBIDDEN, desc = "a lock that came after its owner had gone")
  public static class InheritTwiceAgainstRelease extends Scene {
    public InheritTwiceAgainstRelease() {
      lock(first, KEY, LockMode.X_GAP);
      lock(second, KEY, LockMode.X_RECORD);
      lock(second, SUCCESSOR, LockMode.X_RECORD);
      second.records().beginEnd();
    }

    @Actor
    public void keys() {
      second.records().inheritGaps(TREE, KEY, SUCCESSOR);
      second.records().inheritGaps(TREE, SUCCESSOR, LAST);
      second.releaseRows();
    }

    @Actor
    public void guard() {
      first.releaseRows();
    }

    @Arbiter
    public void after(ZII_Result result) {
      result.r1 = isOpen(second, LAST);
      result.r2 = first.records().hasGapLocks(TREE) ? 1 : 0;
      result.r3 = (int) table.lockCount();
    }
  }

  /** A guard gives the record of the successor back while the gap before it becomes its own: the gap stays. */
  @JCStressTest
  @State
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE,
      desc = "the successor's gap is guarded; nothing is left in the end")
  @Outcome(expect = FORBIDDEN, desc = "a gap that nobody guards")
  public static class InheritAgainstUnlock extends Scene {
    public InheritAgainstUnlock() {
      lock(first, KEY, LockMode.X_GAP);
      lock(first, SUCCESSOR, LockMode.X_RECORD);
      lock(second, KEY, LockMode.X_RECORD);
      second.records().beginEnd();
    }

    @Actor
    public void key() {
      second.records().inheritGaps(TREE, KEY, SUCCESSOR);
      second.releaseRows();
    }

    @Actor
    public void guard() {
      first.records().release(TREE, SUCCESSOR);
    }

    @Arbiter
    public void after(II_Result result) {
      result.r1 = isOpen(second, SUCCESSOR) ? 0 : 1;
      first.releaseRows();
      result.r2 = (int) table.lockCount();
    }
  }
}
