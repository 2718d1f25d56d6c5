package io.vaquita.session;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files on the server's side that statements name: LOAD DATA INFILE, SELECT … INTO OUTFILE. {@code secure_file_priv} says where they
 * may be: NULL nowhere, empty anywhere, otherwise below that directory. Confined to the session's thread.
 */
final class ServerFiles {
  private final Engine engine;

  ServerFiles(Engine engine) {
    this.engine = engine;
  }

  /** The file's place: a name without directory is in the schema's folder of the data directory, as in MySQL. */
  Path place(String name, @Nullable String schema) {
    Path path = Path.of(name);
    if (!path.isAbsolute()) {
      Path base = dataDirectory();
      path =
          path.getNameCount() == 1 && !name.contains("/") && schema != null
              ? base.resolve(schema).resolve(path)
              : base.resolve(path);
    }
    Path place = path.normalize();
    if (!isAllowed(place)) {
      throw MySqlError.ER_OPTION_PREVENTS_STATEMENT.exception("--secure-file-priv");
    }
    return place;
  }

  private Path dataDirectory() {
    return Path.of(engine.globals().getText("datadir")).toAbsolutePath().normalize();
  }

  private boolean isAllowed(Path place) {
    Value allowed = engine.globals().get("secure_file_priv");
    if (allowed.isNull()) {
      return false;
    }
    String directory = engine.globals().getText("secure_file_priv");
    return directory.isEmpty() || isBelow(place, Path.of(directory).toAbsolutePath().normalize());
  }

  /** Symbolic links on the way are followed, so that none leads out of the directory. */
  private boolean isBelow(Path place, Path directory) {
    if (!place.startsWith(directory) || place.equals(directory)) {
      return false;
    }
    try {
      Path parent = place.getParent();
      Path real = engine.environment().files().exists(place) || parent == null ? place : parent;
      return real.toRealPath().startsWith(directory.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  /** LOAD_FILE(): null for whatever cannot be had, and for files of more than {@code bytesMax}. */
  @Nullable Slice load(String name, @Nullable String schema, long bytesMax) {
    try (InputStream in = read(place(name, schema))) {
      byte[] bytes = in.readNBytes((int) Math.min(bytesMax + 1, Integer.MAX_VALUE - 16));
      return bytes.length > bytesMax ? null : Slice.of(bytes);
    } catch (IOException | DatabaseException e) {
      return null;
    }
  }

  InputStream read(Path place) {
    try {
      return engine.environment().files().read(place);
    } catch (NoSuchFileException e) {
      throw MySqlError.EE_STAT.exception(place, 2, "No such file or directory");
    } catch (AccessDeniedException e) {
      throw MySqlError.EE_STAT.exception(place, 13, "Permission denied");
    } catch (IOException e) {
      throw MySqlError.EE_READ.exception(place, 5, String.valueOf(e.getMessage()));
    }
  }

  /** 1086 when the file is there. {@code name}: as written in the statement. A schema's folder is made when it is first needed. */
  OutputStream create(Path place, String name) {
    try {
      Path parent = place.getParent();
      if (parent != null
          && !engine.globals().getText("datadir").isEmpty()
          && parent.equals(dataDirectory().resolve(String.valueOf(parent.getFileName())))) {
        engine.environment().files().createDirectories(parent);
      }
      return engine.environment().files().create(place);
    } catch (FileAlreadyExistsException e) {
      throw MySqlError.ER_FILE_EXISTS_ERROR.exception(name);
    } catch (NoSuchFileException e) {
      throw cannotCreate(place, 2, "No such file or directory");
    } catch (AccessDeniedException e) {
      throw cannotCreate(place, 13, "Permission denied");
    } catch (IOException e) {
      throw cannotCreate(place, 5, String.valueOf(e.getMessage()));
    }
  }

  /** Takes a file away that a failed statement made, if it did. */
  void forget(Path place) {
    try {
      if (engine.environment().files().exists(place)) {
        engine.environment().files().delete(place);
      }
    } catch (IOException e) {
      Failures.log(new java.io.UncheckedIOException(e));
    }
  }

  private static DatabaseException cannotCreate(Path place, int number, String reason) {
    return MySqlError.EE_CANTCREATEFILE.exception(place, number, reason);
  }
}
