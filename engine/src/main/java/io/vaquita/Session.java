package io.vaquita;

import io.vaquita.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection's state: account, variables, transaction, temporary tables, prepared statements, named locks. One statement at a
 * time: a session is confined to whoever calls it, except {@link #cancel} and {@link #kill}, which any thread may call.
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

  /** Whether {@link #executeNext} has a statement to run: to be read after a result was closed or exhausted. */
  boolean hasNext();

  Result executeNext();

  /** Allows several statements in one {@link #execute} (CLIENT_MULTI_STATEMENTS, COM_SET_OPTION). Off at first. */
  void allowMultiStatements(boolean allowed);

  /** CLIENT_FOUND_ROWS: affected rows of UPDATE are matched rows. */
  void countFoundRows(boolean matched);

  /** Where LOAD DATA LOCAL INFILE gets files from; null (as at first): 3948 is the answer. */
  void clientFiles(@Nullable ClientFiles files);

  Prepared prepare(String sql);

  /** A prepared statement. Confined to its session. */
  interface Prepared extends AutoCloseable {
    int parameterCount();

    /** Empty when it produces no rows. */
    List<Result.Column> columns();

    Result execute(List<Value> parameters);

    @Override
    void close();
  }

  /** COM_INIT_DB and USE. 1049 when unknown. */
  void useSchema(String name);

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

  /** KILL QUERY: the running statement ends with 1317. No effect when none runs. */
  void cancel();

  /** KILL CONNECTION: as cancel, and the session accepts no further statement. */
  void kill();

  boolean isKilled();

  /** Whether {@link #cancel} or {@link #kill} was said to the running statement. Any thread may ask. */
  boolean isInterrupted();

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
