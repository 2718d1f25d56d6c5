package io.vaquita;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works on the files of databases that no process has open: verifies, copies, restores and shows them. Thread-safe.
 *
 * <p>Errors: a {@link io.vaquita.error.DatabaseException} when a process has the directory open, when there is no database in it, when
 * the target is there already, and when files cannot be read or written. What {@code check} finds is no error but its report.
 *
 * <p>{@code progress} hears, now and then, a line of text on how far the work has come.
 *
 * <pre>{@code
 * DatabaseFiles.CheckReport report = DatabaseFiles.system().check(Path.of("data"), System.out::println);
 * if (!report.problems().isEmpty()) { … }
 * }</pre>
 */
public interface DatabaseFiles {
  /**
   * What a check found. Immutable.
   *
   * @param facts what was read, a line each
   * @param problems what is wrong, a line each; empty: all is well
   */
  record CheckReport(List<String> facts, List<String> problems) {}

  /**
   * Where a restore shall stop. Immutable.
   *
   * @param position of the last commit wanted, or null
   * @param time commits after it are left out, or null
   */
  record RestorePoint(@Nullable Long position, @Nullable Instant time) {
    /** All that the log has. */
    public static final RestorePoint NEWEST = new RestorePoint(null, null);
  }

  /** The files of the operating system. */
  static DatabaseFiles system() {
    return ServiceLoader.load(DatabaseFiles.class, DatabaseFiles.class.getClassLoader())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the engine is not on the class path"));
  }

  /**
   * Verifies every page, what must hold of the trees, the log, the catalog against the trees, and each index against its table. Changes
   * nothing.
   */
  CheckReport check(Path directory, Consumer<String> progress);

  /**
   * Writes a compact copy of a database into a directory that is made for it.
   *
   * @return position of the last commit in the copy
   */
  long backup(Path directory, Path target, Consumer<String> progress);

  /**
   * Makes a database out of a backup and what the log segments in the directories {@code logs} add to it. The target appears whole or not
   * at all.
   *
   * @return position of the last commit restored
   */
  long restore(
      Path backup, List<Path> logs, Path target, RestorePoint until, Consumer<String> progress);

  /** Describes in words what stands at a unit of the data file; for debugging. Takes no lock. */
  String describePage(Path directory, long unit);
}
