package io.vaquita.server.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.net.ConnectException;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaquita sql}: statements from a terminal, a file or the command line. Used once. */
@Command(
    name = "sql",
    description = "A shell: statements end with ; or \\G, quit with \\q.",
    mixinStandardHelpOptions = true)
public final class ShellCommand implements Callable<Integer> {
  @Mixin private final ServerAddress address = new ServerAddress();

  @Option(
      names = {"-e", "--execute"},
      paramLabel = "SQL",
      description = "Run these statements and leave.")
  private @Nullable String statements;

  @Parameters(arity = "0..1", paramLabel = "SCHEMA", description = "Schema to begin in.")
  private @Nullable String schema;

  @Override
  public Integer call() throws IOException {
    try (WireClient client = address.connect(schema)) {
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
              + address
              + " ("
              + e.getMessage()
              + "). Is it running? ./vaquita starts a server.");
      return 1;
    }
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
