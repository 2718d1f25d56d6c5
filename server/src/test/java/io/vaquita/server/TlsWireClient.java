package io.vaquita.server;

import io.vaquita.protocol.Capability;
import io.vaquita.protocol.Command;
import io.vaquita.protocol.Greeting;
import io.vaquita.protocol.HandshakeResponse;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.Passwords;
import io.vaquita.protocol.PayloadReader;
import io.vaquita.protocol.Reply;
import io.vaquita.server.client.ServerError;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client over TLS that can stop anywhere: bytes may be sent by themselves. Root without a password. Not thread-safe. */
final class TlsWireClient implements AutoCloseable {
  private static final int CAPABILITIES =
      Capability.LONG_PASSWORD
          | Capability.PROTOCOL_41
          | Capability.SECURE_CONNECTION
          | Capability.PLUGIN_AUTH
          | Capability.DEPRECATE_EOF
          | Capability.SSL;

  private final SSLSocket socket;
  private final int connectionId;

  private TlsWireClient(SSLSocket socket, int connectionId) {
    this.socket = socket;
    this.connectionId = connectionId;
  }

  static TlsWireClient connect(InetSocketAddress address)
      throws IOException, GeneralSecurityException {
    Socket plain = new Socket(address.getAddress(), address.getPort());
    PacketReader in = new PacketReader(plain.getInputStream()::read, 1 << 20);
    read(in);
    Greeting greeting = Greeting.read(new PayloadReader(payload(in)));
    PacketWriter out = new PacketWriter(plain.getOutputStream()::write, 1 << 16);
    out.sequence(1);
    out.begin();
    out.int4(CAPABILITIES).int4(1 << 24).int1(255).zeros(23);
    out.end();
    out.flush();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
    socket.startHandshake();
    out.sink(socket.getOutputStream()::write);
    new HandshakeResponse(
            CAPABILITIES,
            1 << 24,
            255,
            "root",
            Passwords.sha2Answer("", greeting.scramble()),
            null,
            greeting.plugin(),
            Map.of(),
            0)
        .write(out);
    out.flush();
    in.source(socket.getInputStream()::read);
    in.expect(3);
    TlsWireClient client = new TlsWireClient(socket, greeting.connectionId());
    read(in);
    throwIfError(in);
    return client;
  }

  int connectionId() {
    return connectionId;
  }

  void send(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void sendQuery(String sql) throws IOException {
    PacketWriter out = new PacketWriter(socket.getOutputStream()::write, 1 << 16);
    out.begin();
    out.int1(Command.QUERY).bytes(sql.getBytes(StandardCharsets.UTF_8));
    out.end();
    out.flush();
  }

  /** Reads a packet that begins a reply; an error is thrown. */
  byte[] reply(int sequence) throws IOException {
    PacketReader in = new PacketReader(socket.getInputStream()::read, 1L << 31);
    in.expect(sequence);
    read(in);
    throwIfError(in);
    return payload(in);
  }

  private static void read(PacketReader in) throws IOException {
    if (!in.read()) {
      throw new EOFException("the server closed the connection");
    }
  }

  private static byte[] payload(PacketReader in) {
    byte[] bytes = new byte[in.length()];
    System.arraycopy(in.array(), in.offset(), bytes, 0, bytes.length);
    return bytes;
  }

  private static void throwIfError(PacketReader in) {
    byte[] payload = payload(in);
    if ((payload[0] & 0xFF) == Reply.ERROR) {
      Reply.Err error = (Reply.Err) Reply.read(new PayloadReader(payload), CAPABILITIES);
      throw new ServerError(error.number(), error.sqlState(), error.message());
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** The server's certificate is its own. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
