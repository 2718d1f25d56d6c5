package io.vaquita;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files on a client's side of its session: what LOAD DATA LOCAL INFILE reads. Used on the session's thread, while a statement
 * runs. Errors: an {@link IOException} ends the statement with MySQL's error for files.
 *
 * <pre>{@code
 * session.clientFiles(name -> Files.newInputStream(uploads.resolve(name)));
 * }</pre>
 */
public interface ClientFiles {
  /**
   * Opens a file by the name in the statement. The engine closes the stream, perhaps before its end.
   *
   * @throws io.vaquita.error.DatabaseException what the statement shall end with
   */
  InputStream open(String name) throws IOException;

  /** The files that this process can read: for programs that use the database as a library. */
  static ClientFiles ofThisProcess() {
    return name -> Files.newInputStream(Path.of(name));
  }
}
