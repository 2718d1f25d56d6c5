package io.vaquita.server.client;

import io.vaquita.protocol.AuthenticationPlugin;
import io.vaquita.protocol.BinaryRow;
import io.vaquita.protocol.ByteSink;
import io.vaquita.protocol.ByteSource;
import io.vaquita.protocol.Capability;
import io.vaquita.protocol.ColumnDefinition;
import io.vaquita.protocol.Command;
import io.vaquita.protocol.CompressedStream;
import io.vaquita.protocol.Greeting;
import io.vaquita.protocol.HandshakeResponse;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.Passwords;
import io.vaquita.protocol.PayloadReader;
import io.vaquita.protocol.Reply;
import io.vaquita.protocol.StatementExecute;
import io.vaquita.protocol.StatusFlag;
import io.vaquita.protocol.WireValue;
import io.vaquita.protocol.ZlibCompression;
import io.vaquita.protocol.ZstdCompression;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection to a server, seen from the client. Not thread-safe. Results are read whole. */
public final class WireClient implements AutoCloseable {
  /** What this client can do. */
  public static final int CAPABILITIES =
      Capability.LONG_PASSWORD
          | Capability.LONG_FLAG
          | Capability.PROTOCOL_41
          | Capability.TRANSACTIONS
          | Capability.SECURE_CONNECTION
          | Capability.MULTI_STATEMENTS
          | Capability.MULTI_RESULTS
          | Capability.PS_MULTI_RESULTS
          | Capability.PLUGIN_AUTH
          | Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA
          | Capability.CONNECT_ATTRS
          | Capability.SESSION_TRACK
          | Capability.DEPRECATE_EOF;

  private static final int UTF8MB4 = 255;
  private static final int FILE_REQUEST = 0xFB;
  private static final int FILE_PACKET_BYTES = 128 * 1024;

  private static final int ZSTD_LEVEL = 3;

  private final SocketChannel channel;
  private final ByteSource source;
  private final ByteSink sink;
  private final PacketReader in;
  private final PacketWriter out;
  private final PayloadReader payload = new PayloadReader(new byte[0]);
  private @Nullable CompressedStream compressed;
  private int capabilities;
  private String serverVersion = "";
  private int connectionId;
  private @Nullable LocalFiles localFiles;

  /** The files that a server may ask for. */
  public interface LocalFiles {
    InputStream open(String name) throws IOException;
  }

  private WireClient(SocketChannel channel) {
    this.channel = channel;
    source = (into, offset, length) -> channel.read(ByteBuffer.wrap(into, offset, length));
    sink =
        (from, offset, length) -> {
          ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        };
    in = new PacketReader(source, 1L << 31);
    out = new PacketWriter(sink, 1 << 16);
  }

  /**
   * Connects and logs in.
   *
   * @throws ServerError when the server refuses
   */
  public static WireClient connect(
      SocketAddress address, String user, String password, @Nullable String schema)
      throws IOException {
    return connect(address, user, password, schema, CAPABILITIES);
  }

