package io.vaquita.client;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a {@link GuardedDataSource} pools, guards and limits. Immutable. A value out of range is an {@link IllegalArgumentException}.
 *
 * <p>Java's drivers wait for ever by default. Here every wait has an end: {@link Duration#ZERO} for a deadline means none, and has to be
 * said.
 *
 * <pre>{@code
 * GuardOptions options = GuardOptions.builder().maximumSize(20).queryTimeout(Duration.ofSeconds(5)).build();
 * }</pre>
 *
 * @param maximumSize physical connections at most, lent and idle together; from 1
 * @param borrowTimeout how long a borrower waits for a free connection
 * @param connectTimeout how long opening a connection, login included, may take
 * @param socketTimeout how long a read from the server may take before the connection is given up (JDBC's network timeout, milliseconds)
 * @param queryTimeout how long a statement may run before the driver cancels it (whole seconds, rounded up); keep it below {@code socketTimeout}
 * @param validateAfterIdle a connection that was idle for longer is asked ({@code isValid}) before it is lent
 * @param idleTimeout a connection that was idle for longer is closed; keep it below the server's {@code wait_timeout}
 * @param lifetime a connection older than this is closed when it comes back
 * @param leakThreshold a connection lent for longer is reported once, with where it was borrowed
 * @param recordsStacks whether borrowing and handing back remember a stack trace, for the messages about misuse (a few microseconds each)
 * @param listener told what was found and mended; called without locks held, on the thread that noticed. It must not throw
 */
public record GuardOptions(
    int maximumSize,
    Duration borrowTimeout,
    Duration connectTimeout,
    Duration socketTimeout,
    Duration queryTimeout,
    Duration validateAfterIdle,
    Duration idleTimeout,
    Duration lifetime,
    Duration leakThreshold,
    boolean recordsStacks,
    Consumer<GuardEvent> listener) {

  /** Throws {@link IllegalArgumentException} for a value out of range, and names it. */
  public GuardOptions {
    if (maximumSize < 1) {
      throw new IllegalArgumentException("maximumSize must be 1 or more, not " + maximumSize);
    }
    notNegative("borrowTimeout", borrowTimeout);
    notNegative("connectTimeout", connectTimeout);
    notNegative("socketTimeout", socketTimeout);
    notNegative("queryTimeout", queryTimeout);
    notNegative("validateAfterIdle", validateAfterIdle);
    notNegative("idleTimeout", idleTimeout);
    notNegative("lifetime", lifetime);
    notNegative("leakThreshold", leakThreshold);
    if (socketTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("socketTimeout is too long: " + socketTimeout);
    }
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
  }

  /** What {@link Builder} starts from. */
  public static GuardOptions defaults() {
    return builder().build();
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Gathers options. Starts with 10 connections; borrow 30 s, connect 10 s, query 60 s, socket 75 s; validated after 5 s, closed after
   * 4 min of idleness or 30 min of life; leaks reported after 2 min; stacks recorded; events to the {@link System.Logger} {@code
   * io.vaquita.client}. Confined to one thread.
   */
  public static final class Builder {
    private int maximumSize = 10;
    private Duration borrowTimeout = Duration.ofSeconds(30);
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration socketTimeout = Duration.ofSeconds(75);
    private Duration queryTimeout = Duration.ofSeconds(60);
    private Duration validateAfterIdle = Duration.ofSeconds(5);
    private Duration idleTimeout = Duration.ofMinutes(4);
    private Duration lifetime = Duration.ofMinutes(30);
    private Duration leakThreshold = Duration.ofMinutes(2);
    private boolean recordsStacks = true;
    private Consumer<GuardEvent> listener = new LoggedEvents();

    private Builder() {}

    /** See {@link GuardOptions#maximumSize}. */
    public Builder maximumSize(int value) {
      this.maximumSize = value;
      return this;
    }

    /** See {@link GuardOptions#borrowTimeout}. */
    public Builder borrowTimeout(Duration value) {
      this.borrowTimeout = value;
      return this;
    }

    /** See {@link GuardOptions#connectTimeout}. */
    public Builder connectTimeout(Duration value) {
      this.connectTimeout = value;
      return this;
    }

    /** See {@link GuardOptions#socketTimeout}. */
    public Builder socketTimeout(Duration value) {
      this.socketTimeout = value;
      return this;
    }

    /** See {@link GuardOptions#queryTimeout}. */
    public Builder queryTimeout(Duration value) {
      this.queryTimeout = value;
      return this;
    }

    /** See {@link GuardOptions#validateAfterIdle}. */
    public Builder validateAfterIdle(Duration value) {
      this.validateAfterIdle = value;
      return this;
    }

    /** See {@link GuardOptions#idleTimeout}. */
    public Builder idleTimeout(Duration value) {
      this.idleTimeout = value;
      return this;
    }

    /** See {@link GuardOptions#lifetime}. */
    public Builder lifetime(Duration value) {
      this.lifetime = value;
      return this;
    }

    /** See {@link GuardOptions#leakThreshold}. */
    public Builder leakThreshold(Duration value) {
      this.leakThreshold = value;
      return this;
    }

    /** See {@link GuardOptions#recordsStacks}. */
    public Builder recordsStacks(boolean value) {
      this.recordsStacks = value;
      return this;
    }

    /** See {@link GuardOptions#listener}. */
    public Builder listener(Consumer<GuardEvent> value) {
      this.listener = value;
      return this;
    }

    /** Throws {@link IllegalArgumentException} for a value out of range. */
    public GuardOptions build() {
      return new GuardOptions(
          maximumSize,
          borrowTimeout,
          connectTimeout,
          socketTimeout,
          queryTimeout,
          validateAfterIdle,
          idleTimeout,
          lifetime,
          leakThreshold,
          recordsStacks,
          listener);
    }
  }
}
