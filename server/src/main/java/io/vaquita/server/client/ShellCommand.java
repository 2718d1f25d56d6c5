package io.vaquita.server.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaquita sql}: statements from a terminal, a file or the command line. Used once. */
@Command(
    name = "sql",
    description = "A shell: statements end with ; or \\G, quit with \\q.",
    mixinStandardHelpOptions = true)
public final class ShellCommand implements Callable<Integer> {
  @Option(
      names = {"-H", "--host"},
      paramLabel = "HOST",
      description = "Server (127.0.0.1).")
  private String host = "127.0.0.1";

  @Option(
      names = {"-P", "--port"},
      paramLabel = "PORT",
      description = "Port (3306).")
  private int port = 3306;

  @Option(
      names = {"-S", "--socket"},
      paramLabel = "FILE",
      description = "Unix socket instead of TCP.")
  private @Nullable Path socket;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Account (root).")
  private String user = "root";

  @Option(
      names = {"-p", "--password"},
      paramLabel = "PASSWORD",
      arity = "0..1",
      interactive = true,
      description = "Password; asked for when left out. VAQUITA_PASSWORD otherwise.")
  private @Nullable String password;

  @Option(
      names = {"-e", "--execute"},
      paramLabel = "SQL",
      description = "Run these statements and leave.")
  private @Nullable String statements;

  @Parameters(arity = "0..1", paramLabel = "SCHEMA", description = "Schema to begin in.")
  private @Nullable String schema;

  @Override
  public Integer call() throws IOException {
    try (WireClient client = connect()) {
      if (statements != null) {
        return batch(client, new BufferedReader(new StringReader(statements)));
      }
      if (System.console() == null || !System.console().isTerminal()) {
        return batch(
            client, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
      }
      return interactive(client);
    } catch (ServerError e) {
      System.err.println(e.line());
      return 1;
    } catch (ConnectException e) {
      System.err.println(
          "Cannot connect to "
              + host
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "). Is it running? ./vaquita starts a server.");
      return 1;
    }
  }

  private WireClient connect() throws IOException {
    SocketAddress address =
        socket == null ? new InetSocketAddress(host, port) : UnixDomainSocketAddress.of(socket);
    String secret = password != null ? password : System.getenv("VAQUITA_PASSWORD");
    return WireClient.connect(address, user, secret == null ? "" : secret, schema);
  }

  private static int batch(WireClient client, BufferedReader in) throws IOException {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    Shell shell = new Shell(client, out, true);
    boolean isRight = true;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      isRight &= shell.line(line);
      if (!isRight || shell.isDone()) {
        break;
      }
    }
    isRight = isRight && shell.finish();
    out.flush();
    return isRight ? 0 : 1;
  }

  private static int interactive(WireClient client) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .appName("vaquita")
              .variable(
                  LineReader.HISTORY_FILE,
                  Path.of(System.getProperty("user.home"), ".vaquita_history"))
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      PrintWriter out = terminal.writer();
      out.println(
          "Connected to "
              + client.serverVersion()
              + " as connection "
              + client.connectionId()
              + ". Statements end with ; or \\G, \\q leaves.");
      Shell shell = new Shell(client, out, false);
      while (!shell.isDone()) {
        try {
          shell.line(reader.readLine(shell.isInStatement() ? "      -> " : "vaquita> "));
        } catch (UserInterruptException e) {
          shell.clear();
        } catch (EndOfFileException e) {
          return 0;
        }
      }
      return 0;
    }
  }
}
