package io.vaquita.store;

import io.vaquita.environment.Environment;
import java.nio.file.Path;
import java.util.List;

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

  /**
   * Verifies the files of a store that no process has open; changes nothing.
   *
   * @throws io.vaquita.error.DatabaseException when a process has it open, or there is no store, or nothing of it can be read
   */
  public static StoreCheck check(Path directory, Environment environment) {
    return new StoreChecker(directory, environment).check();
  }

  /** Verifies the pages of one tree of a snapshot; returns what is wrong, in words. Empty: all is well. */
  public static List<String> checkTree(Snapshot snapshot, int tree) {
    if (!(snapshot instanceof Version version)) {
      throw new IllegalArgumentException("a snapshot of another store");
    }
    TreeChecker checker = new TreeChecker(version, location -> {});
    checker.check(tree, version.roots.get(tree));
    return checker.problems();
  }
}
