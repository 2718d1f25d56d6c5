package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.protocol.AuthenticationPlugin;
import io.vaquita.protocol.Capability;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.Passwords;
import io.vaquita.server.Accounts.Account;
import io.vaquita.server.client.WireClient;
import io.vaquita.server.client.WireResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with files of one's own, passwords with and without TLS, compression, and what a session tells of itself. */
final class SecureConnectionsTest {
  private static final String PASSWORD = "sésam 🐬";

  @TempDir private Path directory;

  /** A whole database behind a server. */
  private static final class Running implements AutoCloseable {
    private final Database database = Database.inMemory();
    private final VaquitaServer server;

    Running(ServerOptions options) throws IOException {
      server =
          VaquitaServer.start(
              database,
              options,
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    Connection connect(String start, String options) throws SQLException {
      return DriverManager.getConnection(
          "jdbc:" + start + "://127.0.0.1:" + server.port() + "/?" + options, "root", PASSWORD);
    }

    InetSocketAddress address() {
      return new InetSocketAddress("127.0.0.1", server.port());
    }

    @Override
    public void close() {
      server.close();
      database.close();
    }
  }

  private static ServerOptions options(
      boolean hasTls, boolean requiresTls, Path certificate, Path key) {
    return ServerOptions.builder()
        .rootPassword(PASSWORD)
        .tls(hasTls)
        .requireSecureTransport(requiresTls)
        .certificate(certificate, key)
        .build();
  }

  private static ServerOptions plain() {
    return options(true, false, null, null);
  }

  @Test
  void certificateOfOnesOwnIsTheOneThatClientsSee() throws Exception {
    SelfSignedCertificate own = SelfSignedCertificate.make(Instant.now());
    Path certificate = directory.resolve("cert.pem");
    Path key = directory.resolve("key.pem");
    Files.writeString(certificate, Pem.write("CERTIFICATE", own.certificate().getEncoded()));
    Files.writeString(key, Pem.write("PRIVATE KEY", own.keys().getPrivate().getEncoded()));
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", own.certificate());
    Path store = directory.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(store)) {
      trusted.store(out, "secret".toCharArray());
    }
    String trust =
        "sslMode=VERIFY_CA&trustCertificateKeyStorePassword=secret&trustCertificateKeyStoreType=PKCS12"
            + "&trustCertificateKeyStoreUrl="
            + store.toUri();
    try (Running running = new Running(options(true, false, certificate, key))) {
      running.connect("mysql", trust).close();
      running.connect("mariadb", "sslMode=verify-ca&serverSslCert=" + certificate).close();
      assertEquals("2", running.server.counter("Ssl_accepts"));
    }
    // a server with a certificate of its own making is not the one that is trusted
    try (Running other = new Running(plain())) {
      assertThrows(SQLException.class, () -> other.connect("mysql", trust).close());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void requiredTls(String driver) throws Exception {
    String without = driver.equals("mysql") ? "sslMode=DISABLED" : "sslMode=disable";
    String with = driver.equals("mysql") ? "sslMode=REQUIRED" : "sslMode=trust";
    try (Running running = new Running(options(true, true, null, null))) {
      SQLException refused =
          assertThrows(
              SQLException.class,
              () -> running.connect(driver, without + "&allowPublicKeyRetrieval=true").close());
      assertEquals(3159, refused.getErrorCode(), refused.getMessage());
      running.connect(driver, with).close();
    }
    try (Running running = new Running(options(false, false, null, null))) {
      assertThrows(SQLException.class, () -> running.connect(driver, with).close());
      running.connect(driver, without + "&allowPublicKeyRetrieval=true").close();
    }
  }

  @Test
  void fullPasswordExchangeOverTlsAndUnderRsa() throws Exception {
    try (Running running = new Running(plain())) {
      // no key may be fetched and no TLS is there: the client itself refuses the full exchange
      assertThrows(
          SQLException.class,
          () -> running.connect("mysql", "sslMode=DISABLED&allowPublicKeyRetrieval=false").close());
      running.connect("mysql", "sslMode=DISABLED&allowPublicKeyRetrieval=true").close();
      assertEquals("0", running.server.counter("Ssl_accepts"));
      // proved once, the short exchange is enough
      running.connect("mysql", "sslMode=DISABLED&allowPublicKeyRetrieval=false").close();
    }
    try (Running running = new Running(plain())) {
      running.connect("mysql", "sslMode=REQUIRED").close();
      running.connect("mysql", "sslMode=DISABLED&allowPublicKeyRetrieval=false").close();
    }
    try (Running running = new Running(plain())) {
      running.connect("mariadb", "sslMode=disable&allowPublicKeyRetrieval=true").close();
      running.connect("mariadb", "sslMode=trust").close();
    }
  }

  /** Answers of a client in a packet of its own each, as the authenticator asks for them. */
  private static Authenticator.Exchange exchange(ByteArrayOutputStream sent, byte[] answer) {
    byte[] packet = new byte[answer.length + 4];
    packet[0] = (byte) answer.length;
    System.arraycopy(answer, 0, packet, 4, answer.length);
    int[] at = {0};
    PacketReader in =
        new PacketReader(
            (into, offset, length) -> {
              int count = Math.min(length, packet.length - at[0]);
              System.arraycopy(packet, at[0], into, offset, count);
              at[0] += count;
              return count == 0 ? -1 : count;
            },
            1 << 20);
    in.checkSequence(false);
    return new Authenticator.Exchange(in, new PacketWriter(sent::write, 1 << 14), false);
  }

  @Test
  void nativePasswords() throws Exception {
    String stored = "*" + HexFormat.of().withUpperCase().formatHex(sha1(sha1("geheim")));
    Account account = new Account("app", "%", AuthenticationPlugin.NATIVE_PASSWORD, stored, false);
    Authenticator authenticator =
        new Authenticator(
            (user, host) -> user.equals("app") ? account : null, new ServerKeys(null, null, null));
    byte[] scramble = authenticator.newScramble();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    Authenticator.Claim right =
        new Authenticator.Claim(
            "app",
            "localhost",
            AuthenticationPlugin.NATIVE_PASSWORD,
            Passwords.nativeAnswer("geheim", scramble),
            scramble);
    assertEquals(account, authenticator.authenticate(right, exchange(sent, new byte[0])));
    assertEquals(0, sent.size(), "nothing more is asked");
    Authenticator.Claim wrong =
        new Authenticator.Claim(
            "app",
            "localhost",
            AuthenticationPlugin.NATIVE_PASSWORD,
            Passwords.nativeAnswer("falsch", scramble),
            scramble);
    assertThrows(
        io.vaquita.error.DatabaseException.class,
        () -> authenticator.authenticate(wrong, exchange(sent, new byte[0])));
    // a client that begins with the other plugin is asked to switch, and told a scramble of its own
    Authenticator.Claim other =
        new Authenticator.Claim(
            "app", "localhost", AuthenticationPlugin.CACHING_SHA2, new byte[32], scramble);
    assertThrows(
        io.vaquita.error.DatabaseException.class,
        () -> authenticator.authenticate(other, exchange(sent, new byte[20])));
    String packet = sent.toString(StandardCharsets.ISO_8859_1);
    assertTrue(packet.contains("\u00fe" + AuthenticationPlugin.NATIVE_PASSWORD + "\0"), packet);
  }

  private static byte[] sha1(String text) throws Exception {
    return sha1(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha1(byte[] bytes) throws Exception {
    return java.security.MessageDigest.getInstance("SHA-1").digest(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {Capability.COMPRESS, Capability.ZSTD_COMPRESSION})
  void compressedBothWays(int compression) throws Exception {
    try (Running running = new Running(ServerOptions.onFreePort());
        WireClient client =
            WireClient.connect(
                running.address(), "root", "", null, WireClient.CAPABILITIES | compression)) {
      for (int length : new int[] {1, 49, 50, 51, 1000, 17_000_000}) {
        String sql = "SELECT '" + "x".repeat(length) + "'";
        assertEquals(
            length, Objects.requireNonNull(client.query(sql).getFirst().text(0, 0)).length());
      }
      client.ping();
    }
  }

  @Test
  void changesOfTheSessionAreTold() throws Exception {
    try (Running running = new Running(ServerOptions.onFreePort());
        WireClient client = WireClient.connect(running.address(), "root", "", null)) {
      client.query("CREATE DATABASE told");
      assertEquals("told", tracked(client.query("USE told").getFirst()).get(""));
      assertEquals(
          "latin1",
          tracked(client.query("SET NAMES latin1").getFirst()).get("character_set_client"));
      assertEquals("OFF", tracked(client.query("SET autocommit = 0").getFirst()).get("autocommit"));
      client.query("SET @x = 5");
      client.resetConnection();
      WireResult after = client.query("SELECT @x, @@autocommit, DATABASE()").getFirst();
      assertNull(after.text(0, 0));
      assertEquals("1", after.text(0, 1));
      assertEquals("told", after.text(0, 2));
    }
  }

  private static Map<String, String> tracked(WireResult result) {
    return result.end().tracked();
  }

  @Test
  void statementsWithAttributesRun() throws Exception {
    try (Running running = new Running(plain());
        Connection connection =
            running.connect("mysql", "sslMode=REQUIRED&useServerPrepStmts=true");
        Statement statement = connection.createStatement();
        var prepared = connection.prepareStatement("SELECT ? + 1")) {
      com.mysql.cj.jdbc.JdbcStatement text =
          statement.unwrap(com.mysql.cj.jdbc.JdbcStatement.class);
      text.setAttribute("trace", "é🐬");
      text.setAttribute("number", 5);
      text.setAttribute("nothing", null);
      try (ResultSet rows = statement.executeQuery("SELECT 'with attributes'")) {
        assertTrue(rows.next());
        assertEquals("with attributes", rows.getString(1));
      }
      prepared.unwrap(com.mysql.cj.jdbc.JdbcStatement.class).setAttribute("trace", "x");
      prepared.setInt(1, 41);
      try (ResultSet rows = prepared.executeQuery()) {
        assertTrue(rows.next());
        assertEquals(42, rows.getInt(1));
      }
    }
  }
}
