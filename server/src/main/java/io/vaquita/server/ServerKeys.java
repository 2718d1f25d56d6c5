package io.vaquita.server;

import io.vaquita.environment.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The server's secrets: its TLS certificate, and the RSA keys that passwords travel under without TLS. Thread-safe. Both are made
 * when they are first needed, so that they do not delay the start.
 */
final class ServerKeys {
  static final String CERTIFICATE_FILE = "server-cert.pem";
  static final String KEY_FILE = "server-key.pem";
  private static final int RSA_BITS = 2048;

  private final @Nullable Path certificateFile;
  private final @Nullable Path keyFile;
  private final @Nullable Path directory;
  private @Nullable SSLContext context;
  private @Nullable KeyPair rsa;

  /**
   * @param certificateFile PEM, or null for a certificate of the server's own
   * @param keyFile PEM; given together with the certificate
   * @param directory where the own certificate is kept, or null to keep it in memory
   */
  ServerKeys(@Nullable Path certificateFile, @Nullable Path keyFile, @Nullable Path directory) {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
    this.directory = directory;
  }

  SSLEngine newTlsEngine() throws GeneralSecurityException, IOException {
    SSLEngine engine = tlsContext().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return engine;
  }

  synchronized SSLContext tlsContext() throws GeneralSecurityException, IOException {
    SSLContext made = context;
    if (made == null) {
      made = makeContext();
      context = made;
    }
    return made;
  }

  private SSLContext makeContext() throws GeneralSecurityException, IOException {
    Certificate[] chain;
    PrivateKey key;
    Path certificatePath = certificateFile != null ? certificateFile : kept(CERTIFICATE_FILE);
    Path keyPath = keyFile != null ? keyFile : kept(KEY_FILE);
    if (certificatePath != null && keyPath != null) {
      chain = Pem.readCertificates(Files.readString(certificatePath));
      key = Pem.readPrivateKey(Files.readString(keyPath));
    } else {
      SelfSignedCertificate own =
          SelfSignedCertificate.make(
              Instant.ofEpochMilli(Environment.system().clock().wallMicros() / 1000));
      keep(own);
      chain = new Certificate[] {own.certificate()};
      key = own.keys().getPrivate();
    }
    char[] password = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setKeyEntry("server", key, password, chain);
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, password);
    SSLContext made = SSLContext.getInstance("TLS");
    made.init(managers.getKeyManagers(), null, null);
    return made;
  }

  private @Nullable Path kept(String name) {
    if (directory == null) {
      return null;
    }
    Path file = directory.resolve(name);
    return Files.exists(file) ? file : null;
  }

  private void keep(SelfSignedCertificate own) throws GeneralSecurityException, IOException {
    if (directory == null) {
      return;
    }
    Files.createDirectories(directory);
    Path secret = directory.resolve(KEY_FILE);
    Files.deleteIfExists(secret);
    Files.createFile(
        secret,
        PosixFilePermissions.asFileAttribute(
            Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
    Files.writeString(secret, Pem.write("PRIVATE KEY", own.keys().getPrivate().getEncoded()));
    Files.writeString(
        directory.resolve(CERTIFICATE_FILE),
        Pem.write("CERTIFICATE", own.certificate().getEncoded()));
  }

  /** The keys of caching_sha2_password's exchange without TLS. */
  synchronized KeyPair rsa() throws GeneralSecurityException {
    KeyPair made = rsa;
    if (made == null) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      made = generator.generateKeyPair();
      rsa = made;
    }
    return made;
  }
}
