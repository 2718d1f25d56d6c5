package io.vaquita.store;

import io.vaquita.environment.Environment;
import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
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
      deleteLogs(made.path());
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
      beginNewHistory(opened);
      return opened.chain().newest().position();
    } finally {
      opened.close();
    }
  }

  /**
   * What is committed from now on is another history than the one that the log segments go on with: under another instance id, nobody can
   * replay those over it.
   */
  private void beginNewHistory(OpenedFiles opened) throws IOException {
    RandomAccess data = opened.file().file();
    byte[] instance = new byte[16];
    environment.random().nextBytes(instance);
    MetaPage meta = opened.checkpoint().meta();
    long segment = opened.logDirectory().nextNumber();
    for (int i = 0; i < 2; i++) {
      meta = meta.ofNewHistory(instance, segment);
      data.write(MetaPage.offsetFor(meta.checkpoint()), ByteBuffer.wrap(meta.encode()));
      data.sync(true);
    }
  }

  /** The segments that were replayed belong to the history before. */
  private void deleteLogs(Path directory) throws IOException {
    for (String name : files.list(directory)) {
      if (name.startsWith("log-") || name.startsWith("spare-")) {
        files.delete(directory.resolve(name));
      }
    }
  }
}
