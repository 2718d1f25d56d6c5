package io.vaquita.executor;

import io.vaquita.environment.Environment;
import io.vaquita.environment.RandomAccess;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files into which operators of one statement put what does not fit memory. Confined to the statement's thread. */
final class TemporaryFiles implements AutoCloseable {
  private final Environment environment;
  private final Path directory;
  private final List<Path> paths = new ArrayList<>();
  private final List<RandomAccess> open = new ArrayList<>();

  TemporaryFiles(Environment environment, Path directory) {
    this.environment = environment;
    this.directory = directory;
  }

  /** A new empty file, deleted when the statement ends. */
  TemporaryFile create() {
    Path path =
        directory.resolve(
            "vaquita-" + Long.toUnsignedString(environment.random().nextLong(), 36) + ".tmp");
    try {
      environment.files().createDirectories(directory);
      RandomAccess file = environment.files().open(path);
      paths.add(path);
      open.add(file);
      return new TemporaryFile(file, path);
    } catch (IOException e) {
      throw new DatabaseException(
          MySqlError.ER_CANT_CREATE_TABLE.number(),
          MySqlError.ER_CANT_CREATE_TABLE.sqlState(),
          "Can't create/write to file '" + path + "' (" + e.getMessage() + ")",
          e);
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < open.size(); i++) {
      try {
        open.get(i).close();
        environment.files().delete(paths.get(i));
      } catch (IOException ignored) {
        // A temporary file that cannot be deleted must not fail a statement that is done; the start
        // of the server cleans the directory.
      }
    }
    open.clear();
    paths.clear();
  }
}
