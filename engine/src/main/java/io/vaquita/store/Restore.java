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

  /** Returns the position reached: {@code until}, or less when the log ends before. */
  long run(Path backup, List<Path> logs, Path target, long until) throws IOException {
    if (files.exists(target.resolve(PageFile.NAME))) {
      throw StoreErrors.fileExists(target.resolve(PageFile.NAME));
    }
    files.createDirectories(target);
    StoreOptions options = StoreOptions.defaults();
    StoreOpening source = new StoreOpening(backup, options, environment);
    long segment;
    try (RandomAccess data = files.open(backup.resolve(PageFile.NAME))) {
      segment = source.readMeta(data).logSegment();
    }
    for (Path directory : logs) {
      for (String name : files.list(directory)) {
        boolean isNeeded = name.startsWith("log-") && LogDirectory.segmentNumber(name) >= segment;
        if (isNeeded && !files.exists(target.resolve(name))) {
          FileCopy.copy(files, directory.resolve(name), target);
        }
      }
    }
    FileCopy.copy(files, backup.resolve(PageFile.NAME), target);
    OpenedFiles opened = new StoreOpening(target, options, environment, until).open();
    try {
      opened.checkpoint().runLast();
      return opened.chain().newest().position();
    } finally {
      opened.close();
    }
  }
}
