package io.vaquita.server;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.AuthenticationPlugin;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.Passwords;
import io.vaquita.protocol.Scramble;
import io.vaquita.protocol.Sha256Crypt;
import io.vaquita.server.Accounts.Account;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients prove who they are: the plugins' exchanges from the client's first answer on. Thread-safe; one for the server.
 *
 * <p>An unknown user goes through the same exchange as a known one and fails at its end, so that names cannot be tried.
 */
final class Authenticator {
  private static final int SHA2_ANSWER_BYTES = 32;

  private final Accounts accounts;
  private final ServerKeys keys;
  private static final int PROOF_WAIT_SECONDS = 10;

  private final Semaphore proofs =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
  private final SecureRandom random = new SecureRandom();

  /** Passwords that a full exchange has proved, by user@host and stored form: a changed password is not found. */
  private final ConcurrentHashMap<String, byte[]> proved = new ConcurrentHashMap<>();

  Authenticator(Accounts accounts, ServerKeys keys) {
    this.accounts = accounts;
    this.keys = keys;
  }

  /** The connection through which an exchange goes. */
  record Exchange(PacketReader in, PacketWriter out, boolean isSecure) {
    byte[] ask() throws IOException {
      out.flush();
      in.expect(out.sequence());
      if (!in.read()) {
        throw new EOFException("the client left while it was asked for its password");
      }
      out.sequence(in.nextSequence());
      return Arrays.copyOfRange(in.array(), in.offset(), in.offset() + in.length());
    }
  }

  /**
   * What a client claims.
   *
   * @param plugin empty when it named none
   */
  record Claim(String user, String host, String plugin, byte[] answer, byte[] scramble) {}

  byte[] newScramble() {
    byte[] scramble = new byte[Scramble.BYTES];
    random.nextBytes(scramble);
    Scramble.restrict(scramble);
    return scramble;
  }

  /**
   * Goes through the exchange.
   *
   * @throws DatabaseException 1045
   */
  Account authenticate(Claim claim, Exchange exchange) throws IOException {
    Account account = accounts.find(claim.user(), claim.host());
    String plugin = account == null ? AuthenticationPlugin.CACHING_SHA2 : account.plugin();
    byte[] answer = claim.answer();
    byte[] scramble = claim.scramble();
    if (!claim.plugin().equals(plugin)) {
      scramble = newScramble();
      AuthenticationPlugin.writeSwitch(exchange.out(), plugin, scramble);
      answer = exchange.ask();
    }
    boolean isProved =
        plugin.equals(AuthenticationPlugin.NATIVE_PASSWORD)
            ? account != null && Passwords.nativeMatches(account.stored(), scramble, answer)
            : provesSha2(account, scramble, answer, exchange);
    if (!isProved || account == null) {
      boolean hasPassword = answer.length > 1 || answer.length == 1 && answer[0] != 0;
      throw denied(claim.user(), claim.host(), hasPassword);
    }
    return account;
  }

  static DatabaseException denied(String user, String host, boolean hasPassword) {
    return MySqlError.ER_ACCESS_DENIED_ERROR.exception(user, host, hasPassword ? "YES" : "NO");
  }

  private boolean provesSha2(
      @Nullable Account account, byte[] scramble, byte[] answer, Exchange exchange)
      throws IOException {
    if (answer.length == 0 || answer.length == 1 && answer[0] == 0) {
      return account != null && account.stored().isEmpty();
    }
    if (answer.length != SHA2_ANSWER_BYTES) {
      return false;
    }
    byte[] cached = account == null ? null : proved.get(cacheKey(account));
    if (cached != null && Passwords.sha2Matches(cached, scramble, answer)) {
      AuthenticationPlugin.writeMoreData(exchange.out(), new byte[] {AuthenticationPlugin.FAST_OK});
      return true;
    }
    AuthenticationPlugin.writeMoreData(
        exchange.out(), new byte[] {AuthenticationPlugin.FULL_EXCHANGE});
    byte[] password = askPassword(scramble, exchange);
    if (password == null || account == null || account.stored().isEmpty()) {
      return false;
    }
    boolean matches = matches(account.stored(), password);
    if (matches) {
      proved.put(cacheKey(account), Passwords.sha2Cached(password));
    }
    return matches;
  }

  /** Thousands of rounds of hashing: a storm of logins waits here, and leaves the processors to those who are in. */
  private boolean matches(String stored, byte[] password) {
    try {
      if (!proofs.tryAcquire(PROOF_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw MySqlError.ER_CON_COUNT_ERROR.exception();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MySqlError.ER_SERVER_SHUTDOWN.exception();
    }
    try {
      return Sha256Crypt.matches(stored, password);
    } finally {
      proofs.release();
    }
  }

  private static String cacheKey(Account account) {
    return account.user() + '@' + account.host() + '\0' + account.stored();
  }

  /** The password itself: in clear over TLS and Unix sockets, encrypted elsewhere. */
  private byte @Nullable [] askPassword(byte[] scramble, Exchange exchange) throws IOException {
    byte[] sent = exchange.ask();
    if (exchange.isSecure()) {
      return Passwords.withoutNul(sent);
    }
    try {
      if (sent.length == 1 && sent[0] == AuthenticationPlugin.REQUEST_KEY) {
        String pem = Pem.write("PUBLIC KEY", keys.rsa().getPublic().getEncoded());
        AuthenticationPlugin.writeMoreData(exchange.out(), pem.getBytes(StandardCharsets.US_ASCII));
        sent = exchange.ask();
      }
      return Passwords.decrypt(sent, scramble, keys.rsa().getPrivate());
    } catch (GeneralSecurityException e) {
      return null;
    }
  }
}
