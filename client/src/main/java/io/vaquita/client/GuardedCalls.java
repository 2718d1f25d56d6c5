package io.vaquita.client;

import io.vaquita.client.failure.LikelyCause;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a connection, its statements, results and metadata, and lets one call through at a time. JDBC's interfaces have about a
 * thousand methods which all want the same three lines around them, hence {@link Proxy}; what a method needs besides is looked up once.
 * Thread-safe.
 */
final class GuardedCalls {
  /** What a method needs besides the guard. */
  private enum Kind {
    /** equals, hashCode, toString. */
    OBJECT,
    /** May come from another thread at any time: that is what it is for. */
    FROM_OUTSIDE,
    CLOSE_CONNECTION,
    IS_CLOSED,
    /** Of a statement or result; nothing happens once the connection was handed back. */
    CLOSE_PART,
    /** Has a statement's text as its first argument. */
    TEXT,
    SETTING,
    /** A change of the session that the driver makes and a reset undoes. */
    SESSION_CHANGE,
    PLAIN
  }

  private final int queryTimeoutSeconds;
  private final ConcurrentMap<Method, Kind> kinds = new ConcurrentHashMap<>();

  GuardedCalls(GuardOptions options) {
    this.queryTimeoutSeconds =
        (int) Math.min(Integer.MAX_VALUE, (options.queryTimeout().toMillis() + 999) / 1000);
  }

  Connection guard(Lease lease) {
    return (Connection) proxy(Connection.class, new Guard(lease, lease.connection.physical, null));
  }

  private static Object proxy(Class<?> type, Guard guard) {
    return Proxy.newProxyInstance(
        GuardedCalls.class.getClassLoader(), new Class<?>[] {type}, guard);
  }

  private Kind kindOf(Method method) {
    return kinds.computeIfAbsent(method, GuardedCalls::classify);
  }

  private static Kind classify(Method method) {
    if (method.getDeclaringClass() == Object.class) {
      return Kind.OBJECT;
    }
    boolean isConnections = method.getDeclaringClass() == Connection.class;
    return switch (method.getName()) {
      case "cancel", "abort" -> Kind.FROM_OUTSIDE;
      case "close" -> isConnections ? Kind.CLOSE_CONNECTION : Kind.CLOSE_PART;
      case "isClosed" -> isConnections ? Kind.IS_CLOSED : Kind.PLAIN;
      case "setAutoCommit", "setTransactionIsolation", "setReadOnly", "setNetworkTimeout" ->
          isConnections ? Kind.SETTING : Kind.PLAIN;
      case "setCatalog", "setSchema", "setHoldability", "setTypeMap", "setClientInfo" ->
          isConnections ? Kind.SESSION_CHANGE : Kind.PLAIN;
      default -> takesText(method) ? Kind.TEXT : Kind.PLAIN;
    };
  }

  private static boolean takesText(Method method) {
    String name = method.getName();
    return method.getParameterCount() > 0
        && method.getParameterTypes()[0] == String.class
        && (name.startsWith("execute") || name.startsWith("prepare") || name.equals("addBatch"));
  }

  /** Stands before one object. */
  private final class Guard implements InvocationHandler {
    private final Lease lease;
    private final Object target;
    private final @Nullable Object parent;

    Guard(Lease lease, Object target, @Nullable Object parent) {
      this.lease = lease;
      this.target = target;
      this.parent = parent;
    }

    @Override
    public @Nullable Object invoke(
        Object self, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      Kind kind = kindOf(method);
      switch (kind) {
        case OBJECT -> {
          return ofObject(self, method, arguments);
        }
        case FROM_OUTSIDE -> {
          if (method.getName().equals("abort")) {
            lease.broken();
          }
          return lease.isReturned() ? null : call(method, arguments);
        }
        case CLOSE_CONNECTION -> {
          lease.close();
          return null;
        }
        case IS_CLOSED -> {
          return lease.isReturned() || Boolean.TRUE.equals(call(method, arguments));
        }
        case CLOSE_PART -> {
          if (lease.isReturned()) {
            return null;
          }
        }
        case TEXT, SETTING, SESSION_CHANGE, PLAIN -> {}
      }
      lease.enter(name(method));
      try {
        before(kind, method, arguments);
        return wrapped(self, method, call(method, arguments));
      } finally {
        lease.exit();
      }
    }

