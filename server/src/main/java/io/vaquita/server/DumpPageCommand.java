package io.vaquita.server;

import io.vaquita.DatabaseFiles;
import io.vaquita.error.DatabaseException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vaquita dump-page}: shows what stands at a place of the data file. Used once. */
@Command(
    name = "dump-page",
    description = {
      "Shows what stands at a unit of a data file (docs/formats.md), for debugging. Unit 0 is the"
          + " newest meta page; from there the places of other pages can be followed. Takes no"
          + " lock, so that a page of a running server may be seen half written."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DumpPageCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
  private Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "UNIT", description = "Number of the unit, from 0.")
  private long unit;

  @Override
  public Integer call() {
    try {
      System.out.println(DatabaseFiles.system().describePage(directory, unit).stripTrailing());
      return 0;
    } catch (DatabaseException e) {
      System.err.println("vaquita: " + e.message());
      return 1;
    }
  }
}
