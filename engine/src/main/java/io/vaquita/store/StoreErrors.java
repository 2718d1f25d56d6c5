package io.vaquita.store;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The store's errors as the user sees them. Stateless. */
final class StoreErrors {
  private StoreErrors() {}

  static DatabaseException closed() {
    return new DatabaseException(MySqlError.ER_SERVER_SHUTDOWN, "Server shutdown in progress");
  }

  /** A damaged page, log record or file: named, never served. */
  static DatabaseException damaged(String what) {
    return new DatabaseException(MySqlError.ER_NOT_KEYFILE, "The data files are damaged: " + what);
  }

  static DatabaseException wrongFormat(int found, int known) {
    return new DatabaseException(
        MySqlError.ER_NOT_FORM_FILE,
        "Incorrect information in file: '"
            + PageFile.NAME
            + "': its format is "
            + found
            + ", this program knows format "
            + known
            + (found > known
                ? "; open it with the newer program that wrote it"
                : "; export it with the older program that wrote it"));
  }

  static DatabaseException notOnFiles() {
    return new DatabaseException(
        MySqlError.ER_NOT_SUPPORTED_YET,
        "This version of MySQL doesn't yet support 'backup of a database in memory'");
  }

  static DatabaseException noStore(Path directory) {
    return new DatabaseException(
        MySqlError.ER_FILE_NOT_FOUND,
        "Can't find file: '" + directory.resolve(PageFile.NAME) + "': there is no database");
  }

  static DatabaseException fileExists(Path path) {
    return new DatabaseException(
        MySqlError.ER_FILE_EXISTS_ERROR, "File '" + path + "' already exists");
  }

  static DatabaseException readFailed(String file, @Nullable Throwable cause) {
    return withCause(
        MySqlError.ER_ERROR_ON_READ,
        "Error reading file '" + file + "' (" + reason(cause) + ")",
        cause);
  }

  static DatabaseException writeFailed(String file, @Nullable Throwable cause) {
    return withCause(
        MySqlError.ER_ERROR_ON_WRITE,
        "Error writing file '" + file + "' (" + reason(cause) + ")",
        cause);
  }

  /** Said to every writer after the log failed: what went before is safe, nothing more is taken until a restart. */
  static DatabaseException readOnly(@Nullable Throwable cause) {
    return withCause(
        MySqlError.ER_OPTION_PREVENTS_STATEMENT,
        "The MySQL server is running with the --read-only option so it cannot execute this"
            + " statement: the store stopped accepting writes after an I/O error ("
            + reason(cause)
            + "); restart the server when the disk is well",
        cause);
  }

  private static DatabaseException withCause(
      MySqlError error, String message, @Nullable Throwable cause) {
    return new DatabaseException(error.number(), error.sqlState(), message, cause);
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null ? "unknown" : String.valueOf(cause.getMessage());
  }
}
