package io.vaquita.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that clients came from, and what went wrong with their logins: a row each of {@code performance_schema.host_cache}.
 * Thread-safe. A host with {@code max_connect_errors} unfinished handshakes in a row is blocked until it is forgotten. Off while
 * {@code host_cache_size} is 0, as it is at first: behind a proxy or a load balancer one host is everybody.
 */
final class HostCache {
  /** Host names are never looked up, and there are no limits by the hour, no proxies and no other plugins. */
  private static final List<String> NEVER_COUNTED =
      List.of(
          "COUNT_NAMEINFO_TRANSIENT_ERRORS",
          "COUNT_NAMEINFO_PERMANENT_ERRORS",
          "COUNT_FORMAT_ERRORS",
          "COUNT_ADDRINFO_TRANSIENT_ERRORS",
          "COUNT_ADDRINFO_PERMANENT_ERRORS",
          "COUNT_FCRDNS_ERRORS",
          "COUNT_HOST_ACL_ERRORS",
          "COUNT_NO_AUTH_PLUGIN_ERRORS",
          "COUNT_AUTH_PLUGIN_ERRORS",
          "COUNT_PROXY_USER_ERRORS",
          "COUNT_PROXY_USER_ACL_ERRORS",
          "COUNT_SSL_ERRORS",
          "COUNT_MAX_USER_CONNECTIONS_ERRORS",
          "COUNT_MAX_USER_CONNECTIONS_PER_HOUR_ERRORS",
          "COUNT_DEFAULT_DATABASE_ERRORS",
          "COUNT_INIT_CONNECT_ERRORS",
          "COUNT_LOCAL_ERRORS",
          "COUNT_ACCOUNT_LOCKED_ERRORS",
          "COUNT_TEMPORARY_ACCOUNT_LOCKED_ERRORS",
          "COUNT_UNKNOWN_ERRORS");

  private final LongSupplier size;
  private final LongSupplier errorsMax;
  private final Supplier<Instant> now;

  /** The host seen longest ago comes first. */
  @GuardedBy("this")
  private final LinkedHashMap<String, Host> hosts = new LinkedHashMap<>(16, 0.75f, true);

  /** Guarded by the cache. */
  private static final class Host {
    private final Instant firstSeen;
    private Instant lastSeen;
    private @Nullable Instant firstError;
    private @Nullable Instant lastError;
    private long connectErrors;
    private long blocked;
    private long handshakeErrors;
    private long authenticationErrors;

    Host(Instant seen) {
      firstSeen = seen;
      lastSeen = seen;
    }

    void failed(Instant time) {
      firstError = firstError == null ? time : firstError;
      lastError = time;
    }
  }

  /**
   * @param size host_cache_size
   * @param errorsMax max_connect_errors
   */
  HostCache(LongSupplier size, LongSupplier errorsMax, Supplier<Instant> now) {
    this.size = size;
    this.errorsMax = errorsMax;
    this.now = now;
  }

  /** A client has come: whether it must be turned away with 1129. */
  synchronized boolean isBlocked(String address) {
    Host host = find(address);
    if (host == null || host.connectErrors < errorsMax.getAsLong()) {
      return false;
    }
    host.blocked++;
    host.failed(host.lastSeen);
    return true;
  }

  /** A login ended well: what went wrong before does not count any more. */
  synchronized void loggedIn(String address) {
    Host host = find(address);
    if (host != null) {
      host.connectErrors = 0;
    }
  }

  /** A client went away, or sent what is no handshake, before it was known. */
  synchronized void handshakeFailed(String address) {
    Host host = find(address);
    if (host != null) {
      host.connectErrors++;
      host.handshakeErrors++;
      host.failed(host.lastSeen);
    }
  }

  /** A wrong password blocks nobody. */
  synchronized void accessDenied(String address) {
    Host host = find(address);
    if (host != null) {
      host.authenticationErrors++;
      host.failed(host.lastSeen);
    }
  }

  @GuardedBy("this")
  private @Nullable Host find(String address) {
    long max = size.getAsLong();
    if (max == 0) {
      hosts.clear();
      return null;
    }
    Instant time = now.get();
    Host host = hosts.computeIfAbsent(address, a -> new Host(time));
    host.lastSeen = time;
    while (hosts.size() > max) {
      hosts.pollFirstEntry();
    }
    return host;
  }

  /** FLUSH HOSTS. */
  synchronized void forget() {
    hosts.clear();
  }

  synchronized List<Map<String, @Nullable Object>> rows() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    hosts.forEach(
        (address, host) -> {
          Map<String, @Nullable Object> row = new HashMap<>();
          row.put("IP", address);
          row.put("HOST_VALIDATED", "YES");
          row.put("SUM_CONNECT_ERRORS", host.connectErrors);
          row.put("COUNT_HOST_BLOCKED_ERRORS", host.blocked);
          row.put("COUNT_HANDSHAKE_ERRORS", host.handshakeErrors);
          row.put("COUNT_AUTHENTICATION_ERRORS", host.authenticationErrors);
          row.put("FIRST_SEEN", host.firstSeen);
          row.put("LAST_SEEN", host.lastSeen);
          row.put("FIRST_ERROR_SEEN", host.firstError);
          row.put("LAST_ERROR_SEEN", host.lastError);
          NEVER_COUNTED.forEach(column -> row.put(column, 0L));
          rows.add(row);
        });
    return rows;
  }
}
