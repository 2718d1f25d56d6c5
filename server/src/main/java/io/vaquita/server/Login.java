package io.vaquita.server;

import io.vaquita.Database;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.AuthenticationPlugin;
import io.vaquita.protocol.ByteSink;
import io.vaquita.protocol.ByteSource;
import io.vaquita.protocol.Capability;
import io.vaquita.protocol.CompressedStream;
import io.vaquita.protocol.Greeting;
import io.vaquita.protocol.HandshakeResponse;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.PayloadReader;
import io.vaquita.protocol.StatusFlag;
import io.vaquita.protocol.ZlibCompression;
import io.vaquita.protocol.ZstdCompression;
import io.vaquita.server.Accounts.Account;
import java.io.EOFException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The connection phase: greeting, TLS, the client's answer, authentication. Confined to its connection.
 *
 * <pre>
 * server              client
 * greeting  ───────►
 *           ◄───────  [request for TLS, handshake]
 *           ◄───────  response: capabilities, user, first proof
 * [other plugin, more data … answers]
 * OK or ERR ───────►  [from here on compressed]
 * </pre>
 */
final class Login {
  /** The level that zlib takes when none is asked for. */
  private static final int ZLIB_LEVEL = 6;

  private final ServerContext context;
  private final SocketTransport transport;
  private final PacketReader in;
  private final PacketWriter out;
  private final PayloadReader payload = new PayloadReader(new byte[0]);
  private final long connectionId;
  private final Peer peer;
  private ByteSource source;
  private ByteSink sink;
  private boolean isTls;
  private @Nullable TlsStream encryption;
  private int capabilities;
  private @Nullable HandshakeResponse response;

  Login(
      ServerContext context,
      SocketTransport transport,
      PacketReader in,
      PacketWriter out,
      long connectionId,
      Peer peer) {
    this.context = context;
    this.transport = transport;
    this.in = in;
    this.out = out;
    this.connectionId = connectionId;
    this.peer = peer;
    this.source = transport;
    this.sink = transport;
  }

  PacketReader in() {
    return in;
  }

  PacketWriter out() {
    return out;
  }

  /** What both sides agreed on; 0 before the client's response. */
  int capabilities() {
    return capabilities;
  }

  boolean isSecure() {
    return isTls || peer.isUnixSocket();
  }

  /** The user name that the client gave; empty before its response. */
  String user() {
    return response == null ? "" : response.user();
  }

  HandshakeResponse response() {
    if (response == null) {
      throw new IllegalStateException("no response yet");
    }
    return response;
  }

  /**
   * Goes through the phase up to the proof of identity; the OK packet is the caller's, once the session stands.
   *
   * @throws DatabaseException what the client is refused with
   */
  Account run() throws IOException {
    byte[] scramble = context.authenticator().newScramble();
    greet(scramble);
    readPacket();
    if (HandshakeResponse.isTlsRequest(payload)) {
      startTls();
      readPacket();
    }
    HandshakeResponse answer = HandshakeResponse.read(payload);
    response = answer;
    capabilities = answer.capabilities() & offered();
    out.sequence(in.nextSequence());
    if (context.options().requireSecureTransport() && !isSecure()) {
      throw MySqlError.ER_SECURE_TRANSPORT_REQUIRED.exception();
    }
    checkCompression();
    String plugin =
        answer.plugin().isEmpty() ? AuthenticationPlugin.NATIVE_PASSWORD : answer.plugin();
    return context
        .authenticator()
        .authenticate(
            new Authenticator.Claim(
                answer.user(), peer.host(), plugin, answer.authentication(), scramble),
            new Authenticator.Exchange(in, out, isSecure()));
  }

  private int offered() {
    int all = context.options().hasTls() ? Capability.SERVER_WITH_TLS : Capability.SERVER;
    boolean hasZstd = !peer.isInProcess() && Zstd.IS_AVAILABLE;
    return hasZstd ? all : all & ~Capability.ZSTD_COMPRESSION;
  }

  /** Looked at when it is first wanted: that loads native code, which a JVM that only talks to itself does not need. */
  private static final class Zstd {
    static final boolean IS_AVAILABLE = ZstdCompression.isAvailable();
  }

  private void greet(byte[] scramble) throws IOException {
    Database database = context.database();
    String version = database.globalVariable("version");
    new Greeting(
            version.isEmpty() ? context.options().serverVersion() : version,
            (int) connectionId,
            scramble,
            offered(),
            0xFF,
            StatusFlag.AUTOCOMMIT,
            AuthenticationPlugin.CACHING_SHA2)
        .write(out);
    out.flush();
    in.expect(1);
  }

  private void readPacket() throws IOException {
    if (!in.read()) {
      throw new EOFException("the client left before it had logged in");
    }
    payload.reset(in.array(), in.offset(), in.length());
  }

  private void startTls() throws IOException {
    if (!context.options().hasTls()) {
      throw MySqlError.ER_HANDSHAKE_ERROR.exception();
    }
    TlsStream tls;
    try {
      tls = new TlsStream(transport, transport, context.keys().newTlsEngine(), in.takeBuffered());
      tls.handshake();
      source = tls;
      sink = tls;
    } catch (GeneralSecurityException e) {
      throw new ConnectionEnd(CloseReason.INTERNAL, "TLS cannot be set up: " + e, e);
    } catch (SSLException e) {
      throw new ConnectionEnd(
          CloseReason.BAD_HANDSHAKE, "TLS handshake failed: " + e.getMessage(), e);
    }
    in.source(source);
    out.sink(sink);
    isTls = true;
    encryption = tls;
    context.counters().tlsAccepts.increment();
  }

  private void checkCompression() {
    int level = response().zstdLevel();
    if (usesZstd() && (level < 1 || level > ZstdCompression.LEVEL_MAX)) {
      throw MySqlError.ER_WRONG_COMPRESSION_ALGORITHM_CLIENT.exception("zstd level " + level);
    }
  }

  private boolean usesZstd() {
    return Capability.has(capabilities, Capability.ZSTD_COMPRESSION)
        && !Capability.has(capabilities, Capability.COMPRESS);
  }

  /** Puts compression between packets and socket when it was agreed on: after the OK packet was sent. */
  @Nullable CompressedStream startCompression(Client client) {
    TlsStream tls = encryption;
    if (tls != null) {
      client.isEncrypted(tls.version(), tls.cipher());
    }
    boolean usesZlib = Capability.has(capabilities, Capability.COMPRESS);
    if (!usesZlib && !usesZstd()) {
      return null;
    }
    CompressedStream stream =
        new CompressedStream(
            source,
            sink,
            usesZlib ? new ZlibCompression() : new ZstdCompression(response().zstdLevel()));
    int level = usesZlib ? ZLIB_LEVEL : response().zstdLevel();
    client.isCompressed(usesZlib ? "zlib" : "zstd", level);
    in.source(stream);
    out.sink(stream);
    in.checkSequence(false);
    return stream;
  }
}
