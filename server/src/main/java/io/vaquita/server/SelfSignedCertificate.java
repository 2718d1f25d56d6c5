package io.vaquita.server;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A certificate that the server makes for itself at its first start, so that TLS works without a tool or a decision. Immutable.
 * Clients cannot tell from it who the server is; who needs that gives PEM files.
 */
record SelfSignedCertificate(X509Certificate certificate, KeyPair keys) {
  private static final Duration VALIDITY = Duration.ofDays(3650);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.objectIdentifier(1, 2, 840, 10045, 4, 3, 2));

  /** P-256, because making the keys takes a millisecond where RSA takes hundreds. */
  static SelfSignedCertificate make(Instant now) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    byte[] content = content(keys, now);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(content);
    byte[] der = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    return new SelfSignedCertificate(certificate, keys);
  }

  private static byte[] content(KeyPair keys, Instant now) {
    byte[] name =
        Der.sequence(
            Der.set(
                Der.sequence(
                    Der.objectIdentifier(2, 5, 4, 3),
                    Der.utf8("Vaquita_Server_Auto_Generated_Certificate"))));
    byte[] validity =
        Der.sequence(
            Der.generalizedTime(TIME.format(now.minus(Duration.ofDays(1)))),
            Der.generalizedTime(TIME.format(now.plus(VALIDITY))));
    return Der.sequence(
        Der.tagged(0xA0, Der.integer(BigInteger.TWO)),
        Der.integer(new BigInteger(120, new SecureRandom()).setBit(119)),
        ECDSA_WITH_SHA256,
        name,
        validity,
        name,
        keys.getPublic().getEncoded(),
        Der.tagged(0xA3, Der.sequence(alternativeNames())));
  }

  /** DNS:localhost, IP:127.0.0.1, IP:::1. */
  private static byte[] alternativeNames() {
    byte[] loopback6 = new byte[16];
    loopback6[15] = 1;
    byte[] names =
        Der.sequence(
            Der.tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
            Der.tagged(0x87, new byte[] {127, 0, 0, 1}),
            Der.tagged(0x87, loopback6));
    return Der.sequence(Der.objectIdentifier(2, 5, 29, 17), Der.octets(names));
  }
}
