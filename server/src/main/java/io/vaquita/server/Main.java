package io.vaquita.server;

import io.vaquita.server.client.ShellCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code vaquita serve}, {@code sql}, {@code check} and so on. Stateless. */
@Command(
    name = "vaquita",
    description = "A MySQL-compatible database.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      ShellCommand.class,
      CheckCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DumpPageCommand.class,
      TrainCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Through the launcher also: test (all checks and tests), lint (formatting and static"
          + " checks), bench (side by side with peers)."
    })
public final class Main {
  private Main() {}

  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] arguments) {
    // the server has an error log of its own; that nothing else takes the engine's lines is no news
    // in it
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    String[] given =
        arguments.length == 0 || isServeOption(arguments[0]) ? serve(arguments) : arguments;
    System.exit(new CommandLine(new Main()).execute(given));
  }

  /** {@code vaquita --port 3307} means {@code vaquita serve --port 3307}. */
  private static boolean isServeOption(String first) {
    return first.startsWith("-")
        && !first.equals("--help")
        && !first.equals("-h")
        && !first.equals("--version")
        && !first.equals("-V");
  }

  private static String[] serve(String[] arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "serve";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }
}