    private String name(Method method) {
      return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private @Nullable Object ofObject(
        Object self, Method method, @Nullable Object @Nullable [] arguments) {
      return switch (method.getName()) {
        case "equals" -> arguments != null && self == arguments[0];
        case "hashCode" -> System.identityHashCode(self);
        default -> "guarded " + target;
      };
    }

    private void before(Kind kind, Method method, @Nullable Object @Nullable [] arguments)
        throws SQLException {
      switch (kind) {
        case TEXT -> {
          if (arguments != null && arguments[0] instanceof String sql) {
            lease.traces().note(sql);
          }
        }
        case SETTING -> remember(method.getName());
        case SESSION_CHANGE -> lease.traces().add(SessionTraces.Trace.SESSION_STATE);
        case CLOSE_PART -> {
          if (target instanceof Statement statement) {
            lease.closed(statement);
          }
        }
        case OBJECT, FROM_OUTSIDE, CLOSE_CONNECTION, IS_CLOSED, PLAIN -> {}
      }
    }

    private void remember(String setter) throws SQLException {
      Connection physical = lease.connection.physical;
      switch (setter) {
        case "setAutoCommit" -> lease.changes(Lease.Setting.AUTOCOMMIT, physical.getAutoCommit());
        case "setTransactionIsolation" ->
            lease.changes(Lease.Setting.ISOLATION, physical.getTransactionIsolation());
        case "setReadOnly" -> lease.changes(Lease.Setting.READ_ONLY, physical.isReadOnly());
        default -> lease.changes(Lease.Setting.NETWORK_TIMEOUT, physical.getNetworkTimeout());
      }
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
        throws Throwable {
      try {
        return method.invoke(target, arguments);
      } catch (InvocationTargetException e) {
        throw explained(e.getCause() == null ? e : e.getCause());
      }
    }

    private Throwable explained(Throwable thrown) {
      if (!(thrown instanceof SQLException error)) {
        return thrown;
      }
      LikelyCause cause = LikelyCause.of(error);
      if (cause != null && cause.endsTheConnection()) {
        lease.broken();
      }
      return LikelyCause.explained(error);
    }

    /** What comes out of a guarded object is guarded too. */
    private @Nullable Object wrapped(Object self, Method method, @Nullable Object result)
        throws SQLException {
      if (parent instanceof Statement && method.getName().equals("getStatement")) {
        return parent;
      }
      return switch (result) {
        case null -> null;
        case CallableStatement s -> proxy(CallableStatement.class, opened(s, self));
        case PreparedStatement s -> proxy(PreparedStatement.class, opened(s, self));
        case Statement s -> proxy(Statement.class, opened(s, self));
        case ResultSet r -> proxy(ResultSet.class, new Guard(lease, r, self));
        case DatabaseMetaData m -> proxy(DatabaseMetaData.class, new Guard(lease, m, self));
        case Connection c -> connectionOf(self);
        default -> result;
      };
    }

    private Guard opened(Statement statement, Object self) throws SQLException {
      lease.opened(statement);
      if (queryTimeoutSeconds > 0) {
        statement.setQueryTimeout(queryTimeoutSeconds);
      }
      return new Guard(lease, statement, self);
    }

    private Object connectionOf(Object self) {
      Object at = self;
      while (Proxy.getInvocationHandler(at) instanceof Guard guard && guard.parent != null) {
        at = guard.parent;
      }
      return at;
    }
  }
}
