package io.vaquita.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.vaquita.error.MySqlError;
import io.vaquita.lock.Interruption;
import io.vaquita.lock.LockMode;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** A lock goes from its holder to one that waits for it, or was about to. */
public final class Handover {
  private static final int KILLED = MySqlError.ER_QUERY_INTERRUPTED.number();
  private static final int DEADLOCK = MySqlError.ER_LOCK_DEADLOCK.number();

  private Handover() {}

  /** The holder releases while the other asks: it gets the lock, and sees what the holder wrote. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "handed over")
  @Outcome(expect = FORBIDDEN, desc = "a lost wake-up, an old value or a lock too many")
  public static class Release extends Scene {
    public Release() {
      lock(first, KEY, LockMode.X_RECORD);
    }

    @Actor
    public void holder() {
      plain = 1;
      first.releaseRows();
    }

    @Actor
    public void waiter(III_Result result) {
      result.r1 = errorOf(() -> lock(second, KEY, LockMode.X_RECORD));
      result.r2 = plain;
    }

    @Arbiter
    public void after(III_Result result) {
      result.r3 = (int) table.lockCount();
    }
  }

  /** A kill and a grant meet at one waiter: it has the lock, or it has the error and nothing stays behind in the queue. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "granted")
  @Outcome(id = "1317, 0", expect = ACCEPTABLE, desc = "killed, and it holds nothing")
  @Outcome(expect = FORBIDDEN, desc = "a lock without an owner, or a wait without an end")
  public static class KillThenRelease extends Scene {
    public KillThenRelease() {
      lock(first, KEY, LockMode.X_RECORD);
    }

    @Actor
    public void holder() {
      second.interrupt(Interruption.KILL_QUERY);
      first.releaseRows();
    }

    @Actor
    public void waiter(II_Result result) {
      result.r1 = errorOf(() -> lock(second, KEY, LockMode.X_RECORD));
    }

    @Arbiter
    public void after(II_Result result) {
      result.r2 = free(this, result.r1);
    }
  }

  /** As {@link KillThenRelease}, the other way round. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "granted")
  @Outcome(id = "1317, 0", expect = ACCEPTABLE, desc = "killed, and it holds nothing")
  @Outcome(expect = FORBIDDEN, desc = "a lock without an owner, or a wait without an end")
  public static class ReleaseThenKill extends Scene {
    public ReleaseThenKill() {
      lock(first, KEY, LockMode.X_RECORD);
    }

    @Actor
    public void holder() {
      first.releaseRows();
      second.interrupt(Interruption.KILL_QUERY);
    }

    @Actor
    public void waiter(II_Result result) {
      result.r1 = errorOf(() -> lock(second, KEY, LockMode.X_RECORD));
    }

    @Arbiter
    public void after(II_Result result) {
      result.r2 = free(this, result.r1);
    }
  }

  /** Locks held, once it is sure that the waiter's release gives all of them back and that the first session can have the key again. */
  private static int free(Scene scene, int error) {
    int held = (int) scene.table.lockCount();
    scene.second.releaseRows();
    boolean isFree =
        scene.table.lockCount() == 0
            && scene.table.waits().isEmpty()
            && Scene.tryLock(scene.first, Scene.KEY, LockMode.X_RECORD);
    return isFree && (error == 0 || error == KILLED) ? held : -1;
  }

  /** Two sessions want each other's row: one of them is the victim, the other goes on. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1213, 0", expect = ACCEPTABLE, desc = "the second is the victim")
  @Outcome(id = "1213, 0, 0", expect = ACCEPTABLE, desc = "the first is the victim")
  @Outcome(expect = FORBIDDEN, desc = "not found, found twice, or something left over")
  public static class Crosswise extends Scene {
    public Crosswise() {
      lock(first, KEY, LockMode.X_RECORD);
      lock(second, SUCCESSOR, LockMode.X_RECORD);
    }

    @Actor
    public void one(III_Result result) {
      result.r1 = errorOf(() -> lock(first, SUCCESSOR, LockMode.X_RECORD));
      first.releaseRows();
    }

    @Actor
    public void other(III_Result result) {
      result.r2 = errorOf(() -> lock(second, KEY, LockMode.X_RECORD));
      second.releaseRows();
    }

    @Arbiter
    public void after(III_Result result) {
      boolean isCounted = table.deadlockCount() == 1 && result.r1 + result.r2 == DEADLOCK;
      result.r3 = isCounted ? (int) table.lockCount() : -1;
    }
  }
}
