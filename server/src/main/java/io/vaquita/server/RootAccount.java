package io.vaquita.server;

import io.vaquita.protocol.Sha256Crypt;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The one account of a new server: root, from anywhere when it has a password, else from this machine. Immutable. */
record RootAccount(Account root) implements Accounts {
  static RootAccount withPassword(String password) {
    if (password.isEmpty()) {
      return new RootAccount(Account.root(""));
    }
    byte[] random = new byte[Sha256Crypt.SALT_BYTES];
    new SecureRandom().nextBytes(random);
    return new RootAccount(
        Account.root(
            Sha256Crypt.store(
                password.getBytes(StandardCharsets.UTF_8), Sha256Crypt.salt(random))));
  }

  @Override
  public @Nullable Account find(String user, String host) {
    boolean isAllowed = !root.stored().isEmpty() || host.equals("localhost");
    return user.equals("root") && isAllowed ? root : null;
  }
}
