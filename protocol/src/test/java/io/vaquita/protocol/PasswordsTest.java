package io.vaquita.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Passwords: what both sides compute agrees, and agrees with what a MySQL server stores. */
final class PasswordsTest {
  private static final byte[] SCRAMBLE =
      "abcdefghijklmnopqrst".getBytes(StandardCharsets.ISO_8859_1);

  @Test
  void storedFormOfAMySqlServer() {
    // authentication_string of CREATE USER … IDENTIFIED BY 'sesam' on MySQL 9.7
    byte[] stored =
        HexFormat.of()
            .parseHex(
                "24412430304124082A394B0E4F662A0E017A4B1A2A4404271B66296E34744A43336C754C576C42303930376C724644746835626A544866626C7456546A4279453559536D6D2F");
    String text = new String(stored, StandardCharsets.ISO_8859_1);
    assertTrue(Sha256Crypt.matches(text, "sesam".getBytes(StandardCharsets.UTF_8)));
    assertFalse(Sha256Crypt.matches(text, "Sesam".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void storingAndMatching() {
    byte[] salt = Sha256Crypt.salt("01234567890123456789".getBytes(StandardCharsets.US_ASCII));
    String stored = Sha256Crypt.store("pässword".getBytes(StandardCharsets.UTF_8), salt);
    assertEquals(7 + 20 + 43, stored.length());
    assertTrue(Sha256Crypt.matches(stored, "pässword".getBytes(StandardCharsets.UTF_8)));
    assertFalse(Sha256Crypt.matches(stored, new byte[0]));
    assertFalse(Sha256Crypt.matches(stored, new byte[257]));
    assertFalse(Sha256Crypt.matches("", new byte[0]));
  }

  @Test
  void nativePassword() {
    // PASSWORD('password') of older servers
    String stored = "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19";
    assertEquals(stored, Passwords.nativeStored("password"));
    assertTrue(
        Passwords.nativeMatches(stored, SCRAMBLE, Passwords.nativeAnswer("password", SCRAMBLE)));
    assertFalse(
        Passwords.nativeMatches(stored, SCRAMBLE, Passwords.nativeAnswer("Password", SCRAMBLE)));
    assertFalse(Passwords.nativeMatches(stored, SCRAMBLE, new byte[0]));
    assertTrue(Passwords.nativeMatches("", SCRAMBLE, new byte[0]));
    assertFalse(Passwords.nativeMatches("", SCRAMBLE, new byte[20]));
  }

  @Test
  void fastPathOfSha2() {
    byte[] cached = Passwords.sha2Cached("sesam".getBytes(StandardCharsets.UTF_8));
    assertTrue(Passwords.sha2Matches(cached, SCRAMBLE, Passwords.sha2Answer("sesam", SCRAMBLE)));
    assertFalse(Passwords.sha2Matches(cached, SCRAMBLE, Passwords.sha2Answer("x", SCRAMBLE)));
    assertFalse(Passwords.sha2Matches(cached, SCRAMBLE, new byte[31]));
  }

  @Test
  void fullExchangeUnderRsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    byte[] secret = Passwords.encrypt("sesam öffne dich", SCRAMBLE, keys.getPublic());
    assertEquals(256, secret.length);
    assertArrayEquals(
        "sesam öffne dich".getBytes(StandardCharsets.UTF_8),
        Passwords.decrypt(secret, SCRAMBLE, keys.getPrivate()));
  }
}
