package io.vaquita.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.Frontend;
import io.vaquita.introspection.ServerState.DeadlockView;
import io.vaquita.introspection.ServerState.DeadlockView.ParticipantView;
import io.vaquita.parser.NormalizedText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the engine tells whoever runs it: by SLF4J to the program that embeds it, and to the error log of the server that stands before it.
 * What was said before a server was there is told to it when it comes. Thread-safe.
 */
final class Reports {
  private static final int EARLY_MAX = 100;

  /** As many as the lock table remembers. */
  private static final int DEADLOCKS_MAX = 128;

  /** A line. Immutable. */
  private record Report(Frontend.Event event, long connectionId, String text) {
    void tell(Frontend frontend) {
      frontend.report(event, connectionId, text);
    }
  }

  @GuardedBy("this")
  private @Nullable Frontend frontend;

  @GuardedBy("this")
  private final List<Report> early = new ArrayList<>();

  @GuardedBy("this")
  private final TreeMap<Long, DeadlockView> deadlocks = new TreeMap<>();

  /** A deadlock with the names and values of its time, which tables that were dropped since have no more; null before it was reported. */
  synchronized @Nullable DeadlockView reported(long deadlockNumber) {
    return deadlocks.get(deadlockNumber);
  }

  void attach(@Nullable Frontend newFrontend) {
    List<Report> said;
    synchronized (this) {
      frontend = newFrontend;
      if (newFrontend == null) {
        return;
      }
      said = List.copyOf(early);
      early.clear();
    }
    said.forEach(report -> report.tell(newFrontend));
  }

  void deadlock(DeadlockView deadlock) {
    synchronized (this) {
      deadlocks.put(deadlock.number(), deadlock);
      if (deadlocks.size() > DEADLOCKS_MAX) {
        deadlocks.pollFirstEntry();
      }
    }
    ParticipantView victim = deadlock.participants().get(deadlock.victim());
    report(Frontend.Event.DEADLOCK, victim.connectionId(), line(deadlock, victim));
  }

  /** As in {@code vaquita.deadlocks}, but in one line and without the values of statements and rows. */
  private static String line(DeadlockView deadlock, ParticipantView victim) {
    StringBuilder text = new StringBuilder("deadlock ").append(deadlock.number()).append(':');
    for (ParticipantView each : deadlock.participants()) {
      text.append(" connection ").append(each.connectionId()).append(" (").append(each.account());
      if (each.program() != null) {
        text.append(", ").append(each.program());
      }
      text.append(") waits for ").append(each.waitsFor().describeWithoutData());
      text.append(", where connection ").append(each.blockedBy().connectionId());
      text.append(each.blockedBy().granted() ? " holds " : " waits before it for ");
      text.append(each.blockedBy().mode()).append("; statement: ");
      text.append(each.statement() == null ? "none" : NormalizedText.of(each.statement(), 0));
      text.append('.');
    }
    return text.append(" Connection ").append(victim.connectionId()).append(" loses.").toString();
  }

  void refusedVariable(String text) {
    report(Frontend.Event.REFUSED_VARIABLE, 0, text);
  }

  private void report(Frontend.Event event, long connectionId, String text) {
    Failures.log(text);
    Report report = new Report(event, connectionId, text);
    Frontend there;
    synchronized (this) {
      there = frontend;
      if (there == null && early.size() < EARLY_MAX) {
        early.add(report);
      }
    }
    if (there != null) {
      report.tell(there);
    }
  }
}
