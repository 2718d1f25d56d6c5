package io.vaquita.server;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Session;
import io.vaquita.protocol.Capability;
import io.vaquita.server.client.WireClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a fuzzer calls with bytes of its choice: all that one client says after its login, to a server over a whole database in memory.
 * Whatever comes, the server answers it or ends that connection, and the next client is served; a line of an internal error in the log is a
 * finding. One at a time.
 *
 * <p>The first byte chooses capabilities and form: packets with a length byte each (framed here, so that the fuzzer need not learn to), or
 * the bytes as they are. Without Jazzer {@link CommandLoopFuzzTest} goes through the seeds and their mutations; with it:
 * {@code spec/fuzz commands}.
 */
public final class CommandLoopFuzz implements AutoCloseable {
  private static final int[] CAPABILITIES = {
    WireClient.CAPABILITIES,
    WireClient.CAPABILITIES & ~Capability.DEPRECATE_EOF & ~Capability.SESSION_TRACK,
    WireClient.CAPABILITIES | Capability.QUERY_ATTRIBUTES | Capability.OPTIONAL_RESULTSET_METADATA,
    WireClient.CAPABILITIES & ~Capability.MULTI_STATEMENTS
  };

  private static final int FORM_RAW = 1;
  private static final int CAPABILITIES_SHIFT = 1;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Database database = Database.inMemory();
  private final Path directory;
  private final VaquitaServer server;

  CommandLoopFuzz() throws IOException {
    directory = Files.createTempDirectory("vaquita-fuzz");
    try (Session session = database.connect(ConnectOptions.local())) {
      // the first login loads classes, which a fuzzer changes on their way
      session.execute("SET GLOBAL connect_timeout = 3600").close();
    }
    server =
        VaquitaServer.start(
            database,
            ServerOptions.builder().withoutTcp().socketFile(directory.resolve("s")).build(),
            new PrintStream(log, true, StandardCharsets.UTF_8));
    try (WireClient client = connect(WireClient.CAPABILITIES, null)) {
      client.query("CREATE DATABASE fuzz");
      client.query(
          "CREATE TABLE fuzz.t (id INT PRIMARY KEY, v VARCHAR(20), d DATETIME(6), b BLOB)");
      client.query("INSERT INTO fuzz.t VALUES (1, 'é', NOW(6), 'x'), (2, NULL, NULL, NULL)");
    }
  }

  /** Started once; ends with the fuzzer's process. */
  private static final class Fuzzed {
    private static final CommandLoopFuzz SERVER = start();

    private static CommandLoopFuzz start() {
      try {
        return new CommandLoopFuzz();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Jazzer's, before the first input: starting under its instrumentation takes longer than an input may. */
  public static void fuzzerInitialize() throws IOException {
    Fuzzed.SERVER.run(new byte[] {0});
  }

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    Fuzzed.SERVER.run(data);
  }

  private WireClient connect(int capabilities, @Nullable String schema) throws IOException {
    return WireClient.connect(
        UnixDomainSocketAddress.of(directory.resolve("s")), "root", "", schema, capabilities);
  }

  /** @throws AssertionError when the server reports a bug of its own */
  void run(byte[] data) throws IOException {
    if (data.length == 0) {
      return;
    }
    int choice = data[0] & 0xFF;
    byte[] rest = Arrays.copyOfRange(data, 1, data.length);
    byte[] said = (choice & FORM_RAW) != 0 ? rest : framed(rest);
    int capabilities = CAPABILITIES[(choice >> CAPABILITIES_SHIFT) % CAPABILITIES.length];
    // a client that cannot log in any more would be a finding, too
    WireClient client = connect(capabilities, "fuzz");
    try (SocketChannel channel = client.channel()) {
      say(channel, said);
    }
    String lines = log.toString(StandardCharsets.UTF_8);
    log.reset();
    if (lines.contains("[internal-error]")) {
      throw new AssertionError(lines);
    }
  }

  /** Each packet is a command of its own, number 0. */
  private static byte[] framed(byte[] bytes) {
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes[at] & 0xFF, bytes.length - at - 1);
      packets.write(length);
      packets.write(0);
      packets.write(0);
      packets.write(0);
      packets.write(bytes, at + 1, length);
      at += 1 + length;
    }
    return packets.toByteArray();
  }

  /** Says all, and takes what comes until the server has closed its end. */
  private static void say(SocketChannel channel, byte[] said) {
    try {
      ByteBuffer out = ByteBuffer.wrap(said);
      while (out.hasRemaining()) {
        channel.write(out);
      }
      channel.shutdownOutput();
      ByteBuffer in = ByteBuffer.allocate(8192);
      while (channel.read(in) >= 0) {
        in.clear();
      }
    } catch (IOException e) {
      // the server had enough of it before all was said
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    database.close();
    Files.deleteIfExists(directory);
  }
}
