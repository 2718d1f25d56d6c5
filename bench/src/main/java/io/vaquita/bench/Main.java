package io.vaquita.bench;

import io.vaquita.bench.load.EmbeddedCommand;
import io.vaquita.bench.load.ForkCommand;
import io.vaquita.bench.load.IdleCommand;
import io.vaquita.bench.load.LargeTableCommand;
import io.vaquita.bench.load.MisbehavingClientsCommand;
import io.vaquita.bench.load.NamedLockCommand;
import io.vaquita.bench.load.PoolCommand;
import io.vaquita.bench.load.StartCommand;
import io.vaquita.bench.peer.RecoveryChild;
import io.vaquita.bench.peer.StoreCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmarks; {@code ./vaquita bench} calls it. Stateless. */
@Command(
    name = "bench",
    description = "Measurements of Vaquita, beside peers on the same machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      MicroCommand.class,
      StoreCommand.class,
      RecoveryChild.class,
      LargeTableCommand.class,
      NamedLockCommand.class,
      EmbeddedCommand.class,
      ForkCommand.class,
      PoolCommand.class,
      IdleCommand.class,
      MisbehavingClientsCommand.class,
      StartCommand.class
    },
    footer = {
      "",
      "Through the launcher also: sysbench (the default) and conflicts, beside MariaDB and MySQL;"
          + " misbehaving; jcstress."
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
