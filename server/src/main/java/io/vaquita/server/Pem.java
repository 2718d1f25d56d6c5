package io.vaquita.server;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/** Keys and certificates as text between dashes. Stateless. */
final class Pem {
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448");

  private Pem() {}

  static String write(String label, byte[] der) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  /** A certificate and those that vouch for it, in the order of the file. */
  static Certificate[] readCertificates(String text) throws GeneralSecurityException {
    Collection<? extends Certificate> chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    return chain.toArray(Certificate[]::new);
  }

  /** A PKCS #8 key, or an RSA key in its older form of its own (PKCS #1). */
  static PrivateKey readPrivateKey(String text) throws GeneralSecurityException {
    boolean isOldForm = text.contains("BEGIN RSA PRIVATE KEY");
    byte[] der = body(text, isOldForm ? "RSA PRIVATE KEY" : "PRIVATE KEY");
    byte[] key = isOldForm ? wrapRsa(der) : der;
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
      } catch (GeneralSecurityException ignored) {
        // a key of another algorithm
      }
    }
    throw new GeneralSecurityException("no private key of RSA, EC, Ed25519 or Ed448");
  }

  private static byte[] body(String text, String label) throws GeneralSecurityException {
    String begin = "-----BEGIN " + label + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + label + "-----");
    if (from < 0 || to < from) {
      throw new GeneralSecurityException("no " + begin);
    }
    return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
  }

  private static byte[] wrapRsa(byte[] pkcs1) {
    byte[] algorithm =
        Der.sequence(Der.objectIdentifier(1, 2, 840, 113549, 1, 1, 1), new byte[] {5, 0});
    return Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.octets(pkcs1));
  }
}
