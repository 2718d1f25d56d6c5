package io.vaquita.store;

import io.vaquita.environment.Environment;
import java.nio.file.Path;

/** Makes stores. Stateless; thread-safe. */
public final class Stores {
  private Stores() {}

  /** An empty store without files. */
  public static Store inMemory() {
    return inMemory(PageSizes.PAGE_BYTES_DEFAULT);
  }

  /** An empty store without files, with pages of this size (a power of two from 256 to 32768). */
  public static Store inMemory(int pageBytes) {
    return MemoryStore.empty(PageSizes.of(pageBytes));
  }

  /**
   * Opens the store in a directory, making it when there is none; recovers what its last checkpoint lacks from the log.
   *
   * @throws io.vaquita.error.DatabaseException when another process has it, or it is damaged or of a newer format
   */
  public static Store open(Path directory, StoreOptions options, Environment environment) {
    return FileStore.open(directory, options, environment);
  }
}
