package io.vaquita.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;

/**
 * The arithmetic of mysql_native_password and caching_sha2_password: what each side computes from a password and a scramble.
 * Stateless. Comparisons take the same time whatever differs.
 */
public final class Passwords {
  private static final int SHA1_BYTES = 20;
  private static final int SHA256_BYTES = 32;

  private Passwords() {}

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static byte[] sha1(byte[]... parts) {
    MessageDigest digest = digest("SHA-1");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static byte[] sha256(byte[]... parts) {
    MessageDigest digest = digest("SHA-256");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static byte[] xor(byte[] a, byte[] b) {
    byte[] result = new byte[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = (byte) (a[i] ^ b[i % b.length]);
    }
    return result;
  }

  /** What a client of mysql_native_password sends; empty without a password. */
  public static byte[] nativeAnswer(String password, byte[] scramble) {
    if (password.isEmpty()) {
      return new byte[0];
    }
    byte[] once = sha1(password.getBytes(StandardCharsets.UTF_8));
    return xor(once, sha1(scramble, sha1(once)));
  }

  /** {@code *} and 40 hexadecimal digits: how mysql_native_password keeps a password. Empty without one. */
  public static String nativeStored(String password) {
    if (password.isEmpty()) {
      return "";
    }
    byte[] twice = sha1(sha1(password.getBytes(StandardCharsets.UTF_8)));
    return "*" + HexFormat.of().withUpperCase().formatHex(twice);
  }

  /** Whether a client's answer proves the password that {@code stored} was made of. */
  public static boolean nativeMatches(String stored, byte[] scramble, byte[] answer) {
    if (stored.isEmpty()) {
      return answer.length == 0;
    }
    if (answer.length != SHA1_BYTES || stored.length() != 1 + 2 * SHA1_BYTES) {
      return false;
    }
    byte[] twice = HexFormat.of().parseHex(stored.substring(1).toLowerCase(Locale.ROOT));
    byte[] once = xor(answer, sha1(scramble, twice));
    return MessageDigest.isEqual(sha1(once), twice);
  }

  /** What a client of caching_sha2_password sends first; empty without a password. */
  public static byte[] sha2Answer(String password, byte[] scramble) {
    if (password.isEmpty()) {
      return new byte[0];
    }
    byte[] once = sha256(password.getBytes(StandardCharsets.UTF_8));
    return xor(once, sha256(sha256(once), scramble));
  }

  /** What the server's cache keeps of a password that a full exchange has proved. */
  public static byte[] sha2Cached(byte[] password) {
    return sha256(sha256(password));
  }

  /** The fast path: whether the answer proves the cached password. */
  public static boolean sha2Matches(byte[] cached, byte[] scramble, byte[] answer) {
    if (answer.length != SHA256_BYTES) {
      return false;
    }
    byte[] once = xor(answer, sha256(cached, scramble));
    return MessageDigest.isEqual(sha256(once), cached);
  }

  /** The password and its NUL, hidden by the scramble and encrypted: the full exchange without TLS. */
  public static byte[] encrypt(String password, byte[] scramble, PublicKey key)
      throws GeneralSecurityException {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, key);
    return cipher.doFinal(xor(Arrays.copyOf(bytes, bytes.length + 1), scramble));
  }

  /** The password without its NUL, out of {@link #encrypt}. */
  public static byte[] decrypt(byte[] encrypted, byte[] scramble, PrivateKey key)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    cipher.init(Cipher.DECRYPT_MODE, key);
    return withoutNul(xor(cipher.doFinal(encrypted), scramble));
  }

  /** What was sent in clear over a secure channel, without its NUL. */
  public static byte[] withoutNul(byte[] clear) {
    int length = clear.length;
    return length > 0 && clear[length - 1] == 0 ? Arrays.copyOf(clear, length - 1) : clear;
  }
}
