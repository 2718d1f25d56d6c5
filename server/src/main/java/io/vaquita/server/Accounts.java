package io.vaquita.server;

import io.vaquita.protocol.AuthenticationPlugin;
import org.jspecify.annotations.Nullable;

/** Who may connect. Thread-safe. */
@FunctionalInterface
interface Accounts {
  /** The account that a client of {@code host} with this user name has, or null. */
  @Nullable Account find(String user, String host);

  /**
   * An account. Immutable.
   *
   * @param host as the account was created with: part of error messages and of the cache's key
   * @param stored the plugin's form of the password; empty without one
   */
  record Account(String user, String host, String plugin, String stored, boolean isAdministrator) {
    static Account root(String stored) {
      return new Account("root", "localhost", AuthenticationPlugin.CACHING_SHA2, stored, true);
    }
  }
}
