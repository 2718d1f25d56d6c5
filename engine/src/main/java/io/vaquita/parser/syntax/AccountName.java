package io.vaquita.parser.syntax;

/**
 * An account or role: {@code 'user'@'host'}; the host is {@code %} when not given. Immutable.
 *
 * @param currentUser CURRENT_USER(): {@code user} and {@code host} are then empty
 */
public record AccountName(String user, String host, boolean currentUser) {
  public static final AccountName CURRENT_USER = new AccountName("", "", true);

  public AccountName(String user, String host) {
    this(user, host, false);
  }
}
