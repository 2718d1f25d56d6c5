package io.vaquita.store;

import io.vaquita.environment.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes stores. Stateless; thread-safe. */
public final class Stores {
  private Stores() {}

  /** An empty store without files. */
  public static Store inMemory() {
    return inMemory(PageSizes.PAGE_BYTES_IN_MEMORY);
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
    return check(directory, environment, (read, all) -> {}, (version, limit) -> List.of());
  }

  /** As {@link #check(Path, Environment)}, telling of progress, and letting {@code further} look at what the trees hold. */
  public static StoreCheck check(
      Path directory, Environment environment, CheckListener listener, FurtherCheck further) {
    return new StoreChecker(directory, environment, listener, further).check();
  }

  /** What else is to be checked of a store whose trees are sound. */
  @FunctionalInterface
  public interface FurtherCheck {
    /** What is wrong, in words. The snapshot is as recovery would leave it. {@code treeLimit}: above the numbers of all trees. */
    List<String> problems(Snapshot snapshot, int treeLimit);
  }

  /** Fails where a directory has no store, before anything is made there. */
  public static void requireStore(Path directory, Environment environment) {
    if (!environment.files().exists(directory.resolve(PageFile.NAME))) {
      throw StoreErrors.noStore(directory);
    }
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

  /**
   * Writes a consistent copy of a store as of now into a directory, while commits go on. The copy is a store directory itself.
   *
   * @return position of the last commit in the copy
   */
  public static long backup(Store store, Path directory, Environment environment) {
    return backup(store, directory, environment, () -> {});
  }

  /** As {@link #backup(Store, Path, Environment)}; {@code pause} is called every few pages, and what it throws ends the backup. */
  public static long backup(Store store, Path directory, Environment environment, Runnable pause) {
    if (store instanceof FileStore files) {
      return files.backup(directory, environment.files(), pause);
    }
    throw StoreErrors.notOnFiles();
  }

  /**
   * Makes a store in {@code target} out of a backup and what the log segments in the directories {@code logs} add to it.
   *
   * <p>The target appears whole or not at all: until all is done, everything is in a directory beside it whose name ends in {@code
   * .unfinished}.
   *
   * @return position of the last commit restored
   */
  public static long restore(
      Path backup, List<Path> logs, Path target, ReplayBound until, Environment environment) {
    try {
      return new Restore(environment).run(backup, logs, target, until);
    } catch (IOException e) {
      throw StoreErrors.readFailed(backup.toString(), e);
    }
  }

  /** Describes in words what stands at a unit of the data file in a directory; for debugging. Takes no lock and changes nothing. */
  public static String describePage(Path directory, long unit, Environment environment) {
    try {
      return PageDump.describe(directory, unit, environment);
    } catch (IOException e) {
      throw StoreErrors.readFailed(directory.toString(), e);
    }
  }
}
