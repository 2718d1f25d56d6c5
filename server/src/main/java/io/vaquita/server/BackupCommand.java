package io.vaquita.server;

import io.vaquita.DatabaseFiles;
import io.vaquita.error.DatabaseException;
import io.vaquita.server.client.ServerAddress;
import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaquita backup}: a consistent copy of a running server, or of a data directory that is not in use. Used once. */
@Command(
    name = "backup",
    description = {
      "Copies a database as of one moment into a new directory, which is itself a data directory.",
      "Without --data the copy is made by a running server (statement CLONE LOCAL DATA DIRECTORY)"
          + " while others go on writing; the directory is then on the server's machine. With"
          + " --data the files of a database that no server has open are copied.",
      "The directory appears when the copy is whole; until then its name ends in .unfinished."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class BackupCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET", description = "The new directory; must not exist.")
  private Path target = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Copy this data directory, which no server has open.")
  private @Nullable Path data;

  @Mixin private final ServerAddress address = new ServerAddress();

  @Override
  public Integer call() {
    Path absolute = target.toAbsolutePath().normalize();
    try {
      if (data != null) {
        long position =
            DatabaseFiles.system().backup(data, absolute, line -> System.err.println("  " + line));
        System.out.println(absolute + ": all up to commit " + position);
        return 0;
      }
      try (WireClient client = address.connect(null)) {
        client.query(
            "CLONE LOCAL DATA DIRECTORY = '"
                + absolute.toString().replace("\\", "\\\\").replace("'", "''")
                + "'");
      }
      System.out.println(absolute + ": copied from " + address);
      return 0;
    } catch (DatabaseException e) {
      return fail(e.message());
    } catch (ServerError e) {
      return fail(e.line());
    } catch (IOException e) {
      return fail(
          "cannot reach a server at "
              + address
              + " ("
              + e.getMessage()
              + "); --data DIR copies the files of one that is stopped");
    }
  }

  private static int fail(String message) {
    System.err.println("vaquita: no backup was made: " + message);
    return 1;
  }
}
