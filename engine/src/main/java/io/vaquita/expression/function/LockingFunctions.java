package io.vaquita.expression.function;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expression.Dependence;
import io.vaquita.expression.Frame;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.Utf8;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GET_LOCK and its family, over the session's {@link io.vaquita.expression.UserLocks}. Never folded, evaluated for each row. Stateless. */
final class LockingFunctions {
  /** MySQL waits at most about 68 years. */
  private static final long TIMEOUT_MAX_SECONDS = Integer.MAX_VALUE;

  private static final DataType FLAG = Types.bigint(1, false);

  private LockingFunctions() {}

  static void register() {
    Registry.add("get_lock", 2, LockingFunctions::getLock);
    Registry.add("release_lock", 1, LockingFunctions::releaseLock);
    Registry.add("release_all_locks", 0, LockingFunctions::releaseAll);
    Registry.add("is_free_lock", 1, LockingFunctions::isFree);
    Registry.add("is_used_lock", 1, LockingFunctions::isUsed);
    Registry.add("vaquita_lock_token", 1, LockingFunctions::token);
  }

  private static Head head(String name, List<Expression> a) {
    return Head.of(name, a).depending(Dependence.EVALUATION);
  }

  /** The name; malformed bytes are shown as {@code \xNN}, which the lock table then refuses (3057). */
  private static @Nullable String name(Expression e, Frame frame) {
    Slice name = e.evaluateBytes(frame);
    if (name == null) {
      return null;
    }
    if (Utf8.firstMalformed(name) < 0) {
      return name.toUtf8();
    }
    throw io.vaquita.error.MySqlError.ER_USER_LOCK_WRONG_NAME.exception(shown(name));
  }

  private static String shown(Slice name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      byte b = name.byteAt(i);
      if (b >= 0) {
        out.append((char) b);
      } else {
        out.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static Expression getLock(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        head(name, a),
        FLAG,
        (f, x) -> {
          String lock = name(x[0], f);
          long timeout = x[1].evaluateLong(f);
          if (f.isNull) {
            timeout = 0;
          } else if (timeout < 0 || timeout > TIMEOUT_MAX_SECONDS) {
            timeout = TIMEOUT_MAX_SECONDS;
          }
          boolean taken = f.statement.userLocks().acquire(lock, timeout);
          f.isNull = false;
          return taken ? 1 : 0;
        });
  }

  private static long orNull(@Nullable Long v, Frame frame) {
    frame.isNull = v == null;
    return v == null ? 0 : v;
  }

  private static Expression releaseLock(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        head(name, a), FLAG, (f, x) -> orNull(f.statement.userLocks().release(name(x[0], f)), f));
  }

  private static Expression releaseAll(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        head(name, a).notNull(),
        Types.UNSIGNED,
        (f, x) -> {
          long released = f.statement.userLocks().releaseAll();
          f.isNull = false;
          return released;
        });
  }

  private static Expression isFree(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        head(name, a),
        FLAG,
        (f, x) -> {
          Long holder = f.statement.userLocks().holder(name(x[0], f));
          f.isNull = false;
          return holder == null ? 1 : 0;
        });
  }

  private static Expression isUsed(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        head(name, a),
        Types.UNSIGNED,
        (f, x) -> orNull(f.statement.userLocks().holder(name(x[0], f)), f));
  }

  /** Vaquita's own: the fencing number of a lock that this session holds. */
  private static Expression token(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        head(name, a),
        Types.UNSIGNED,
        (f, x) -> orNull(f.statement.userLocks().token(name(x[0], f)), f));
  }
}