  /** As above with the capabilities of one's choice. */
  public static WireClient connect(
      SocketAddress address,
      String user,
      String password,
      @Nullable String schema,
      int capabilities)
      throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    try {
      if (address instanceof InetSocketAddress) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      WireClient client = new WireClient(channel);
      client.logIn(user, password, schema, capabilities);
      return client;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  public String serverVersion() {
    return serverVersion;
  }

  public int connectionId() {
    return connectionId;
  }

  /** The socket below, for tests that misbehave. */
  public SocketChannel channel() {
    return channel;
  }

  private PayloadReader readPacket() throws IOException {
    if (!in.read()) {
      throw new EOFException("the server closed the connection");
    }
    return payload.reset(in.array(), in.offset(), in.length());
  }

  private void logIn(String user, String password, @Nullable String schema, int wanted)
      throws IOException {
    PayloadReader first = readPacket();
    throwIfError(first, 0);
    Greeting greeting = Greeting.read(first);
    serverVersion = greeting.serverVersion();
    connectionId = greeting.connectionId();
    capabilities =
        (schema == null ? wanted : wanted | Capability.CONNECT_WITH_DB) & greeting.capabilities();
    out.sequence(in.nextSequence());
    new HandshakeResponse(
            capabilities,
            PacketWriter.PAYLOAD_BYTES_MAX,
            UTF8MB4,
            user,
            answer(greeting.plugin(), password, greeting.scramble()),
            schema,
            greeting.plugin(),
            Map.of("_client_name", "vaquita", "program_name", "vaquita sql"),
            Capability.has(capabilities, Capability.ZSTD_COMPRESSION) ? ZSTD_LEVEL : 0)
        .write(out);
    flushLogin();
    finishLogin(greeting, password);
    startCompression();
  }

  private void startCompression() {
    boolean usesZlib = Capability.has(capabilities, Capability.COMPRESS);
    if (!usesZlib && !Capability.has(capabilities, Capability.ZSTD_COMPRESSION)) {
      return;
    }
    CompressedStream stream =
        new CompressedStream(
            source, sink, usesZlib ? new ZlibCompression() : new ZstdCompression(ZSTD_LEVEL));
    in.source(stream);
    out.sink(stream);
    in.checkSequence(false);
    compressed = stream;
  }

  private void beginCommand() {
    if (compressed != null) {
      compressed.resetSequence();
    }
    out.beginReply(0);
  }

  private static byte[] answer(String plugin, String password, byte[] scramble) {
    return plugin.equals(AuthenticationPlugin.NATIVE_PASSWORD)
        ? Passwords.nativeAnswer(password, scramble)
        : Passwords.sha2Answer(password, scramble);
  }

  private void finishLogin(Greeting greeting, String password) throws IOException {
    byte[] scramble = greeting.scramble();
    while (true) {
      PayloadReader packet = readPacket();
      throwIfError(packet, capabilities);
      int header = packet.int1();
      out.sequence(in.nextSequence());
      if (header == Reply.OK) {
        return;
      } else if (header == AuthenticationPlugin.SWITCH) {
        String plugin = packet.nulString();
        scramble = Arrays.copyOf(packet.rest(), scramble.length);
        AuthenticationPlugin.writeAnswer(out, answer(plugin, password, scramble));
        flushLogin();
      } else if (header == AuthenticationPlugin.MORE_DATA) {
        moreData(packet, password, scramble);
      }
    }
  }

  private void moreData(PayloadReader packet, String password, byte[] scramble) throws IOException {
    if (packet.peek() == AuthenticationPlugin.FAST_OK) {
      return;
    }
    if (packet.peek() != AuthenticationPlugin.FULL_EXCHANGE) {
      byte[] secret = encrypt(password, scramble, packet.restString());
      AuthenticationPlugin.writeAnswer(out, secret);
    } else if (channel.getRemoteAddress() instanceof InetSocketAddress) {
      AuthenticationPlugin.writeAnswer(out, new byte[] {AuthenticationPlugin.REQUEST_KEY});
    } else {
      AuthenticationPlugin.writeAnswer(out, (password + '\0').getBytes(StandardCharsets.UTF_8));
    }
    flushLogin();
  }

  private void flushLogin() throws IOException {
    out.flush();
    in.expect(out.sequence());
  }

  private static byte[] encrypt(String password, byte[] scramble, String pem) throws IOException {
    String body = pem.replaceAll("-----[A-Z ]+-----", "");
    try {
      byte[] der = Base64.getMimeDecoder().decode(body);
      return Passwords.encrypt(
          password,
          scramble,
          KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException e) {
      throw new IOException("the server's public key cannot be used", e);
    }
  }

  private static void throwIfError(PayloadReader packet, int capabilities) {
    if (packet.hasRemaining() && packet.peek() == Reply.ERROR) {
      Reply.Err error = (Reply.Err) Reply.read(packet, capabilities);
      throw new ServerError(error.number(), error.sqlState(), error.message());
    }
  }

  private PacketWriter command(int code) throws IOException {
    beginCommand();
    out.begin();
    return out.int1(code);
  }

  private void send() throws IOException {
    out.end();
    out.flush();
    in.expect(out.sequence());
  }

  /** Sends a statement and reads all its results. */
  public List<WireResult> query(String sql) throws IOException {
    return query(sql.getBytes(StandardCharsets.UTF_8));
  }

  /** As above, for texts that are not UTF-8. */
  public List<WireResult> query(byte[] sql) throws IOException {
    command(Command.QUERY).bytes(sql);
    send();
    return results(false);
  }

  /** Sends a statement and reads nothing. */
  public void sendQuery(String sql) throws IOException {
    command(Command.QUERY).restString(sql);
    send();
  }

  /** Reads the results of what was sent last. */
  public List<WireResult> results(boolean isBinary) throws IOException {
    List<WireResult> results = new ArrayList<>();
    boolean hasMore = true;
    while (hasMore) {
      WireResult result = result(isBinary);
      results.add(result);
      hasMore = (result.end().statusFlags() & StatusFlag.MORE_RESULTS_EXIST) != 0;
    }
    return results;
  }

  private WireResult result(boolean isBinary) throws IOException {
    PayloadReader packet = readPacket();
    throwIfError(packet, capabilities);
    if (packet.peek() == FILE_REQUEST) {
      packet.skip(1);
      sendFile(packet.restString());
      packet = readPacket();
      throwIfError(packet, capabilities);
    }
    if (packet.peek() == Reply.OK) {
      return new WireResult(List.of(), List.of(), (Reply.Ok) Reply.read(packet, capabilities));
    }
    List<ColumnDefinition> columns = columns((int) packet.lenenc());
    List<List<WireValue>> rows = new ArrayList<>();
    Reply.Ok end = rows(columns, isBinary, rows);
    return new WireResult(columns, rows, end);
  }

  /** Lets the server have files by LOAD DATA LOCAL INFILE; the connection must have been made with LOCAL_FILES. */
  public void localFiles(LocalFiles files) {
    localFiles = files;
  }

  /** An empty packet ends the file, and says alone that there is none. */
  private void sendFile(String name) throws IOException {
    out.sequence(in.nextSequence());
    LocalFiles files = localFiles;
    IOException failure = null;
    if (files != null) {
      try (InputStream file = files.open(name)) {
        byte[] bytes = new byte[FILE_PACKET_BYTES];
        for (int count = file.read(bytes); count > 0; count = file.read(bytes)) {
          out.begin();
          out.bytes(bytes, 0, count);
          out.end();
        }
      } catch (IOException e) {
        failure = e;
      }
    }
    out.begin();
    out.end();
    out.flush();
    in.expect(out.sequence());
    if (failure != null) {
      throwIfError(readPacket(), capabilities);
      throw failure;
    }
  }

  private List<ColumnDefinition> columns(int count) throws IOException {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(ColumnDefinition.read(readPacket()));
    }
    if (count > 0 && !Capability.has(capabilities, Capability.DEPRECATE_EOF)) {
      readPacket();
    }
    return columns;
  }

  private Reply.Ok rows(
      List<ColumnDefinition> columns, boolean isBinary, List<List<WireValue>> rows)
      throws IOException {
    while (true) {
      PayloadReader packet = readPacket();
      throwIfError(packet, capabilities);
      if (Reply.endsRows(in.array(), in.offset(), in.length(), capabilities)) {
        Reply end = Reply.read(packet, capabilities);
        return end instanceof Reply.Eof eof
            ? new Reply.Ok(0, 0, eof.statusFlags(), eof.warningCount(), "", Map.of())
            : (Reply.Ok) end;
      }
      rows.add(isBinary ? BinaryRow.read(packet, columns) : textRow(packet, columns));
      if (packet.isShared()) {
        in.giveArrayAway();
      }
    }
  }

  private static List<WireValue> textRow(PayloadReader packet, List<ColumnDefinition> columns) {
    List<WireValue> row = new ArrayList<>(columns.size());
    for (ColumnDefinition column : columns) {
      long length = packet.lenencOrNull();
      row.add(
          length == PayloadReader.NULL_LENGTH
              ? WireValue.Null.NULL
              : new WireValue.BytesValue(
                  column.type(), packet.bytes(packet.checkedLength(length))));
    }
    return row;
  }

  public void ping() throws IOException {
    simple(Command.PING);
  }

  public void resetConnection() throws IOException {
    simple(Command.RESET_CONNECTION);
  }

  private void simple(int code) throws IOException {
    command(code);
    send();
    throwIfError(readPacket(), capabilities);
  }

  public void useSchema(String schema) throws IOException {
    command(Command.INIT_DB).restString(schema);
    send();
    throwIfError(readPacket(), capabilities);
  }

  /** A statement prepared by {@link #prepare}. */
  public record Statement(int id, int parameterCount, List<ColumnDefinition> columns) {}

  public Statement prepare(String sql) throws IOException {
    command(Command.STMT_PREPARE).restString(sql);
    send();
    PayloadReader packet = readPacket();
    throwIfError(packet, capabilities);
    packet.skip(1);
    int id = packet.int4();
    int columnCount = packet.int2();
    int parameterCount = packet.int2();
    columns(parameterCount);
    return new Statement(id, parameterCount, columns(columnCount));
  }

  public List<WireResult> execute(Statement statement, List<WireValue> values) throws IOException {
    execute(statement, values, 0);
    return results(true);
  }

  /** Opens a cursor; rows come by {@link #fetch}. */
  public void openCursor(Statement statement, List<WireValue> values) throws IOException {
    execute(statement, values, StatementExecute.CURSOR_READ_ONLY);
    PayloadReader packet = readPacket();
    throwIfError(packet, capabilities);
    int count = (int) packet.lenenc();
    columns(count);
    if (Capability.has(capabilities, Capability.DEPRECATE_EOF)) {
      readPacket();
    }
  }

  private void execute(Statement statement, List<WireValue> values, int cursorFlags)
      throws IOException {
    beginCommand();
    StatementExecute.write(out, statement.id(), cursorFlags, values, capabilities);
    out.flush();
    in.expect(out.sequence());
  }

  public WireResult fetch(Statement statement, int rowCount) throws IOException {
    command(Command.STMT_FETCH).int4(statement.id()).int4(rowCount);
    send();
    List<List<WireValue>> rows = new ArrayList<>();
    Reply.Ok end = rows(statement.columns(), true, rows);
    return new WireResult(statement.columns(), rows, end);
  }

  public void sendLongData(Statement statement, int parameter, byte[] data) throws IOException {
    command(Command.STMT_SEND_LONG_DATA).int4(statement.id()).int2(parameter).bytes(data);
    send();
  }

  public void closeStatement(Statement statement) throws IOException {
    command(Command.STMT_CLOSE).int4(statement.id());
    send();
  }

  /** Says goodbye and closes. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try (channel) {
        command(Command.QUIT);
        send();
      } catch (IOException ignored) {
        // the server was faster
      }
    }
  }
}
