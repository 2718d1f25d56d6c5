package io.vaquita.session;

import io.vaquita.error.MySqlError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All open sessions by connection id: for KILL and the process list. Thread-safe. */
final class SessionRegistry {
  private final ConcurrentHashMap<Long, EngineSession> sessions = new ConcurrentHashMap<>();
  private final AtomicLong nextId = new AtomicLong(8);

  /** Ids are 32 bits, increasing, never 0. MySQL's own threads take the first ones, so clients expect small gaps. */
  long nextId() {
    while (true) {
      long id = nextId.getAndIncrement() & 0xFFFF_FFFFL;
      if (id != 0 && !sessions.containsKey(id)) {
        return id;
      }
    }
  }

  void add(EngineSession session) {
    sessions.put(session.id(), session);
  }

  void remove(EngineSession session) {
    sessions.remove(session.id(), session);
  }

  @Nullable EngineSession find(long id) {
    return sessions.get(id);
  }

  /** The session, or 1094. */
  EngineSession get(long id) {
    EngineSession session = sessions.get(id);
    if (session == null) {
      throw MySqlError.ER_NO_SUCH_THREAD.exception(Long.toUnsignedString(id));
    }
    return session;
  }

  /** By id. */
  List<EngineSession> all() {
    Collection<EngineSession> open = sessions.values();
    List<EngineSession> sorted = new ArrayList<>(open);
    sorted.sort(Comparator.comparingLong(EngineSession::id));
    return sorted;
  }

  int count() {
    return sessions.size();
  }
}
