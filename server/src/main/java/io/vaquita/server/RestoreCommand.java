package io.vaquita.server;

import io.vaquita.DatabaseFiles;
import io.vaquita.DatabaseFiles.RestorePoint;
import io.vaquita.error.DatabaseException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaquita restore}: makes a data directory out of a backup and log segments. Used once. */
@Command(
    name = "restore",
    description = {
      "Makes a data directory out of a backup, with all that the log segments in --log directories"
          + " add to it: the archive of the server (variable vaquita_log_archive) and, for the"
          + " newest commits, its data directory.",
      "The directory appears when it is whole; until then its name ends in .unfinished."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RestoreCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BACKUP", description = "What vaquita backup has made.")
  private Path backup = Path.of("");

  @Parameters(index = "1", paramLabel = "TARGET", description = "The new data directory.")
  private Path target = Path.of("");

  @Option(
      names = "--log",
      paramLabel = "DIR",
      description = "Has log segments to replay; may be given several times.")
  private List<Path> logs = new ArrayList<>();

  @Option(
      names = "--to-time",
      paramLabel = "TIME",
      description =
          "Leave out what was committed later: 2026-11-30T10:15:00 (local) or with an offset.")
  private @Nullable String time;

  @Option(
      names = "--to-position",
      paramLabel = "N",
      description = "Leave out what has a later position in the log.")
  private @Nullable Long position;

  @Override
  public Integer call() {
    try {
      long reached =
          DatabaseFiles.system()
              .restore(
                  backup,
                  logs,
                  target,
                  new RestorePoint(position, time == null ? null : instant(time)),
                  line -> System.err.println("  " + line));
      System.out.println(target.toAbsolutePath().normalize() + ": all up to commit " + reached);
      return 0;
    } catch (DatabaseException e) {
      return fail(e.message());
    } catch (DateTimeException e) {
      return fail("--to-time: " + e.getMessage());
    }
  }

  private static Instant instant(String text) {
    String iso = text.strip().replace(' ', 'T');
    try {
      return OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeException e) {
      return LocalDateTime.parse(iso).atZone(ZoneId.systemDefault()).toInstant();
    }
  }

  private static int fail(String message) {
    System.err.println("vaquita: nothing was restored: " + message);
    return 1;
  }
}
