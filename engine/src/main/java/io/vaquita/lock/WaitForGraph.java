package io.vaquita.lock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.lock.Queue.WaitList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The wait-for graph over all kinds of locks: searched when a wait begins, by the thread that begins it. Thread-safe.
 *
 * <p>The graph is not stored; an owner's edges are read from the queue it waits in: to the holders of conflicting locks, and to
 * conflicting waits before its own. Searches run one at a time under this object's monitor and visit queues under their shards'
 * monitors one by one (lock order: graph, then shard). Every wait is in its queue before its search begins, so the last of the waits
 * that close a cycle sees all of it. What a search reads at different moments may not have been true together; so a cycle counts only
 * after all its edges were seen a second time while all its members kept waiting, since a waiting owner neither takes nor frees locks.
 *
 * <p>Breadth first, so the shortest cycle is reported. Long queues stay cheap: once a wait without own locks in its queue was
 * expanded, waits before it in the same queue with the same conflicts can only lead to owners that are known already.
 */
final class WaitForGraph {
  private static final int HISTORY_MAX = 128;

  private final LockTable table;

  @GuardedBy("this")
  private long searches;

  @GuardedBy("this")
  private long deadlocks;

  @GuardedBy("this")
  private final ArrayDeque<Deadlock> history = new ArrayDeque<>();

  private volatile Consumer<Deadlock> listener = deadlock -> {};

  WaitForGraph(LockTable table) {
    this.table = table;
  }

  void listener(Consumer<Deadlock> consumer) {
    listener = consumer;
  }

  synchronized List<Deadlock> history() {
    return List.copyOf(history);
  }

  synchronized long deadlockCount() {
    return deadlocks;
  }

  /** Finds the cycles that a wait closes and ends a wait of each. */
  void breakCycles(Wait start) {
    while (start.isWaiting()) {
      Deadlock deadlock = breakOne(start);
      if (deadlock == null) {
        return;
      }
      listener.accept(deadlock);
    }
  }

  private synchronized @Nullable Deadlock breakOne(Wait start) {
    while (start.isWaiting()) {
      List<Wait> cycle = find(start);
      if (cycle == null) {
        return null;
      }
      List<LockEntry> blocking = verify(cycle);
      if (blocking == null) {
        continue;
      }
      int victim = VictimRule.choose(cycle);
      Deadlock deadlock = report(cycle, blocking, victim);
      cycle.get(victim).deadlock = deadlock;
      if (cycle.get(victim).end(Wait.State.DEADLOCK)) {
        deadlocks++;
        history.addLast(deadlock);
        if (history.size() > HISTORY_MAX) {
          history.removeFirst();
        }
        return deadlock;
      }
    }
    return null;
  }

  /** The shortest cycle through {@code start}, beginning with it, each waiting for the next; or null. */
  @GuardedBy("this")
  private @Nullable List<Wait> find(Wait start) {
    long search = ++searches;
    List<Wait> frontier = new ArrayList<>();
    List<LockOwner> blockers = new ArrayList<>();
    frontier.add(start);
    start.owner.visitedBy = search;
    for (int i = 0; i < frontier.size(); i++) {
      Wait wait = frontier.get(i);
      blockers.clear();
      addBlockers(wait, search, blockers);
      for (LockOwner blocker : blockers) {
        if (blocker == start.owner) {
          return path(start, wait);
        }
        Wait next = blocker.waiting().current();
        if (blocker.visitedBy != search && next != null && next.isWaiting()) {
          blocker.visitedBy = search;
          blocker.reachedFrom = wait;
          frontier.add(next);
        }
      }
    }
    return null;
  }

  private static List<Wait> path(Wait start, Wait last) {
    List<Wait> path = new ArrayList<>();
    Wait at = last;
    while (at != start) {
      path.addFirst(at);
      Wait from = at.owner.reachedFrom;
      if (from == null) {
        throw new IllegalStateException("a search lost its way");
      }
      at = from;
    }
    path.addFirst(start);
    return path;
  }

  @GuardedBy("this")
  private void addBlockers(Wait wait, long search, List<LockOwner> blockers) {
    Queue queue = wait.queue;
    synchronized (table.shardOf(queue)) {
      WaitList list = queue.waits;
      if (list == null) {
        return;
      }
      int granted = wait.mode.grantedConflicts();
      int waiting = wait.mode.waitingConflicts();
      if (list.searchedBy == search
          && wait.ticket < list.searchedTicket
          && (granted & ~list.searchedGranted) == 0
          && (waiting & ~list.searchedWaiting) == 0) {
        return;
      }
      int ownModes = 0;
      for (Lock lock = queue.granted; lock != null; lock = lock.nextInQueue) {
        if (lock.owner == wait.owner) {
          ownModes |= lock.modes;
        } else if ((lock.modes & granted) != 0) {
          blockers.add(lock.owner);
        }
      }
      for (Wait w = list.head; w != null && w != wait; w = w.next) {
        if (Queue.yieldsTo(wait.mode, ownModes, w)) {
          blockers.add(w.owner);
        }
      }
      if (ownModes == 0) {
        list.searchedBy = search;
        list.searchedTicket = wait.ticket;
        list.searchedGranted = granted;
        list.searchedWaiting = waiting;
      }
    }
  }

  /** What of each next member stands in each member's way, or null when the cycle is no longer there. */
  private @Nullable List<LockEntry> verify(List<Wait> cycle) {
    List<LockEntry> blocking = new ArrayList<>();
    for (int i = 0; i < cycle.size(); i++) {
      Wait wait = cycle.get(i);
      LockOwner next = cycle.get((i + 1) % cycle.size()).owner;
      LockEntry entry = null;
      for (LockEntry candidate : table.reports().blockersOf(wait)) {
        if (candidate.owner() == next) {
          entry = candidate;
          break;
        }
      }
      if (entry == null) {
        return null;
      }
      blocking.add(entry);
    }
    for (Wait wait : cycle) {
      if (!wait.isWaiting()) {
        return null;
      }
    }
    return blocking;
  }

  @GuardedBy("this")
  private Deadlock report(List<Wait> cycle, List<LockEntry> blocking, int victim) {
    List<Deadlock.Participant> participants = new ArrayList<>();
    for (int i = 0; i < cycle.size(); i++) {
      Wait wait = cycle.get(i);
      OwnerInfo info = wait.owner.info();
      participants.add(
          new Deadlock.Participant(
              wait.owner.id(),
              info.account(),
              info.program(),
              info.statement(),
              table.reports().entryOf(wait),
              blocking.get(i),
              wait.owner.rowsWritten(),
              wait.owner.held(),
              info.work()));
    }
    long wallMicros = table.environment().clock().wallMicros();
    return new Deadlock(deadlocks + 1, wallMicros, participants, victim);
  }
}
