package io.vaquita.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * How caching_sha2_password keeps a password: {@code $A$005$}, 20 bytes of salt, 43 characters of digest, the digest being SHA-256
 * crypt (U. Drepper, "Unix crypt using SHA-256 and SHA-512") with 5 times 1000 rounds, the 5 in three hexadecimal digits. Stateless.
 */
public final class Sha256Crypt {
  /** Bytes of salt; none of them may be 0 or {@code $}. */
  public static final int SALT_BYTES = 20;

  /** A longer password is refused, since the digest's cost grows with it. */
  public static final int PASSWORD_BYTES_MAX = 256;

  /** What MySQL 8.4 writes; MySQL 9 writes {@code $A$00A$}. */
  private static final String PREFIX = "$A$005$";

  private static final int ROUNDS_DEFAULT = 5000;
  private static final int ROUNDS_UNIT = 1000;
  private static final int DIGEST_BYTES = 32;
  private static final String ALPHABET =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private Sha256Crypt() {}

  /** The stored form; its bytes are ISO-8859-1 characters because the salt may be any. */
  public static String store(byte[] password, byte[] salt) {
    return PREFIX
        + new String(salt, StandardCharsets.ISO_8859_1)
        + crypt(password, salt, ROUNDS_DEFAULT);
  }

  /** Whether {@code stored} was made of this password. False for what is no stored form. */
  public static boolean matches(String stored, byte[] password) {
    int saltEnd = PREFIX.length() + SALT_BYTES;
    int rounds = rounds(stored);
    if (rounds == 0 || stored.length() <= saltEnd || password.length > PASSWORD_BYTES_MAX) {
      return false;
    }
    byte[] salt = stored.substring(PREFIX.length(), saltEnd).getBytes(StandardCharsets.ISO_8859_1);
    return MessageDigest.isEqual(
        crypt(password, salt, rounds).getBytes(StandardCharsets.ISO_8859_1),
        stored.substring(saltEnd).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** 0 when there is no stored form. */
  private static int rounds(String stored) {
    if (stored.length() < PREFIX.length() || !stored.startsWith("$A$") || stored.charAt(6) != '$') {
      return 0;
    }
    int thousands = 0;
    for (int i = 3; i < 6; i++) {
      int digit = Character.digit(stored.charAt(i), 16);
      if (digit < 0) {
        return 0;
      }
      thousands = thousands * 16 + digit;
    }
    return thousands * ROUNDS_UNIT;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String crypt(byte[] password, byte[] salt, int rounds) {
    MessageDigest digest = sha256();
    byte[] alternate = alternate(digest, password, salt);
    digest.update(password);
    digest.update(salt);
    update(digest, alternate, password.length);
    for (int n = password.length; n > 0; n >>= 1) {
      if ((n & 1) != 0) {
        digest.update(alternate);
      } else {
        digest.update(password);
      }
    }
    byte[] result = digest.digest();
    byte[] passwordBytes = sequence(digest, password, password.length, password.length);
    byte[] saltBytes = sequence(digest, salt, 16 + (result[0] & 0xFF), salt.length);
    for (int round = 0; round < rounds; round++) {
      digest.update((round & 1) != 0 ? passwordBytes : result);
      if (round % 3 != 0) {
        digest.update(saltBytes);
      }
      if (round % 7 != 0) {
        digest.update(passwordBytes);
      }
      digest.update((round & 1) != 0 ? result : passwordBytes);
      result = digest.digest();
    }
    return encode(result);
  }

  private static byte[] alternate(MessageDigest digest, byte[] password, byte[] salt) {
    digest.update(password);
    digest.update(salt);
    digest.update(password);
    return digest.digest();
  }

  /** {@code count} bytes of a digest repeated. */
  private static void update(MessageDigest digest, byte[] bytes, int count) {
    int rest = count;
    for (; rest > DIGEST_BYTES; rest -= DIGEST_BYTES) {
      digest.update(bytes, 0, DIGEST_BYTES);
    }
    digest.update(bytes, 0, rest);
  }

  private static byte[] sequence(MessageDigest digest, byte[] source, int times, int length) {
    for (int i = 0; i < times; i++) {
      digest.update(source);
    }
    byte[] hash = digest.digest();
    byte[] result = new byte[length];
    for (int i = 0; i < length; i++) {
      result[i] = hash[i % DIGEST_BYTES];
    }
    return result;
  }

  /** Groups of three bytes (i, i+10, i+20 in turn), six bits a character, low bits first. */
  private static String encode(byte[] hash) {
    StringBuilder out = new StringBuilder(43);
    int[] place = {0, 10, 20};
    for (int group = 0; group < 10; group++) {
      // the three places change their turns from group to group
      int a = hash[place[(3 - group % 3) % 3] + group] & 0xFF;
      int b = hash[place[(4 - group % 3) % 3] + group] & 0xFF;
      int c = hash[place[(5 - group % 3) % 3] + group] & 0xFF;
      append(out, a << 16 | b << 8 | c, 4);
    }
    append(out, (hash[31] & 0xFF) << 8 | hash[30] & 0xFF, 3);
    return out.toString();
  }

  private static void append(StringBuilder out, int bits, int characters) {
    int rest = bits;
    for (int i = 0; i < characters; i++) {
      out.append(ALPHABET.charAt(rest & 0x3F));
      rest >>= 6;
    }
  }

  /** For {@link #store}: random bytes made fit for a salt. */
  public static byte[] salt(byte[] random) {
    byte[] salt = Arrays.copyOf(random, SALT_BYTES);
    Scramble.restrict(salt);
    return salt;
  }
}
