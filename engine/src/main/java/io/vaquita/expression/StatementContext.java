package io.vaquita.expression;

import io.vaquita.error.WarningSink;
import io.vaquita.value.Collation;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What expressions see of the running statement and its session. The session implements it. Confined to the statement's thread,
 * except for {@link #isKilled}.
 */
public interface StatementContext extends WarningSink {
  /** The bits of {@link SqlMode}. */
  long sqlMode();

  ZoneId timeZone();

  /** NOW(): fixed for the statement, in microseconds since the epoch (SET timestamp honoured). */
  long statementMicros();

  /** SYSDATE(): the clock. */
  long currentMicros();

  /** LOAD_FILE(): the bytes of a file on the server's side; null when there is none or it may not be read. */
  default @Nullable Slice loadFile(String name) {
    return null;
  }

  /** Whether errors of stored values are errors (strict mode, no IGNORE) or warnings in this statement. */
  boolean isStrict();

  /** Whether the statement changes data (some conditions are errors only then, such as division by zero in strict mode). */
  boolean isDataChange();

  /** Throws 1317 or 3024 when the statement was killed or ran out of time. Cheap; call it at least every few hundred rows. */
  void checkKilled();

  boolean isKilled();

  /** Parks the statement for at most so long, visible as {@code state} in the process list. False when killed meanwhile. */
  boolean sleep(long micros, String state);

  /** What the process list shows that the statement does from now on, for work that takes long; gives what it showed before. */
  String showState(String state);

  Value userVariable(String name);

  void setUserVariable(String name, Value value);

  /** A system variable's value; {@code scope}: null (session or else global), "GLOBAL", "SESSION". 1193 when unknown. */
  Value systemVariable(@Nullable String scope, String name);

  long connectionId();

  /** USER(): name@host as the client gave it. */
  String user();

  /** CURRENT_USER(): the account. */
  String currentUser();

  @Nullable String currentSchema();

  Collation connectionCollation();

  long lastInsertId();

  /** LAST_INSERT_ID(expr). */
  void setLastInsertId(long value);

  /** The value that SET insert_id has given for the next generated one has been used, and is forgotten. */
  void forgetInsertId();

  long foundRows();

  long rowCount();

  int divPrecisionIncrement();

  long groupConcatMaxLength();

  long maxAllowedPacket();

  /** RAND() without a seed, and UUID(). */
  long nextRandom();

  UserLocks userLocks();

  /**
   * State of one expression in this statement, made on first use: the seed of RAND(n), a compiled pattern, a cached constant.
   * Keyed by identity.
   */
  <T> T state(Object expression, Supplier<T> initial);
}
