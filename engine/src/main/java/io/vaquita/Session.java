package io.vaquita;

import io.vaquita.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection's state: account, variables, transaction, temporary tables, prepared statements, named locks. One statement at a
 * time: a session is confined to whoever calls it, except {@link #cancel} and {@link #kill}, which any thread may call. It runs on the
 * calling thread, of whatever kind, and may go from thread to thread between statements.
 *
 * <p>A thread that is interrupted in a call ({@link Thread#interrupt}) ends its statement as {@link #cancel} does where it waits for a
 * lock or sleeps, or as soon as it does: 1317, and the session goes on. What computes runs to its end, and a commit is never left half done.
 * The thread stays marked as interrupted.
 *
 * <p>Errors: every method that runs a statement throws a {@link io.vaquita.error.DatabaseException} with MySQL's number, SQLSTATE and text;
 * after 1213 the transaction is gone, after other errors only the statement. A session of a closed database, or one that was killed,
 * throws 1317 or 1053.
 *
 * <pre>{@code
 * try (Session session = database.connect("shop")) {
 *   session.execute("INSERT INTO stock VALUES (?, ?, ?)", 1, "net", new BigDecimal("9.50")).close();
 *   session.execute("START TRANSACTION").close();
 *   session.execute("UPDATE stock SET pieces = pieces - 1 WHERE id = ?", 1).close();
 *   session.execute("COMMIT").close();
 * }
 * }</pre>
 */
public interface Session extends AutoCloseable {
  /** CONNECTION_ID(). */
  long id();

  /**
   * Runs the first statement of {@code sql}. With multi-statements allowed, further ones run by {@link #executeNext}.
   *
   * <p>Bytes of a client's text that are no character of its character set come as lone surrogates U+DC80 to U+DCFF (U+DC00 + byte),
   * so that {@code _binary'…'} keeps them: {@link io.vaquita.value.Slice#utf8} makes them the same bytes again.
   *
   * @throws io.vaquita.error.DatabaseException as MySQL would answer
   */
  Result execute(String sql);

  /**
   * Runs one statement with values for its {@code ?}: as {@link #prepare} and {@link Prepared#execute(Object...)}, and the session keeps
   * the statements that it prepared for its latest texts. So a text run again costs no parsing, and values never become part of the text.
   *
   * @param parameters as {@link Prepared#execute(Object...)} takes them
   * @throws io.vaquita.error.DatabaseException as MySQL would answer; 1210 when there are more or fewer than the text has {@code ?},
   *     1295 for statements that cannot be prepared
   */
  Result execute(String sql, @Nullable Object... parameters);

  /** Whether {@link #executeNext} has a statement to run: to be read after a result was closed or exhausted. */
  boolean hasNext();

  /**
   * Runs the next statement of the text that {@link #execute(String)} was given.
   *
   * @throws IllegalStateException when there is none
   */
  Result executeNext();

  /** Allows several statements in one {@link #execute} (CLIENT_MULTI_STATEMENTS, COM_SET_OPTION). Off at first. */
  void allowMultiStatements(boolean allowed);

  /** CLIENT_FOUND_ROWS: affected rows of UPDATE are matched rows. */
  void countFoundRows(boolean matched);

  /** Where LOAD DATA LOCAL INFILE gets files from; null (as at first): 3948 is the answer. */
  void clientFiles(@Nullable ClientFiles files);

  /**
   * Parses a statement with {@code ?} for values, to be run many times.
   *
   * @throws io.vaquita.error.DatabaseException 1064, 1146 and so on, as running it would; 1295 for statements that cannot be prepared
   */
  Prepared prepare(String sql);

  /**
   * A prepared statement. Confined to its session, and good until that is reset or closed. It follows changes of the tables: it is planned
   * again when they have changed.
   *
   * <pre>{@code
   * try (Session.Prepared insert = session.prepare("INSERT INTO t VALUES (?, ?)")) {
   *   for (int i = 0; i < 1000; i++) {
   *     insert.execute(i, "row " + i).close();
   *   }
   * }
   * }</pre>
   */
  interface Prepared extends AutoCloseable {
    /** How many {@code ?} there are. */
    int parameterCount();

    /** Empty when it produces no rows. As of {@link #prepare}; a {@link Result} has those of its run. */
    List<Result.Column> columns();

    /**
     * Runs it with Java's values: null, Boolean, Byte, Short, Integer, Long, BigInteger, Float, Double, BigDecimal, Character and
     * CharSequence, byte[], LocalDate, LocalDateTime, LocalTime, Duration (a TIME), Instant, OffsetDateTime and ZonedDateTime (as DATETIME
     * in the session's time zone), UUID (its text), {@link Value}.
     *
     * @throws IllegalArgumentException for a value of another class, or one that no MySQL type can hold
     * @throws io.vaquita.error.DatabaseException as MySQL would answer; 1210 for a wrong number of values
     */
    Result execute(@Nullable Object... parameters);

    /** Runs it with the engine's own values, which saves the conversion. */
    Result execute(List<Value> parameters);

    /** Forgets the statement. Idempotent. */
    @Override
    void close();
  }

  /** COM_INIT_DB and USE. 1049 when unknown, 1046 for an empty name. */
  void useSchema(String name);

  /** What names without a schema belong to; null when none was chosen. */
  @Nullable String currentSchema();

  /** What OK packets carry: autocommit, open transaction, NO_BACKSLASH_ESCAPES and so on (the wire's status bits). */
  int statusFlags();

  /**
   * Changes since the last call that a client with CLIENT_SESSION_TRACK is told: variable name to value, {@code schema} under the
   * key {@code ""}. Empty when nothing changed.
   */
  Map<String, String> takeTrackedChanges();

  /** A variable of the session as text, for the protocol layer: character_set_results, net_write_timeout, … */
  String variable(String name);

  /**
   * Grows whenever a variable that this session sees was set, here or globally: the protocol layer reads its few variables again
   * only then.
   */
  long variablesVersion();

  /** COM_CHANGE_USER, after the client has proved who it is: as {@link #reset}, with another account and schema. */
  void changeUser(ConnectOptions options);

  /** COM_RESET_CONNECTION. */
  void reset();

  /** What the process list shows while no statement runs (Sleep, Init DB, …), and while the protocol layer waits or writes. */
  void setCommand(String command, String state);

  /**
   * The session's thread is about to wait until its client takes more of a result: another long statement may compute meanwhile. Only a hint,
   * to be given by the session's thread.
   */
  void awaitsClient();

  /** KILL QUERY: the running statement ends with 1317. No effect when none runs. */
  void cancel();

  /** KILL CONNECTION: as cancel, and the session accepts no further statement. */
  void kill();

  /** Whether {@link #kill} was said. Any thread may ask. */
  boolean isKilled();

  /** Whether {@link #cancel} or {@link #kill} was said to the running statement. Any thread may ask. */
  boolean isInterrupted();

  /**
   * Whether the running statement waits for a lock, and neither a grant nor anything else has ended the wait yet. Any thread may ask;
   * to wait until it is so: {@link Database#awaitBlocked}.
   */
  boolean isBlocked();

  /**
   * Puts a warning of the layer above into SHOW WARNINGS of the next statement. Any thread may call it.
   *
   * @param number the warning's code, as of MySQL's errors
   */
  void warn(int number, String message);

  /**
   * The statement that ran last or still runs, values replaced by {@code ?}, for logs; empty before the first. Any thread may ask.
   */
  String lastStatement();

  /** Rolls back, drops temporary tables, releases all locks, named ones last. Idempotent. */
  @Override
  void close();
}
