package io.vaquita.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.vaquita.lock.LockDuration;
import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTarget.MetadataTarget;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two sessions want one lock at the same time. */
public final class MutualExclusion {
  private MutualExclusion() {}

  /** Both ask once and do not wait: one of them gets it. */
  @JCStressTest
  @State
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the first has it")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the second has it")
  @Outcome(expect = FORBIDDEN, desc = "both or neither")
  public static class TryOnce extends Scene {
    @Actor
    public void one(ZZ_Result result) {
      result.r1 = tryLock(first, KEY, LockMode.X_RECORD);
    }

    @Actor
    public void other(ZZ_Result result) {
      result.r2 = tryLock(second, KEY, LockMode.X_RECORD);
    }
  }

  /** Each waits for its turn, changes the row and goes: no change is lost, no waiter is forgotten, no lock stays. */
  @JCStressTest
  @State
  @Outcome(id = "0, 0, 2, 0", expect = ACCEPTABLE, desc = "one after the other")
  @Outcome(expect = FORBIDDEN, desc = "a lost change, a lost wake-up or a lock left over")
  public static class Records extends Scene {
    private void change(LockOwner owner) {
      lock(owner, KEY, LockMode.X_RECORD);
      plain++;
      owner.releaseRows();
    }

    @Actor
    public void one(IIII_Result result) {
      result.r1 = errorOf(() -> change(first));
    }

    @Actor
    public void other(IIII_Result result) {
      result.r2 = errorOf(() -> change(second));
    }

    @Arbiter
    public void after(IIII_Result result) {
      result.r3 = plain;
      result.r4 = (int) table.lockCount();
    }
  }

  /** The same with a metadata lock and a lock of the user. */
  @JCStressTest
  @State
  @Outcome(id = "0, 0, 4, 0", expect = ACCEPTABLE, desc = "one after the other")
  @Outcome(expect = FORBIDDEN, desc = "a lost change, a lost wake-up or a lock left over")
  public static class Names extends Scene {
    private static final MetadataTarget NAME = MetadataTarget.table("test", "t");

    private int named;

    private void change(LockOwner owner) {
      owner.acquireMetadata(NAME, LockMode.EXCLUSIVE, LockDuration.TRANSACTION, LONG);
      plain++;
      owner.releaseTransaction();
      owner.userLocks().acquire("name", 20);
      named++;
      owner.userLocks().release("name");
    }

    @Actor
    public void one(IIII_Result result) {
      result.r1 = errorOf(() -> change(first));
    }

    @Actor
    public void other(IIII_Result result) {
      result.r2 = errorOf(() -> change(second));
    }

    @Arbiter
    public void after(IIII_Result result) {
      result.r3 = plain + named;
      result.r4 = (int) table.lockCount();
    }
  }
}
