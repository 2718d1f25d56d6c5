package io.vaquita.store;

import io.vaquita.environment.Environment;
import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes a store out of a backup and, to come nearer to now, log segments. Confined to one thread. */
final class Restore {
  private final FileSystem files;
  private final Environment environment;

  Restore(Environment environment) {
    this.environment = environment;
    this.files = environment.files();
  }

  /** Returns the position reached: that of {@code until}, or less when the log ends before. */
  long run(Path backup, List<Path> logs, Path target, ReplayBound until) throws IOException {
    StoreOptions options = StoreOptions.defaults();
    long segment;
    if (!files.exists(backup.resolve(PageFile.NAME))) {
      throw StoreErrors.noStore(backup);
    }
    try (RandomAccess data = files.open(backup.resolve(PageFile.NAME))) {
      segment = new StoreOpening(backup, options, environment).readMeta(data).logSegment();
    }
    NewDirectory made = NewDirectory.begin(files, target);
    try {
      for (Path directory : logs) {
        copyLogs(directory, segment, made.path());
      }
      FileCopy.copy(files, backup.resolve(PageFile.NAME), made.path());
      long position = replay(made.path(), options, until);
      made.finish();
      return position;
    } catch (IOException | RuntimeException e) {
      made.abandon();
      throw e;
    }
  }

  private void copyLogs(Path from, long segment, Path to) throws IOException {
    for (String name : files.list(from)) {
      boolean isNeeded = name.startsWith("log-") && LogDirectory.segmentNumber(name) >= segment;
      if (isNeeded && !files.exists(to.resolve(name))) {
        FileCopy.copy(files, from.resolve(name), to);
      }
    }
  }

  private long replay(Path directory, StoreOptions options, ReplayBound until) throws IOException {
    OpenedFiles opened = new StoreOpening(directory, options, environment, until).open();
    try {
      opened.checkpoint().runLast();
      return opened.chain().newest().position();
    } finally {
      opened.close();
    }
  }
}
