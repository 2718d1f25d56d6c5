package io.vaquita.server;

import io.vaquita.DatabaseFiles;
import io.vaquita.DatabaseFiles.CheckReport;
import io.vaquita.error.DatabaseException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaquita check}: verifies the files of a database that is not running. Used once. */
@Command(
    name = "check",
    description = {
      "Verifies a data directory that no server has open: every page and its checksum, the trees,"
          + " the log, the catalog against the trees, and each index against its table. Changes"
          + " nothing.",
      "Exit code 0: all is well; 1: something is damaged; 2: it could not be checked."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {
  private static final int SOUND = 0;
  private static final int DAMAGED = 1;
  private static final int NOT_CHECKED = 2;

  @Parameters(paramLabel = "DIR", description = "The data directory.")
  private Path directory = Path.of("vaquita-data");

  @Option(
      names = {"-q", "--quiet"},
      description = "Say only what is wrong.")
  private boolean isQuiet;

  @Override
  public Integer call() {
    CheckReport report;
    try {
      report = DatabaseFiles.system().check(directory, this::progress);
    } catch (DatabaseException e) {
      System.err.println("vaquita: " + directory + " could not be checked: " + e.message());
      return NOT_CHECKED;
    }
    if (!isQuiet) {
      report.facts().forEach(System.out::println);
    }
    report.problems().forEach(problem -> System.out.println("DAMAGED: " + problem));
    if (!report.problems().isEmpty()) {
      System.out.println(directory + ": " + report.problems().size() + " problems");
      return DAMAGED;
    }
    if (!isQuiet) {
      System.out.println(directory + ": all is well");
    }
    return SOUND;
  }

  private void progress(String line) {
    if (!isQuiet) {
      System.err.println("  " + line);
    }
  }
}
