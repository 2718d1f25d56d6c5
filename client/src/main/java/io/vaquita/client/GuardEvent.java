package io.vaquita.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that the guard found, and what it did about it. Immutable. What a listener throws is logged and goes no further.
 *
 * <pre>{@code
 * GuardOptions options = GuardOptions.builder().listener(event -> log.warn(event.describe(), event.borrowed())).build();
 * }</pre>
 */
public sealed interface GuardEvent {
  /** One sentence for a log. */
  String describe();

  /** Where the connection was borrowed; null when stack traces are not recorded, or nobody had borrowed it. */
  @Nullable Throwable borrowed();

  /** A connection came back with an open transaction, which was rolled back. */
  record OpenTransactionRolledBack(@Nullable Throwable borrowed) implements GuardEvent {
    @Override
    public String describe() {
      return "a connection was handed back with an open transaction; it was rolled back";
    }
  }

  /** A connection came back with named locks, which were released. */
  record NamedLocksReleased(long count, @Nullable Throwable borrowed) implements GuardEvent {
    @Override
    public String describe() {
      return "a connection was handed back with " + count + " named lock(s); they were released";
    }
  }

  /** A connection is not used again: broken, crossed into another process, too old, or not to be cleaned. */
  record ConnectionDropped(String reason, @Nullable Throwable borrowed) implements GuardEvent {
    @Override
    public String describe() {
      return "a connection was dropped: " + reason;
    }
  }

  /** A connection has been lent for longer than the threshold; it may have been forgotten. */
  record LeakSuspected(Duration lentFor, String borrower, @Nullable Throwable borrowed)
      implements GuardEvent {
    @Override
    public String describe() {
      return "a connection has been lent to thread "
          + borrower
          + " for "
          + lentFor.toSeconds()
          + " s and may have been forgotten";
    }
  }

  /** A connection was used by two threads at once; the second one got a {@link SharedConnectionException}. */
  record SharedUse(String description, @Nullable Throwable borrowed) implements GuardEvent {
    @Override
    public String describe() {
      return description;
    }
  }
}
