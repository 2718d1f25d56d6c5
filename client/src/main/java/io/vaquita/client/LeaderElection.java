package io.vaquita.client;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one leader among all processes that use the same name: whoever holds the named lock. It campaigns on a virtual thread, runs the
 * given work while it leads, interrupts it when leadership is lost, and campaigns again. Thread-safe.
 *
 * <p>Errors reach nobody by exception: what the server or the work throws goes to the {@link System.Logger} {@code io.vaquita.client},
 * and the campaign goes on, after a second where it was the server.
 *
 * <pre>{@code
 * try (LeaderElection election = LeaderElection.start(locks, "billing", leadership -> {
 *   while (leadership.isHeld()) {
 *     billNextCustomer(leadership.token());
 *   }
 * })) {
 *   …
 * }
 * }</pre>
 */
public final class LeaderElection implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger("io.vaquita.client");
  private static final Duration ONE_WAIT = Duration.ofSeconds(30);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

  /** What the leader does. It should end soon after {@code leadership.isHeld()} is false or its thread is interrupted. */
  @FunctionalInterface
  public interface Work {
    /** Leads until it has nothing more to do or leadership ends; what it throws is logged, and ends the leadership. */
    void lead(NamedLock leadership) throws Exception;
  }

  private final NamedLocks locks;
  private final String name;
  private final Work work;
  private final Thread thread;
  private volatile boolean isClosed;
  private volatile @Nullable NamedLock leadership;

  private LeaderElection(NamedLocks locks, String name, Work work) {
    this.locks = locks;
    this.name = name;
    this.work = work;
    this.thread = Thread.ofVirtual().name("vaquita-client-election").unstarted(this::campaign);
  }

  /** Begins to campaign. */
  public static LeaderElection start(NamedLocks locks, String name, Work work) {
    LeaderElection election = new LeaderElection(locks, name, work);
    election.thread.start();
    return election;
  }

  /** Whether this process leads, as far as it knows. */
  public boolean isLeader() {
    NamedLock now = leadership;
    return now != null && now.isHeld();
  }

  private void campaign() {
    while (!isClosed) {
      try (NamedLock lock = locks.acquire(name, ONE_WAIT)) {
        leadership = lock;
        lead(lock);
      } catch (LockTimeoutException e) {
        // another leads; on with the campaign
      } catch (SQLException e) {
        if (!isClosed) {
          LOGGER.log(
              Level.WARNING, "leadership of " + name + " failed or was lost; trying again", e);
          LockSupport.parkNanos(this, AFTER_ERROR.toNanos());
        }
      } finally {
        leadership = null;
      }
    }
  }

  private void lead(NamedLock lock) {
    Thread leading =
        Thread.ofVirtual()
            .name("vaquita-client-leader")
            .start(
                () -> {
                  try {
                    if (!isClosed) {
                      work.lead(lock);
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (Exception e) {
                    LOGGER.log(Level.WARNING, "the leader's work for " + name + " failed", e);
                  }
                });
    lock.onLost(leading::interrupt);
    try {
      leading.join();
    } catch (InterruptedException e) {
      leading.interrupt();
      awaitEnd(leading);
    }
  }

  /** The lock is kept until the work has ended, however long that takes: two leaders are worse than none. */
  private static void awaitEnd(Thread leading) {
    while (true) {
      try {
        leading.join();
        return;
      } catch (InterruptedException e) {
        leading.interrupt();
      }
    }
  }

  /** Resigns: interrupts the work, waits for its end, releases the lock. */
  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
